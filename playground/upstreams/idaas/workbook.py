"""The Excel file of the account import: its template, and what a filled-in one holds."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from html import escape, unescape

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = ("accountName", "nickName", "phone", "email", "expirationTime", "organizationId", "userType", "p6d")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="users" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def write(rows: Iterable[Sequence[str]]) -> bytes:
    """Make a workbook of one sheet of texts."""
    lines = (
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row) + "</row>"
        for row in rows
    )
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (_PARTS | {"xl/worksheets/sheet1.xml": sheet}).items():
            archive.writestr(name, _HEAD + content)
    return out.getvalue()


def read(data: bytes) -> list[list[str]] | None:
    """Read the texts of a workbook's first sheet; None when it is no workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sheet = archive.read("xl/worksheets/sheet1.xml").decode()
            names = archive.namelist()
            shared = archive.read("xl/sharedStrings.xml").decode() if "xl/sharedStrings.xml" in names else ""
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError):
        return None
    texts = ["".join(_texts(item)) for item in re.findall(r"<si>(.*?)</si>", shared, re.DOTALL)]
    rows = re.findall(r"<row[^>]*>(.*?)</row>", sheet, re.DOTALL)
    return [[_cell(cell, texts) for cell in re.findall(r"<c\b.*?</c>", row, re.DOTALL)] for row in rows]


def _cell(cell: str, shared: list[str]) -> str:
    value = re.search(r"<v>(.*?)</v>", cell, re.DOTALL)
    if value and 't="s"' in cell:
        return shared[int(value[1])]
    return unescape(value[1]) if value else "".join(_texts(cell))


def _texts(xml: str) -> list[str]:
    return [unescape(text) for text in re.findall(r"<t[^>]*>(.*?)</t>", xml, re.DOTALL)]
