"""Multipart requests (the GraphQL multipart request convention): files put where the operation names them."""

from collections.abc import AsyncIterator
from typing import Any

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from adapters.errors import BadInput
from adapters.exchange import FileUpload
from gql_ems.front.parameters import parsed

CHUNK = 64 * 1024


async def operations_of(request: Request, most_files: int = 20) -> Any:
    """The operations of a multipart request, with each file in its place; files stay on disk until they are sent."""
    try:
        form = await request.form(max_files=most_files, max_fields=most_files + 2)
    except MultiPartException as error:
        raise BadInput(f"the multipart body is malformed: {error.message}") from None
    operations = parsed(_text(form.get("operations"), "operations"), "operations")
    places = parsed(_text(form.get("map"), "map"), "map")
    if not isinstance(places, dict):
        raise BadInput("`map` is an object", ("map",))
    for name, paths in places.items():
        upload = form.get(name)
        if not isinstance(upload, UploadFile):
            raise BadInput(f"no file is sent as {name!r}", ("map", name))
        if not isinstance(paths, list) or not paths:
            raise BadInput("`map` names a list of places for each file", ("map", name))
        for path in paths:
            _put(operations, str(path).split("."), _file(upload), name)
    return operations


def _text(value: Any, name: str) -> bytes:
    if not isinstance(value, str):
        raise BadInput(f"a multipart request has a text part `{name}`", (name,))
    return value.encode()


def _file(upload: UploadFile) -> FileUpload:
    async def chunks() -> AsyncIterator[bytes]:
        await upload.seek(0)
        while chunk := await upload.read(CHUNK):
            yield chunk

    return FileUpload(
        name=(upload.filename or "file").replace("\\", "/").rpartition("/")[2] or "file",
        media_type=upload.content_type or "application/octet-stream",
        size=upload.size,
        chunks=chunks,
    )


def _put(operations: Any, path: list[str], file: FileUpload, name: str) -> None:
    place: Any = operations
    try:
        for step in path[:-1]:
            place = place[int(step)] if isinstance(place, list) else place[step]
        last: Any = int(path[-1]) if isinstance(place, list) else path[-1]
        if place[last] is not None:
            raise BadInput("the place of a file holds null", ("map", name))
        place[last] = file
    except (KeyError, IndexError, ValueError, TypeError):
        raise BadInput(f"{'.'.join(path)[:100]!r} is no place in the operations", ("map", name)) from None
