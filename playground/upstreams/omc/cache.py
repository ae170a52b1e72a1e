"""The cache as the console shows it: names, keys and values, tokens among them."""

import orjson

from playground.upstreams.omc.cache_figures import figures
from playground.upstreams.omc.chapter import Documented
from playground.upstreams.omc.envelope import Json, ok, refused
from playground.upstreams.omc.rows import Row
from playground.upstreams.omc.state import Omc
from playground.upstreams.vendor import Call

REMARKS = {
    "login_tokens": "user information",
    "sys_config": "configuration information",
    "sys_dict": "data dictionary",
    "captcha_codes": "captcha",
    "repeat_submit": "repeated submission",
    "pwd_err_cnt": "wrong passwords",
}
SAFE = ("sys_config", "sys_dict", "captcha_codes", "repeat_submit")


def entries(omc: Omc, name: str) -> dict[str, str]:
    """Read what one name of the cache holds, by key."""
    match name:
        case "login_tokens":
            return {
                session.token_id: orjson.dumps(
                    {"userName": session.user["userName"], "accessToken": session.token}
                ).decode()
                for session in omc.sessions.online()
            }
        case "sys_config":
            kept = {row["configKey"]: str(row["configValue"]) for row in omc.parameters.all()}
        case "sys_dict":
            kept = {
                row["dictType"]: orjson.dumps(
                    [value for value in omc.dictionary_values.all() if value["dictType"] == row["dictType"]]
                ).decode()
                for row in omc.dictionary_types.all()
            }
        case "captcha_codes":
            kept = {uuid: code for uuid, (code, _until) in omc.captchas.items()}
        case "repeat_submit":
            kept = {key: str(int(at)) for key, at in omc.recent_writes.items()}
        case _:
            kept = {}
    return {key: value for key, value in kept.items() if f"{name}:{key}" not in omc.cleared_cache}


def _row(name: str, key: str = "", value: str = "") -> Row:
    return {"cacheName": name, "cacheKey": key, "cacheValue": value, "remark": "" if key else REMARKS[name]}


def info(omc: Omc, _call: Call) -> Json:
    size = sum(len(entries(omc, name)) for name in REMARKS)
    spent = omc.clock() - omc.started
    told = figures(spent, size, 1 + len(omc.sessions.online()))
    commands = [
        {"name": name, "value": str(count + int(spent))}
        for name, count in (("exists", 5559), ("set", 637_154), ("get", 81_022))
    ]
    return ok({"commandStats": commands, "dbSize": size, "info": told})


def names(_omc: Omc, _call: Call) -> Json:
    return ok([_row(name) for name in REMARKS], msg="Success")


def keys(omc: Omc, call: Call) -> Json:
    name = call.params["cacheName"]
    return ok([_row(name, key) for key in entries(omc, name)], msg="Success")


def value(omc: Omc, call: Call) -> Json:
    name, key = call.params["cacheName"], call.params["cacheKey"]
    found = entries(omc, name).get(key)
    return refused("error") if found is None else ok(_row(name, key, found))


def clear_key(omc: Omc, call: Call) -> Json:
    name, key = call.params["cacheName"], call.params["cacheKey"]
    if key not in entries(omc, name):
        return refused("error")
    _forget(omc, name, key)
    return ok()


def clear_name(omc: Omc, call: Call) -> Json:
    name = call.params["cacheName"]
    held = list(entries(omc, name))
    for key in held:
        _forget(omc, name, key)
    return ok() if held else refused("error")


def clear_safe(omc: Omc, _call: Call) -> Json:
    for name in SAFE:
        for key in list(entries(omc, name)):
            _forget(omc, name, key)
    return ok()


def _forget(omc: Omc, name: str, key: str) -> None:
    """Take a key out; a sign-in ends with it, and what has another home is read again when asked for."""
    match name:
        case "login_tokens":
            omc.sessions.end(key)
        case "captcha_codes":
            omc.captchas.pop(key, None)
        case "repeat_submit":
            omc.recent_writes.pop(key, None)
        case _:
            omc.cleared_cache.add(f"{name}:{key}")


CACHE = "/monitor/cache"
ROUTES = (
    Documented("GET", CACHE, "get_cache_info", info),
    Documented("GET", f"{CACHE}/getNames", "list_cache_names", names),
    Documented("GET", f"{CACHE}/getKeys/{{cacheName}}", "list_cache_keys", keys),
    Documented("GET", f"{CACHE}/getValue/{{cacheName}}/{{cacheKey}}", "get_cache_value", value),
    Documented("DELETE", f"{CACHE}/clearCacheKey/{{cacheName}}/{{cacheKey}}", "delete_cache_key", clear_key),
    Documented("DELETE", f"{CACHE}/clearCacheName/{{cacheName}}", "delete_cache_name", clear_name),
    Documented("DELETE", f"{CACHE}/clearCacheSafe", "clear_cache_safe", clear_safe),
)
