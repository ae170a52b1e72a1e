"""The forms in which the pretend OMC answers."""

from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from playground.upstreams.vendor import Call, json_answer

Json = dict[str, Any]
NOTHING = object()
REFUSED_CONNECTION = "Internal server error, NF connnect refused"


def ok(data: Any = NOTHING, msg: str = "success") -> Json:
    """Answer success, with data where there is some."""
    return {"code": 1, "msg": msg} if data is NOTHING else {"code": 1, "data": data, "msg": msg}


def refused(msg: str, code: int = 0) -> Json:
    """Answer a business failure, which is HTTP 200."""
    return {"code": code, "msg": msg}


def deleted(count: int, otherwise: Json) -> Json:
    """Answer how many rows went, or the failure when none did."""
    return ok(msg=f"Deleted successfully: {count}") if count else otherwise


def number(text: Any, default: int) -> int:
    """Read a number that may be text, or nothing."""
    try:
        return int(text)
    except (TypeError, ValueError):
        return default


def paged(call: Call, rows: Sequence[Json]) -> Json:
    """Answer one page of rows: ten where nobody says how many."""
    return listed(cut(call.query, rows), len(rows))


def cut(asked: Any, rows: Sequence[Json]) -> list[Json]:
    """Cut a page out of rows by `pageNum` and `pageSize`."""
    size = max(1, number(asked.get("pageSize"), 10))
    start = (max(1, number(asked.get("pageNum"), 1)) - 1) * size
    return list(rows[start : start + size])


def listed(rows: Sequence[Json], total: int) -> Json:
    """Answer rows beside their total."""
    return {"code": 1, "msg": "success", "rows": list(rows), "total": total}


def rest(data: Any) -> Json:
    """Answer a read below /api/rest, which has no code."""
    return {"data": data}


def cause(text: str, status: int, http: int = 0) -> Response:
    """Answer a failure below /api/rest; some come under another HTTP status than they tell."""
    return json_answer({"cause": text, "status": status}, http or status)


def malformed(detail: str, http: int = 400) -> Response:
    """Answer a request that a network element cannot read."""
    return json_answer({"detail": detail, "status": 400, "title": "Malformed request syntax"}, http)


def unreachable() -> Response:
    """Answer for a network element that is dead."""
    return json_answer({"error": {"errorCode": "1", "errorInfo": REFUSED_CONNECTION}}, 500)
