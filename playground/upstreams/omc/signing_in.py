"""Signing in and out, who am I, the captcha, registering, and what the sign-in page shows."""

import hashlib
import re

from playground.upstreams.omc.chapter import Documented
from playground.upstreams.omc.envelope import Json, ok, refused
from playground.upstreams.omc.people import shown_user
from playground.upstreams.omc.rows import Row
from playground.upstreams.omc.state import Omc
from playground.upstreams.vendor import Call

VERSION = "2.2404.6"
CAPTCHA_SECONDS = 120


def log_in(omc: Omc, call: Call) -> Json:
    body = call.object()
    name = body["username"]
    if omc.setting("sys.account.captchaEnabled") == "true":
        wrong = _captcha_problem(omc, call, body)
        if wrong:
            return refused(wrong)
    user = omc.users.first(lambda row: row["userName"] == name)
    if omc.sessions.locked(name):
        return _failed(omc, call, name, "The account is locked for 10 minutes after 5 wrong passwords")
    if user is None or user["password"] != body["password"]:
        omc.sessions.note_wrong(name)
        return _failed(omc, call, name, "Incorrect username or password")
    if user["status"] != "1":
        return _failed(omc, call, name, "The account is inactive")
    browser = call.headers.get("user-agent", "unknown")
    session = omc.sessions.open(user, call.client, browser, call.knobs.token_seconds)
    user["loginIp"], user["loginDate"] = call.client, omc.now_ms
    omc.log_sign_in(name, call.client, "Login Success", done=True)
    return ok({"access_token": session.token})


def _failed(omc: Omc, call: Call, name: str, msg: str) -> Json:
    omc.log_sign_in(name, call.client, msg, done=False)
    return refused(msg)


def _captcha_problem(omc: Omc, call: Call, body: Row) -> str:
    known = omc.captchas.pop(str(body.get("uuid", "")), None)
    if known is None or known[1] < call.now:
        return "Verification code has expired"
    return "" if str(body.get("code", "")) == known[0] else "Verification code error"


def log_out(omc: Omc, call: Call) -> Json:
    if call.account:
        omc.sessions.close(call.account.token)
        omc.log_sign_in(call.account.user["userName"], call.client, "Logout Successful", done=True)
    return ok(msg="Success")


def who_am_i(omc: Omc, call: Call) -> Json:
    user = shown_user(omc, call.account.user)
    for name in ("loginDate", "createTime"):
        user[name] = str(user[name])
    keys = [role["roleKey"] for role in user["roles"]]
    everything = bool({"supervisor", "administrator"} & set(keys))
    return ok(
        {
            "permissions": ["*:*:*"] if everything else omc.permissions(call.account.user),
            "roles": keys,
            "user": user,
        }
    )


def captcha(omc: Omc, call: Call) -> Json:
    if omc.setting("sys.account.captchaEnabled") != "true":
        return {"captchaEnabled": False, "code": 1, "msg": "success"}
    number = len(omc.captchas) + int(call.now) % 97
    uuid = hashlib.sha256(f"captcha {number} {call.now}".encode()).hexdigest()[:16]
    left, right = number % 9, number % 7
    omc.captchas[uuid] = (str(left + right), call.now + CAPTCHA_SECONDS)
    drawing = f"data:image/svg+xml,%3csvg xmlns='http://www.w3.org/2000/svg'%3e{left}+{right}%3c/svg%3e"
    return {
        "code": 1,
        "msg": "success",
        "text": str(left + right),
        "captchaEnabled": True,
        "uuid": uuid,
        "img": drawing,
    }


def register(omc: Omc, call: Call) -> Json:
    body = call.object()
    name, password = body["username"], body["password"]
    if omc.setting("sys.account.registerUser") != "true":
        return refused("The current system has not enabled registration function!")
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9]{4,}", name):
        return refused(
            "The account number cannot start with a number, but can contain upper and lower case letters, numbers,"
            " and not less than 5 digits."
        )
    if body["confirmPassword"] != password:
        return refused("The two passwords differ")
    if not all(re.search(kind, password) for kind in (r"[a-z]", r"[A-Z]", r"\d", r"[^A-Za-z0-9]", r".{6}")):
        return refused(
            "The password needs upper and lower case letters, numbers and special symbols, at least 6"
        )
    if omc.users.first(lambda row: row["userName"] == name):
        return refused(f"failed to register user [{name}], account already exists")
    wrong = _captcha_problem(omc, call, body) if omc.setting("sys.account.captchaEnabled") == "true" else ""
    if wrong:
        return refused(wrong)
    omc.add_user(
        {"userName": name, "nickName": name, "password": password, "roleIds": ["5"], "postIds": []}, name
    )
    return ok()


def system_configuration(omc: Omc, _call: Call) -> Json:
    return ok(
        {
            "buildTime": "-",
            "copyright": "Sandbox",
            "filePathBrand": "/static/logo/{language}_brand.png",
            "filePathIcon": omc.setting("sys.logo.filePathIcon"),
            "goVer": "-",
            "helpDoc": "/static/helpDoc/{language}_doc.pdf",
            "i18nDefault": "en_US",
            "i18nOpen": "true",
            "loginBackground": "#",
            "logoType": "icon",
            "officialUrl": "#",
            "registerUser": omc.setting("sys.account.registerUser"),
            "serialNum": "-",
            "title": omc.setting("sys.title"),
            "version": VERSION,
        }
    )


def home(_omc: Omc, _call: Call) -> Json:
    return ok(
        msg="Welcome to the CN EMS Core Network Management Platform, current version: "
        f"{VERSION}, please access via the frontend address."
    )


ROUTES = (
    Documented("POST", "/login", "login", log_in, body="username password code? uuid?", public=True),
    Documented("POST", "/logout", "logout", log_out, public=True),
    Documented("GET", "/getInfo", "get_current_user_info", who_am_i),
    Documented("GET", "/captchaImage", "get_captcha", captcha, public=True),
    Documented(
        "POST",
        "/register",
        "register_account",
        register,
        body="username password confirmPassword code uuid",
        public=True,
    ),
    Documented("GET", "/sys-conf", "get_system_config", system_configuration, public=True),
    Documented("GET", "/", "get_home", home, public=True),
)
