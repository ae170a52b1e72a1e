"""What the pretend NCE-Campus does in its own way: its tokens, its refusals."""

# ruff: noqa: ARG002 - The frame hands the call to every answer; few look into it.

import secrets
from dataclasses import dataclass

from starlette.responses import Response

from playground.upstreams.calls import Call, Operation
from playground.upstreams.nce.inventory import Campus
from playground.upstreams.strict import JSON, content_problem, shape_problem, strange_query, strangers
from playground.upstreams.vendor import Dialect, json_answer

ILLEGAL = "0x00c80035"
TOKEN_HEADERS = ("x-access-token", "x-auth-token")


@dataclass
class Token:
    """A token and the address that it was given to."""

    text: str
    client: str
    until: float


class Nce(Dialect):
    """The controller: its devices, its tokens."""

    def __init__(self) -> None:
        self.campus = Campus()
        self.tokens: dict[str, Token] = {}

    def give_token(self, client: str, until: float) -> Token:
        """Make a token for whoever asks from this address."""
        token = Token(f"x-{secrets.token_hex(16)}", client, until)
        self.tokens[token.text] = token
        return token

    def guard(self, call: Call, operation: Operation) -> Response | None:
        """Ask for a live token of this address, and for JSON."""
        if not operation.public:
            sent = next((call.headers[name] for name in TOKEN_HEADERS if name in call.headers), None)
            token = self.tokens.get(sent or "")
            if token is None:
                call.complain(
                    "X-ACCESS-TOKEN is missing" if sent is None else "X-ACCESS-TOKEN was never given"
                )
            if token is None or token.until <= call.now or token.client != call.client:
                return refused("401", "token is invalid or expired", 401)
        problem = content_problem(call.headers.get("content-type"), JSON) or shape_problem(call.json())
        accepted = call.headers.get("accept", "*/*")
        if problem is None and not any(kind in accepted for kind in ("application/json", "*/*")):
            problem = "header Accept does not take application/json"
        if problem:
            call.complain(problem)
            return refused(ILLEGAL, problem, 400)
        call.entry.complaints.extend(strange_query(call.query, operation.query))
        call.entry.complaints.extend(strangers(call.json(), operation.body))
        return None

    def refuse(self, call: Call, problems: list[str]) -> Response:
        """Refuse a request that does not hold what the document asks for."""
        return refused(ILLEGAL, f"参数非法: {'; '.join(problems)}", 400)

    def unknown(self, call: Call, methods: list[str]) -> Response:
        """Refuse a path or a verb that the controller does not have."""
        return refused("404", "the requested resource does not exist", 405 if methods else 404)

    def fail(self, call: Call, status: int) -> Response:
        """Answer a failure of the controller itself."""
        return refused("0x00c80001", "服务内部异常", status)

    def code_zero(self, call: Call) -> Response:
        """Answer a failure by code, under HTTP 200."""
        return refused(ILLEGAL, "参数非法", 200)

    def expire_tokens(self) -> None:
        """End all tokens given so far."""
        for token in self.tokens.values():
            token.until = 0.0

    def reset(self) -> None:
        """Go back to the devices of the start; tokens stay."""
        self.campus = Campus()


def refused(code: str, message: str, status: int) -> Response:
    """Answer {errorCode, errorMessage}."""
    return json_answer({"errorCode": code, "errorMessage": message}, status)
