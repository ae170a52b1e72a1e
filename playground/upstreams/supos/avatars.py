"""The supOS operations on users' icons."""

from starlette.responses import Response

from playground.upstreams.calls import Call
from playground.upstreams.supos.dialect import INVALID, Refusal, Supos
from playground.upstreams.supos.users import Users
from playground.upstreams.vendor import json_answer

MOST_BYTES = 5 * 1024 * 1024
_KINDS = {
    "jpg": ("image/jpeg", b"\xff\xd8"),
    "gif": ("image/gif", b"GIF8"),
    "png": ("image/png", b"\x89PNG"),
}


class Avatars:
    """Icons, up and down."""

    def __init__(self, supos: Supos) -> None:
        self._users = Users(supos)

    def load(self, call: Call) -> Response:
        """Answer the picture."""
        user = self._users.find(call)
        if user.avatar is None:
            raise Refusal(100106114, "avatar file does not exist")
        kind, data = user.avatar
        return Response(data, media_type=kind)

    def upload(self, call: Call) -> Response:
        """Take the one file of a multipart body."""
        user, name = self._users.find(call), call.query["fileName"]
        if len(name) > 20:
            raise Refusal(100106111, "file name length cannot exceed 20", wrong=True)
        files = [one for several in call.files.values() for one in several]
        if len(files) != 1:
            raise Refusal(INVALID, "exactly one file is wanted", wrong=True)
        kind, first = _KINDS.get(name.rpartition(".")[2].lower(), ("", b"\0"))
        if not files[0].data.startswith(first):
            raise Refusal(100106112, "file type can only be jpg, gif and png")
        if len(files[0].data) > MOST_BYTES:
            raise Refusal(100106113, "file size exceeds the limit, the maximum size is 5 M")
        user.avatar = (kind, files[0].data)
        url = f"/auth/v2/users/{user.username}/avatar"
        full = f"/data/avatars/{user.username}/{name}"
        return json_answer({"fileName": name, "fileFullPath": full, "fileDownloadUrl": url})
