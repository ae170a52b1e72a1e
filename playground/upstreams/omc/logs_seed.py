"""What stood in the logs of the pretend OMC before it was started."""

from playground.upstreams.omc.rows import Table

# An old token, spelled out as the real log does it.
STALE_TOKEN = "eyJhbGciOiJIUzUxMiJ9.c2FuZGJveC1vbGQtdG9rZW4.c2FuZGJveA"
_DONE = (
    ("Operation Logging", "5", "POST", "/system/log/operate/export", '{"pageNum":1,"pageSize":20}'),
    (
        "WS Sessions",
        "0",
        "GET",
        "/ws",
        f'{{"access_token":"{STALE_TOKEN}","language":"en_US","subGroupID":"12"}}',
    ),
    ("User", "2", "PUT", "/system/user/changeStatus", '{"status":"0","userId":"18"}'),
    ("Scheduling Task", "2", "PUT", "/monitor/job/run/5", "{}"),
    ("Scheduling Task", "8", "PUT", "/monitor/job/resetQueueJob", "{}"),
    ("Dictionary Data", "1", "POST", "/system/dict/data", '{"dictType":"trace_type","dictLabel":"Device"}'),
)
_NAMES = ("supervisor", "admin", "noc-shift-a", "noc-shift-b")


def operations_before(now_ms: int) -> Table:
    """Make thirty operations of the last days; operParam holds what was sent, tokens included."""
    table = Table("operId", first=4_241)
    for number in range(30):
        title, kind, method, url, sent = _DONE[number % len(_DONE)]
        told = '{"code":1,"msg":"success"}'
        if kind == "5":
            # An export writes text that is no JSON.
            name = f"sys_log_operate_export_20_{now_ms}.xlsx"
            told = f'{{"status":"200","size":"8912","content-type":"attachment; filename="{name}""}}'
        table.add(
            {
                "title": title,
                "businessType": kind,
                "method": "controller.(*Controller).Handle-fm",
                "requestMethod": method,
                "operatorType": "1",
                "operName": _NAMES[number % 2],
                "deptName": "",
                "operUrl": url,
                "operIp": "192.168.2.219",
                "operLocation": "Intranet",
                "operParam": sent,
                "operMsg": told,
                "status": "1",
                "operTime": now_ms - (30 - number) * 5_400_000,
                "costTime": 17 + number,
            }
        )
    return table


def sign_ins_before(now_ms: int) -> Table:
    """Make forty sign-ins and sign-outs of the last days; some of them had a wrong password."""
    table = Table("loginId", first=1_189)
    for number in range(40):
        wrong = number % 11 == 7
        msg = (
            "Incorrect username or password" if wrong else ("Login Success", "Logout Successful")[number % 2]
        )
        table.add(
            {
                "userName": _NAMES[number // 2 % 4],
                "ipaddr": "192.168.2.219",
                "loginLocation": "Intranet",
                "browser": "Edge 123.0.0.0",
                "os": "Windows 10",
                "status": "0" if wrong else "1",
                "msg": msg,
                "loginTime": now_ms - (40 - number) * 3_600_000,
            }
        )
    return table
