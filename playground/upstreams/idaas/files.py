"""The IDaaS operations on files, login themes and the realm itself."""

from collections.abc import Sequence

from starlette.responses import Response

from playground.upstreams.calls import Call
from playground.upstreams.idaas.answers import Refusal, ok
from playground.upstreams.idaas.chapter import API, Chapter, Line
from playground.upstreams.idaas.realm import picked
from playground.upstreams.idaas.rows import REALM
from playground.upstreams.strict import MULTIPART

_THEME = "id themeName createdTime updatedTime creator"


class Files(Chapter):
    def lines(self) -> Sequence[Line]:
        return (
            Line("POST", f"{API}/file/upload", "upload_file", self.upload, sends=MULTIPART, files="file"),
            Line("GET", API + "/file/download/{fileId}", "download_file", self.download),
            Line("GET", f"{API}/logintheme/listthemes", "list_login_themes", self.themes),
            Line("GET", f"{API}/login", "login_create_realm", self.login),
        )

    def upload(self, call: Call) -> Response:
        upload = call.files["file"][0]
        digits = f"{self.realm.now():.19}".translate(dict.fromkeys(map(ord, "- :")))
        file_id = f"{digits}{len(self.realm.files) + 1:018d}"
        self.realm.files[file_id] = (upload.filename, upload.content_type, upload.data)
        return ok(file_id)

    def download(self, call: Call) -> Response:
        file = self.realm.files.get(call.params["fileId"])
        if file is None:
            raise Refusal("404", "the file does not exist")
        name, kind, data = file
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(data, headers=headers, media_type=kind or "application/octet-stream")

    def themes(self, _call: Call) -> Response:
        return ok([picked(row, _THEME) for row in self.realm.themes.values()])

    def login(self, _call: Call) -> Response:
        return ok({"realm": REALM})
