"""What the pretend supOS does in its own way: signed requests, and errors of code and message."""

# ruff: noqa: ARG002 - The frame hands the call to every answer; few look into it.

import hmac
import re
from collections.abc import Awaitable
from urllib.parse import quote

from starlette.responses import Response

from playground.upstreams.calls import Answer, Call, Handler, Operation
from playground.upstreams.strict import (
    JSON,
    MULTIPART,
    content_problem,
    shape_problem,
    strange_query,
    strangers,
)
from playground.upstreams.supos import plant, signature
from playground.upstreams.vendor import Dialect, json_answer

TOKEN = "supos-sandbox-token"
INTERNAL, INVALID = 100000001, 100106500


class Refusal(Exception):
    """A request that supOS answers with a code and a message."""

    def __init__(self, code: int, message: str, status: int = 400, *, wrong: bool = False) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.wrong = wrong
        """Whether the request is against the document."""


class Supos(Dialect):
    """The industrial operating system: its users, and the keys to its door."""

    def __init__(self) -> None:
        self.plant = plant.seed()
        self.token_lives = True

    def guard(self, call: Call, operation: Operation) -> Response | None:
        """Ask for a right signature or the token, and for the content type that the body needs."""
        problem = self._sign_in_problem(call)
        if problem:
            if problem != "token expired":
                call.complain(problem)
            return refused(401, problem, 401)
        wanted = (
            JSON if operation.body else MULTIPART if operation.name.endswith("avatar") and call.body else None
        )
        wrong = content_problem(call.headers.get("content-type"), wanted) if wanted else None
        wrong = wrong or shape_problem(call.json() if operation.body else None)
        if wrong:
            call.complain(wrong)
            return refused(INVALID, wrong, 400)
        call.entry.complaints.extend(strange_query(call.query, operation.query))
        if operation.body:
            call.entry.complaints.extend(strangers(call.json(), operation.body))
        return None

    def _sign_in_problem(self, call: Call) -> str | None:
        scheme, _, value = call.headers.get("authorization", "").partition(" ")
        if scheme == "Bearer":
            if value != TOKEN:
                return "token is not known"
            return None if self.token_lives else "token expired"
        access_key, _, sent = value.rpartition("-")
        if scheme != "Sign" or not access_key:
            return "header Authorization is neither Sign nor Bearer"
        if access_key != signature.ACCESS_KEY:
            return "access key is not known"
        kind = call.headers.get("x-mc-type", "openAPI")
        if kind != "openAPI" or not re.fullmatch(
            r"\d{8}T\d{6}Z", call.headers.get("x-mc-date", "20250101T000000Z")
        ):
            return "header X-MC-Type or X-MC-Date is not as documented"
        for path in {call.path, quote(call.path, safe="/()*")}:
            text = signature.text_to_sign(
                call.method,
                path,
                call.headers.get("content-type", ""),
                call.query.multi_items(),
                call.headers,
            )
            if hmac.compare_digest(signature.sign(signature.SECRET_KEY, text), sent):
                return None
        return "signature does not match"

    def refuse(self, call: Call, problems: list[str]) -> Response:
        """Refuse a request that does not hold what the document asks for."""
        return refused(INVALID, "; ".join(problems), 400)

    def unknown(self, call: Call, methods: list[str]) -> Response:
        """Refuse a path or a verb that supOS does not have."""
        return refused(404, "no such resource", 405 if methods else 404)

    def fail(self, call: Call, status: int) -> Response:
        """Answer a failure of supOS itself."""
        return refused(INTERNAL, "internal service exception", status)

    def code_zero(self, call: Call) -> Response:
        """Answer a failure; supOS never does so under HTTP 200."""
        return refused(INTERNAL, "internal service exception", 400)

    def expire_tokens(self) -> None:
        """End the bearer token; signatures are no tokens."""
        self.token_lives = False

    def reset(self) -> None:
        """Go back to the users of the start."""
        self.plant = plant.seed()
        self.token_lives = True

    def answering(self, handler: Handler) -> Handler:
        """Let a handler refuse by raising."""

        async def answer(call: Call) -> Answer:
            try:
                result = handler(call)
                return (await result) if isinstance(result, Awaitable) else result
            except Refusal as no:
                if no.wrong:
                    call.complain(no.message)
                return refused(no.code, no.message, no.status)

        return answer


def refused(code: int, message: str, status: int) -> Response:
    """Answer {code, message}."""
    return json_answer({"code": code, "message": message}, status)
