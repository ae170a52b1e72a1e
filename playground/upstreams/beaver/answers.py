"""How Beaver IoT answers: its envelope, its pages and its error codes."""

import uuid
from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from playground.upstreams.vendor import json_answer

PAGE = (
    "page_number:integer? page_size:integer? keyword? offset:integer? limit:integer? "
    "sorts:array<object>? sorts[].direction=ASC|DESC? sorts[].property? "
)
"""Body fields that every search takes."""
DEFAULT_SIZE = 10
STATUS = {
    "server_error": 500,
    "parameter_validation_failed": 400,
    "parameter_syntax_error": 400,
    "request_too_frequently": 429,
    "data_no_found": 404,
    "token_expired": 401,
    "token_invalid": 401,
    "authentication_failed": 401,
    "forbidden_permission": 403,
    "no_data_permission": 403,
    "method_not_allowed": 400,
    "data_too_large": 413,
    "multiple_error": 400,
    "entity_not_found": 404,
    "dashboard_name_exist": 400,
}
"""HTTP status of an error code; codes of the domain that are not listed answer 500."""


class Refusal(Exception):
    """A request that the platform will not carry out."""

    def __init__(self, code: str, message: str = "", data: Any = None) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.data = data


def without_nulls(value: Any) -> Any:
    """Leave null properties out, as the platform's serializer does."""
    if isinstance(value, dict):
        return {name: without_nulls(one) for name, one in value.items() if one is not None}
    return [without_nulls(one) for one in value] if isinstance(value, list) else value


def ok(data: Any = None) -> Response:
    """Answer success, with data where there is some."""
    content = {"data": data, "status": "Success", "request_id": uuid.uuid4().hex}
    return json_answer(without_nulls(content))


def failed(code: str, message: str = "", *, data: Any = None, status: int = 0) -> Response:
    """Answer a failure; the HTTP status is the error's own."""
    content = {
        "data": data,
        "status": "Failed",
        "request_id": uuid.uuid4().hex,
        "error_code": code,
        "error_message": message or code.replace("_", " "),
        "detail_message": message or None,
    }
    status = status or (STATUS.get(code) or (400 if code.startswith("entity_value_") else 500))
    return json_answer(without_nulls(content), status)


def page(rows: list[Any], asked: dict[str, Any], write: Callable[[Any], dict[str, Any]]) -> Response:
    """Answer one page of rows, ten where no size is asked for."""
    number, size = asked.get("page_number") or 1, asked.get("page_size") or DEFAULT_SIZE
    if number < 1 or size < 1:
        raise Refusal("parameter_validation_failed", "page_number and page_size begin with 1")
    for sort in reversed(asked.get("sorts") or []):
        rows = _sorted(rows, sort, write)
    start = (number - 1) * size
    content = [write(row) for row in rows[start : start + size]]
    return ok(
        {
            "page_size": size if rows else 0,
            "page_number": number if rows else 1,
            "total": len(rows),
            "content": content,
        }
    )


def _sorted(rows: list[Any], sort: dict[str, Any], write: Callable[[Any], dict[str, Any]]) -> list[Any]:
    name = sort.get("property", "")
    keyed = [(write(row).get(name), row) for row in rows]
    if any(key is None for key, _row in keyed):
        raise Refusal("parameter_validation_failed", f"cannot sort by {name}")
    ranked = sorted(keyed, key=lambda pair: str(pair[0]), reverse=sort.get("direction") == "DESC")
    return [row for _key, row in ranked]


def matches(keyword: Any, *texts: str | None) -> bool:
    """Say whether a search word stands in one of the texts, in any case."""
    return not keyword or any(str(keyword).casefold() in (text or "").casefold() for text in texts)
