"""Workbooks (xlsx) of one sheet, as the OMC's exports write them and its imports read them."""

import io
import zipfile
from collections.abc import Sequence
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from playground.upstreams.omc.envelope import cut, refused
from playground.upstreams.omc.files import attachment
from playground.upstreams.omc.rows import Row
from playground.upstreams.vendor import Answer, Call

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FIXED = {
    "[Content_Types].xml": f'<Types xmlns="{_TYPES}">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEET}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def workbook(table: Sequence[Sequence[object]]) -> bytes:
    """Write a workbook of texts."""
    lines = "".join(
        "<row>"
        + "".join(f'<c t="inlineStr"><is><t>{escape(str(cell))}</t></is></c>' for cell in line)
        + "</row>"
        for line in table
    )
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (_FIXED | {"xl/worksheets/sheet1.xml": sheet}).items():
            archive.writestr(name, _HEAD + content)
    return out.getvalue()


def read(content: bytes) -> list[list[str]]:
    """Read the texts of a workbook's first sheet; ValueError when it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sheet = ET.fromstring(archive.read("xl/worksheets/sheet1.xml"))  # noqa: S314
            shared = []
            if "xl/sharedStrings.xml" in archive.namelist():
                strings = ET.fromstring(archive.read("xl/sharedStrings.xml"))  # noqa: S314
                shared = ["".join(one.itertext()) for one in strings]
    except (zipfile.BadZipFile, KeyError, ET.ParseError) as wrong:
        raise ValueError("no workbook") from wrong
    space = f"{{{_MAIN}}}"
    return [
        [
            shared[int("".join(cell.itertext()))] if cell.get("t") == "s" else "".join(cell.itertext())
            for cell in line.iter(f"{space}c")
        ]
        for line in sheet.iter(f"{space}row")
    ]


def exported(call: Call, name: str, rows: Sequence[Row], *, code: int = 500, msg: str = "") -> Answer:
    """Answer a page of rows as a workbook; with none, the failure that this export has."""
    asked = call.object()
    part = cut(asked, rows) if asked.get("pageSize") else list(rows)
    if not part:
        return refused(msg, code)
    names = [field for field, value in part[0].items() if not isinstance(value, dict | list)]
    content = workbook([names, *([row.get(field, "") for field in names] for row in part)])
    return attachment(f"{name}_export_{len(part)}_{int(call.now * 1000)}.xlsx", content, MEDIA_TYPE)
