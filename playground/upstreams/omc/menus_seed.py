"""The menus of the pretend OMC's console."""

from playground.upstreams.omc.rows import Table

# Id, parent, kind (directory, menu, button), name, path, component, permission.
_MENUS = (
    ("1", "0", "D", "System Management", "system", "", ""),
    ("100", "1", "M", "User Management", "user", "system/user/index", "system:user:list"),
    ("101", "1", "M", "Role Management", "role", "system/role/index", "system:role:list"),
    ("102", "1", "M", "Menu Management", "menu", "system/menu/index", "system:menu:list"),
    ("103", "1", "M", "Department Management", "dept", "system/dept/index", "system:dept:list"),
    ("104", "1", "M", "Position Management", "post", "system/post/index", "system:post:list"),
    ("105", "1", "M", "Dictionary Management", "dict", "system/dict/index", "system:dict:list"),
    ("106", "1", "M", "Parameter Settings", "config", "system/config/index", "system:config:list"),
    ("111", "1", "D", "System Log", "log", "", ""),
    ("500", "111", "M", "Operation log", "operate", "system/log/operate/index", "system:log:operate:list"),
    ("501", "111", "M", "Login log", "login", "system/log/login/index", "system:log:login:list"),
    ("1000", "100", "B", "User Query", "#", "", "system:user:query"),
    ("1001", "100", "B", "User Add", "#", "", "system:user:add"),
    ("1002", "100", "B", "User Edit", "#", "", "system:user:edit"),
    ("1003", "100", "B", "User Remove", "#", "", "system:user:remove"),
    ("2", "0", "D", "Monitor", "monitor", "", ""),
    ("109", "2", "M", "Online Users", "online", "monitor/online/index", "monitor:online:list"),
    ("110", "2", "M", "Scheduled Tasks", "job", "monitor/job/index", "monitor:job:list"),
    ("113", "2", "M", "Cache", "cache", "monitor/cache/index", "monitor:cache:list"),
    ("4", "0", "D", "Configuration Management", "configManage", "", ""),
    (
        "2080",
        "4",
        "M",
        "Network Elements",
        "neManage",
        "configManage/neManage/index",
        "configManage:neManage:index",
    ),
    (
        "2081",
        "4",
        "M",
        "Software",
        "software",
        "configManage/softwareManage/index",
        "configManage:software:index",
    ),
    ("5", "0", "D", "Fault Management", "faultManage", "", ""),
    (
        "2088",
        "5",
        "M",
        "Active Alarms",
        "active-alarm",
        "faultManage/active-alarm/index",
        "fault:active:index",
    ),
    (
        "2089",
        "5",
        "M",
        "Historical Alarms",
        "history-alarm",
        "faultManage/history-alarm/index",
        "fault:history:index",
    ),
    ("6", "0", "D", "Performance Management", "perfManage", "", ""),
    (
        "2102",
        "6",
        "M",
        "Performance Reports",
        "perfReport",
        "perfManage/perfReport/index",
        "perfManage:report:index",
    ),
    (
        "2105",
        "6",
        "M",
        "Custom Metrics",
        "customTarget",
        "perfManage/customTarget/index",
        "perfManage:target:index",
    ),
)


def menus() -> Table:
    """Make the menus; booleans are 0 and 1 as text."""
    return Table(
        "menuId",
        (
            {
                "menuId": menu,
                "menuName": name,
                "parentId": parent,
                "menuSort": place,
                "path": path,
                "component": component,
                "isFrame": "1",
                "isCache": "0" if kind == "M" else "1",
                "menuType": kind,
                "visible": "1",
                "status": "1",
                "perms": perms,
                "icon": "#" if kind == "B" else "icon-pcduan",
                "createBy": "",
                "createTime": 1_700_000_000_000,
                "updateBy": "",
                "updateTime": 0,
                "remark": f"{name} {'catalog' if kind == 'D' else 'menu'}",
            }
            for place, (menu, parent, kind, name, path, component, perms) in enumerate(_MENUS, 1)
        ),
    )
