"""Files that go out of and come into the pretend OMC: texts of records, attachments, ranges."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from starlette.responses import Response

from playground.upstreams.omc.envelope import Json, refused
from playground.upstreams.omc.rows import Row
from playground.upstreams.vendor import Answer, Call, Upload

EMPTY: Json = refused("Export data record is empty")


def attachment(name: str, content: bytes, media_type: str = "application/octet-stream") -> Response:
    """Answer a file."""
    headers = {"content-disposition": f'attachment;filename="{name}"'}
    return Response(content, headers=headers, media_type=media_type)


def lines(rows: Iterable[Row], names: Sequence[str]) -> bytes:
    """Write records one a line, their fields parted by semicolons as some of them hold commas."""
    return "".join(";".join(str(row.get(name, "")) for name in names) + "\n" for row in rows).encode()


def lines_of(upload: Upload, names: Sequence[str]) -> list[dict[str, Any]]:
    """Read the records of such a text; lines of another length are left out."""
    parts = (line.split(";") for line in upload.data.decode("utf-8", "replace").splitlines() if line.strip())
    return [dict(zip(names, values, strict=True)) for values in parts if len(values) == len(names)]


def exported(call: Call, kind: str, rows: Sequence[Row] | None, names: Sequence[str]) -> Answer:
    """Answer the records of a data manager as txt or csv."""
    body = call.object()
    if rows is None:
        return refused("there is no matching network element")
    if body["type"] not in {"txt", "csv"}:
        return refused("type is txt or csv")
    if not rows:
        return EMPTY
    name = f"{kind}_udm_{body['neId']}_{int(call.now * 1000)}.{body['type']}"
    return attachment(name, lines(rows, names), "text/csv" if body["type"] == "csv" else "text/plain")


def ranged(call: Call, name: str, content: bytes) -> Response:
    """Answer a file, or the part of it that a Range header asks for."""
    asked = re.fullmatch(r"bytes=(\d+)-(\d*)", call.headers.get("range", ""))
    whole = attachment(name, content)
    whole.headers["accept-ranges"] = "bytes"
    if not asked:
        return whole
    start = int(asked[1])
    end = min(int(asked[2] or len(content)), len(content) - 1)
    if start > end:
        return Response(status_code=416, headers={"content-range": f"bytes */{len(content)}"})
    headers = {
        "content-disposition": whole.headers["content-disposition"],
        "content-range": f"bytes {start}-{end}/{len(content)}",
        "accept-ranges": "bytes",
    }
    return Response(content[start : end + 1], 206, headers, "application/octet-stream")
