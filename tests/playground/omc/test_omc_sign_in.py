"""Signing in at the pretend OMC: what it asks for, and how a sign-in ends."""

from omc_client import STATES, Api, Clock


def test_nothing_but_the_public_operations_is_answered_without_a_token(stranger: Api) -> None:
    answer = stranger.http.get("/system/user/list")
    assert (answer.status_code, answer.json()["code"]) == (401, 401)
    for path in ("/", "/captchaImage", "/sys-conf"):
        assert stranger.get(path)["code"] == 1


def test_a_wrong_password_is_code_0_under_200(stranger: Api) -> None:
    answer = stranger.http.post("/login", json={"username": "admin", "password": "wrong"})
    assert (answer.status_code, answer.json()["code"], "data" in answer.json()) == (200, 0, False)


def test_the_token_is_needed_in_both_headers(api: Api) -> None:
    del api.http.headers["AccessToken"]
    assert api.http.get("/getInfo").status_code == 401
    assert api.last_request()["complaints"] == [
        "AccessToken is missing or another token than in Authorization"
    ]


def test_a_write_needs_a_referer_of_the_same_host(api: Api) -> None:
    api.http.headers["Referer"] = "http://elsewhere.example"
    assert api.send("PUT", "/system/config/refreshCache")["code"] == 0
    assert api.get("/getInfo")["code"] == 1


def test_a_token_expires(api: Api, clock: Clock) -> None:
    clock.now += 7201
    assert api.http.get("/getInfo").status_code == 401


def test_a_token_that_is_used_near_its_end_gets_more_time(api: Api, clock: Clock) -> None:
    clock.now += 7000
    api.get("/getInfo")
    clock.now += 7000
    assert api.get("/getInfo")["code"] == 1


def test_an_expired_token_can_be_told_inside_of_a_200(api: Api) -> None:
    api.turn(expired_in_body=True, expire_tokens=True)
    answer = api.http.get(STATES)
    assert (answer.status_code, answer.json()["code"]) == (200, 401)


def test_a_token_can_be_given_for_a_shorter_time(stranger: Api, clock: Clock) -> None:
    stranger.turn(token_seconds=10)
    stranger.sign_in()
    clock.now += 11
    assert stranger.http.get("/getInfo").status_code == 401


def test_five_wrong_passwords_lock_an_account_until_somebody_unlocks_it(api: Api) -> None:
    for _ in range(5):
        api.send("POST", "/login", {"username": "noc-shift-b", "password": "wrong"})
    right = {"username": "noc-shift-b", "password": "Sandbox@1234"}
    assert api.send("POST", "/login", right)["code"] == 0
    assert api.send("PUT", "/system/log/login/unlock/noc-shift-b")["code"] == 1
    assert api.send("POST", "/login", right)["code"] == 1


def test_a_lock_ends_after_ten_minutes(stranger: Api, clock: Clock) -> None:
    for _ in range(5):
        stranger.sign_in("noc-shift-b", "wrong")
    clock.now += 601
    assert stranger.sign_in("noc-shift-b", "Sandbox@1234")["code"] == 1


def test_a_session_that_is_forced_out_has_ended(api: Api) -> None:
    own = api.get("/monitor/online/list", userName="admin")["rows"][0]["tokenId"]
    assert api.send("DELETE", f"/monitor/online/{own}")["code"] == 1
    assert api.http.get("/getInfo").status_code == 401


def test_signing_out_works_without_a_token(stranger: Api) -> None:
    assert stranger.send("POST", "/logout") == {"code": 1, "msg": "Success"}


def test_a_captcha_is_asked_for_once_it_is_switched_on(api: Api) -> None:
    api.send("PUT", "/system/config/changeValue", {"key": "sys.account.captchaEnabled", "value": "true"})
    right = {"username": "admin", "password": "admin"}
    assert api.send("POST", "/login", right)["msg"] == "Verification code has expired"
    shown = api.get("/captchaImage")
    assert api.send("POST", "/login", {**right, "uuid": shown["uuid"], "code": "x"})["code"] == 0
    shown = api.get("/captchaImage")
    assert api.send("POST", "/login", {**right, "uuid": shown["uuid"], "code": shown["text"]})["code"] == 1


def test_an_operator_may_read_users_but_not_change_them_nor_see_the_cache(api: Api) -> None:
    api.sign_in("noc-shift-a", "Sandbox@1234")
    assert api.get("/system/user/list")["code"] == 1
    refused = api.http.delete("/system/user/9")
    assert (refused.status_code, refused.json()) == (
        200,
        {"code": 403, "msg": "Unauthorized access DELETE /system/user/9"},
    )
    assert api.get("/monitor/cache/getNames")["code"] == 403


def test_times_of_the_current_user_are_text(api: Api) -> None:
    user = api.get("/getInfo")["data"]["user"]
    assert (user["userName"], user["loginDate"]) == ("admin", "1790000000000")
    assert "password" not in user
