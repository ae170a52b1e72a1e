"""How accounts, roles and departments of the pretend OMC are shown."""

from playground.upstreams.omc.rows import Row
from playground.upstreams.omc.state import Omc

EMPTY_DEPARTMENT: Row = {
    "deptId": "",
    "parentId": "",
    "ancestors": "",
    "deptName": "",
    "orderNum": 0,
    "leader": "",
    "phone": "",
    "email": "",
    "status": "",
    "delFlag": "",
    "createBy": "",
    "createTime": 0,
    "updateBy": "",
    "updateTime": 0,
}
KEPT_BACK = frozenset({"password", "roleIds", "postIds"})


def shown_role(role: Row) -> Row:
    """Show a role by itself."""
    return {name: value for name, value in role.items() if name not in {"menuIds", "deptIds"}}


def brief_role(role: Row) -> Row:
    """Show a role inside of an account: without what only its own page tells."""
    return shown_role(role) | {
        "menuCheckStrictly": "",
        "deptCheckStrictly": "",
        "delFlag": "",
        "createTime": 0,
        "remark": "",
    }


def shown_user(omc: Omc, user: Row) -> Row:
    """Show an account with its department and roles, never with its password."""
    roles = [omc.roles.get(role_id) for role_id in user["roleIds"]]
    return {
        **{name: value for name, value in user.items() if name not in KEPT_BACK},
        "dept": omc.departments.get(user["deptId"]) or EMPTY_DEPARTMENT,
        "roles": [brief_role(role) for role in roles if role],
    }
