"""Files that users upload, whole or in chunks, download again, and push to network elements."""

import base64
import re

from playground.upstreams.omc.chapter import Documented
from playground.upstreams.omc.envelope import Json, ok, refused
from playground.upstreams.omc.files import ranged
from playground.upstreams.omc.state import Omc
from playground.upstreams.vendor import Answer, Call, json_answer

FOLDERS = frozenset({"default", "avatar", "import", "export", "common", "download", "chunk"})
LIMIT = 10 * 1024 * 1024
NAME = r"[\w.-]*\w"
TOO_LARGE = refused("maximum upload file size 10.00MB")


def upload(omc: Omc, call: Call) -> Json:
    sent, folder = call.files["file"][0], call.form.get("subPath") or "default"
    if folder not in FOLDERS:
        return refused("the upload path is not supported")
    if len(sent.data) > LIMIT:
        return TOO_LARGE
    return _told(call, omc.keep_file(folder, sent.filename, sent.data), sent.filename)


def _told(call: Call, path: str, original: str) -> Json:
    return ok(
        {
            "url": f"http://{call.headers.get('host', '')}{path}",
            "fileName": path,
            "newFileName": path.rsplit("/", 1)[1],
            "originalFileName": original,
        }
    )


def check_chunks(omc: Omc, call: Call) -> Json:
    name = call.object()["identifier"]
    return ok([str(index) for index in sorted(omc.chunks.get(name, {}))])


def upload_chunk(omc: Omc, call: Call) -> Answer:
    name, index = call.form["identifier"], int(call.form["index"])
    if not re.fullmatch(NAME, name):
        return refused("the identifier is no name")
    data = call.files["file"][0].data
    if len(data) > LIMIT:
        return TOO_LARGE
    omc.chunks.setdefault(name, {})[index] = data
    return json_answer(ok(f"/upload/chunk/{omc.month()}/{name}/{index}"), 206)


def merge_chunks(omc: Omc, call: Call) -> Json:
    body = call.object()
    chunks = omc.chunks.pop(body["identifier"], None)
    if not chunks or body["subPath"] not in FOLDERS:
        return refused("failed to read merge target file")
    whole = b"".join(chunks[index] for index in sorted(chunks))
    return _told(call, omc.keep_file(body["subPath"], body["fileName"], whole), body["fileName"])


def download(omc: Omc, call: Call) -> Answer:
    try:
        text = call.params["filePath"].replace("-", "+").replace("_", "/").rstrip("=")
        path = base64.b64decode(text + "=" * (-len(text) % 4), validate=True).decode()
    except ValueError:
        return refused("the file path is not base64")
    content = omc.files.get(path)
    return (
        refused("file does not exist") if content is None else ranged(call, path.rsplit("/", 1)[1], content)
    )


def push(omc: Omc, call: Call) -> Json:
    body = call.object()
    element = omc.elements.find(body["neType"], body["neId"])
    content = omc.files.get(body["uploadPath"])
    if element is None:
        return refused("there is no matching network element")
    if content is None:
        return refused("file does not exist")
    if element.dead:
        return refused("connection refused")
    path = f"/home/agtuser/{body['uploadPath'].rsplit('/', 1)[1]}"
    element.files[path] = content
    return ok(path)


def help_document(omc: Omc, call: Call) -> Json:
    body = call.object()
    content = omc.files.get(body["uploadPath"])
    if content is None:
        return refused("file does not exist")
    path = f"/static/helpDoc/{body['language']}_doc.pdf"
    omc.files[path] = content
    return ok(path)


ROUTES = (
    Documented("POST", "/file/upload", "upload_file", upload, form="subPath?", files="file"),
    Documented("POST", "/file/chunkCheck", "check_file_chunks", check_chunks, body="identifier fileName"),
    Documented(
        "POST",
        "/file/chunkUpload",
        "upload_file_chunk",
        upload_chunk,
        form="index:integer identifier",
        files="file",
    ),
    Documented(
        "POST", "/file/chunkMerge", "merge_file_chunks", merge_chunks, body="identifier fileName subPath"
    ),
    Documented("GET", "/file/download/{filePath}", "download_file", download),
    Documented("POST", "/ne/action/pushFile", "push_file_to_ne", push, body="uploadPath neType neId"),
    Documented("POST", "/helpDoc", "upload_help_document", help_document, body="uploadPath language"),
)
