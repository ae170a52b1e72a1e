"""Files that the service keeps, as icons of applications."""

from adapters.exchange import FileDownload, FileUpload
from adapters.idaas.marks import Key
from adapters.idaas.verbs import get, post


@post("/idaas/v1/file/upload")
def upload_file(file: FileUpload) -> str:
    """Uploads a file and gives its id. (File upload and download)"""


@get("/idaas/v1/file/download/{fileId}")
def download_file(file_id: Key) -> FileDownload:
    """Downloads a file by its id. (File upload and download)"""
