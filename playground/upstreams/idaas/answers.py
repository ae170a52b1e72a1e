"""How IDaaS answers: its envelope, the page inside of it, and its refusals."""

import uuid
from typing import Any

from starlette.responses import Response

from playground.upstreams.calls import Call
from playground.upstreams.vendor import json_answer

OK, DONE = "ok", "成功"
"""Two words for success; changes of what was there say the second."""


class Refusal(Exception):
    """A request that IDaaS will not carry out; told in the envelope, under HTTP 200."""

    def __init__(self, code: str, message: str, *, wrong: bool = False) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.wrong = wrong
        """Whether the request is against the document: then the HTTP status says so, too."""


def ok(data: Any = None, message: str = OK) -> Response:
    """Answer success."""
    return json_answer({"code": "200", "message": message, "data": data, "status": 200, "requestId": ""})


def done(data: Any = None) -> Response:
    """Answer a change that is made."""
    return ok(data, DONE)


def failed(code: str, message: str, status: int) -> Response:
    """Answer a failure; `status` is the one of HTTP."""
    content = {"code": code, "message": message, "data": None, "status": int(code)}
    return json_answer(content | {"requestId": uuid.uuid4().hex}, status)


def page(call: Call, rows: list[dict[str, Any]], *, counted: bool = True) -> Response:
    """Answer the page that the path asks for; some lists come without a count."""
    number, size = (whole(call, name) for name in ("pageNo", "pageSize"))
    start = (number - 1) * size
    total = len(rows) if counted else 0
    return ok(
        {
            "code": 1,
            "msg": None,
            "pageNo": number,
            "pageSize": size,
            "totalCount": total,
            "pages": -(-total // size),
            "data": rows[start : start + size],
        }
    )


def whole(call: Call, name: str) -> int:
    """Read a number of the path, from 1."""
    text = call.params[name]
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise Refusal("400", f"{name} is no number from 1: {text[:20]}", wrong=True)
    return int(text)


def like(word: Any, text: Any) -> bool:
    """Say whether a search word stands in a text; no word fits all."""
    return not word or str(word).casefold() in str(text or "").casefold()
