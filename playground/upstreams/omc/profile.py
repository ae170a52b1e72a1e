"""What a user sees and changes of the own account, and workbooks of users."""

from typing import Any

from playground.upstreams.omc.chapter import Documented
from playground.upstreams.omc.envelope import Json, ok, refused
from playground.upstreams.omc.people import shown_user
from playground.upstreams.omc.rows import Row
from playground.upstreams.omc.state import Omc
from playground.upstreams.omc.users import chosen, problem
from playground.upstreams.omc.workbook import exported, read
from playground.upstreams.vendor import Answer, Call

COLUMNS = ("userId", "userName", "nickName", "email", "phonenumber", "sex", "status", "deptId", "loginIp")
PICTURES = (".jpg", ".jpeg", ".png")


def get_profile(omc: Omc, call: Call) -> Json:
    user = call.account.user
    names = {
        "postGroup": [row["postName"] for row in map(omc.positions.get, user["postIds"]) if row],
        "roleGroup": [row["roleName"] for row in map(omc.roles.get, user["roleIds"]) if row],
    }
    return ok({**names, "user": shown_user(omc, user)})


def update_profile(omc: Omc, call: Call) -> Json:
    user, body = call.account.user, call.object()
    wrong = problem(omc, {**body, "userName": user["userName"]}, user["userId"])
    if wrong:
        return refused(wrong)
    names = ("nickName", "email", "phonenumber", "sex")
    user.update({name: body[name] for name in names if body.get(name) is not None})
    omc.note_change(user, user["userName"])
    return ok()


def upload_avatar(omc: Omc, call: Call) -> Json:
    upload = call.files["file"][0]
    if not upload.filename.lower().endswith(PICTURES):
        return refused(
            f"the upload file type is not supported, only the following types are supported: {','.join(PICTURES)}"
        )
    call.account.user["avatar"] = path = omc.keep_file("avatar", upload.filename, upload.data)
    return ok(path)


def change_password(omc: Omc, call: Call) -> Json:
    user, body = call.account.user, call.object()
    if user["password"] != body["oldPassword"]:
        return refused("Change password failed, old password is wrong")
    if body["oldPassword"] == body["newPassword"]:
        return refused("New password cannot be the same as the old one")
    user["password"] = body["newPassword"]
    omc.note_change(user, user["userName"])
    return ok()


def export_users(omc: Omc, call: Call) -> Answer:
    rows = [{name: row[name] for name in COLUMNS} for row in chosen(omc, call.object())]
    return exported(call, "user", rows, msg="Export data record is empty")


def import_users(omc: Omc, call: Call) -> Json:
    upload = next(iter(call.files.get("file", [])), None)
    if upload is None or not upload.filename.lower().endswith((".xls", ".xlsx")):
        return refused(
            "the upload file type is not supported, only the following types are supported: .xls,.xlsx"
        )
    try:
        head, *lines = read(upload.data)
    except ValueError:
        return refused("the file is no workbook")
    by = call.account.user["userName"]
    told = [_imported(omc, dict(zip(head, line, strict=False)), call.form, by) for line in lines]
    wrong = [text for text, done in told if not done]
    if wrong:
        # The real one says that this went well, too, by its code.
        start = f"Sorry, the import failed! A total of {len(wrong)} entries were not formatted correctly"
        return ok(msg=f"{start}, the error is below:<br/>{'<br/>'.join(wrong)}")
    start = "Congratulations, the data has been imported successfully!"
    named = "<br/>".join(text for text, _done in told)
    return ok(msg=f"{start} There are {len(told)} entries with the following data:<br/>{named}")


def _imported(omc: Omc, given: Row, form: Any, by: str) -> tuple[str, bool]:
    name = given.get("userName", "")
    known = omc.users.first(lambda row: row["userName"] == name)
    if known and form.get("updateSupport") != "true":
        return f"User ID: {given.get('userId', '')} {name} Existing", False
    wrong = problem(omc, given, known["userId"] if known else "")
    if wrong:
        return f"User ID: {given.get('userId', '')} {wrong}", False
    kept = {field: given[field] for field in COLUMNS[1:-1] if given.get(field)}
    if known:
        known.update(kept)
        omc.note_change(known, by)
    else:
        password = omc.setting("sys.user.initPassword")
        omc.add_user({"nickName": name, **kept, "password": password, "roleIds": [], "postIds": []}, by)
    return f"User ID: {name} Import Successful", True


ROUTES = (
    Documented("GET", "/system/user/profile", "get_user_profile", get_profile),
    Documented(
        "PUT",
        "/system/user/profile",
        "update_user_profile",
        update_profile,
        body="nickName email? phonenumber? sex",
    ),
    Documented("POST", "/system/user/profile/avatar", "upload_avatar", upload_avatar, files="file"),
    Documented(
        "PUT",
        "/system/user/profile/updatePwd",
        "update_own_password",
        change_password,
        body="oldPassword newPassword",
    ),
    Documented(
        "POST",
        "/system/user/export",
        "export_users",
        export_users,
        body="userName? phonenumber? status? beginTime? endTime? deptId? pageNum:integer pageSize:integer",
    ),
    Documented("POST", "/system/user/importData", "import_users", import_users),
)
