"""Files on the OMC: uploaded whole or in blocks, and downloaded by their paths. Names never leave their folder."""

from typing import Annotated

from adapters.exchange import FileDownload, FileUpload
from adapters.omc.verbs import OmcRecord, get, post
from adapters.operation import Content, Effect
from adapters.record import Base64, In, Matches, OneOf, Wire

SubPath = Annotated[str, OneOf(("default", "avatar", "import", "export", "common", "download", "chunk"))]
"""The folders that the document names."""

FileName = Annotated[
    str,
    Matches(
        r"[\w\-(](?:[\w\-() ]|\.(?!\.)){0,126}\.[A-Za-z0-9]{1,8}", "a file's name with its ending and no path"
    ),
]

Identifier = Annotated[str, Matches(r"[A-Za-z0-9_\-]{1,64}", "a hash: letters, digits, `_` and `-`")]
"""MD5 of the file's name and size; it becomes a folder's name."""

StoredPath = Annotated[
    str,
    Matches(
        r"(?:/[A-Za-z0-9_\-](?:[A-Za-z0-9_\- ]|\.(?!\.)){0,127}){1,10}",
        "a path as an upload gave it: `/upload/...`, no `..`",
    ),
]


class StoredFile(OmcRecord, frozen=True):
    """Where an uploaded file lies."""

    url: str | None = None
    """With the OMC's own host, which need not be reachable from here."""
    file_name: str | None = None
    """The path that other calls ask for."""
    new_file_name: str | None = None
    original_file_name: str | None = None


class Chunks(OmcRecord, frozen=True):
    """A file that is uploaded in blocks."""

    identifier: Identifier
    file_name: FileName


class ChunkMerge(OmcRecord, frozen=True):
    """A file whose blocks are all there, and the folder for it."""

    identifier: Identifier
    file_name: FileName
    sub_path: SubPath


@post("/file/upload", content=Content.MULTIPART)
def upload_file(file: FileUpload, sub_path: SubPath) -> StoredFile:
    """Uploads a file of at most 10 MB. (General APIs / File operation)"""


@post("/file/chunkCheck", effect=Effect.READ)
def check_file_chunks(body: Chunks) -> list[str]:
    """The numbers of the blocks that are there already. (General APIs / File operation)"""


@post("/file/chunkUpload", content=Content.MULTIPART)
def upload_file_chunk(file: FileUpload, index: int, identifier: Identifier) -> str:
    """Uploads one block by its number; its file's name needs an ending. (General APIs / File operation)"""


@post("/file/chunkMerge")
def merge_file_chunks(body: ChunkMerge) -> StoredFile:
    """Makes a file of its blocks. (General APIs / File operation)"""


@get("/file/download/{filePath}")
def download_file(
    file_path: Annotated[StoredPath, Base64()],
    *,
    range: Annotated[
        str | None, In("header"), Wire("Range"), Matches(r"bytes=[0-9]+-[0-9]*", "bytes as `bytes=0-1023`")
    ] = None,
) -> FileDownload:
    """Downloads a file, or some of its bytes, by the path that the upload gave. (General APIs / File operation)"""
