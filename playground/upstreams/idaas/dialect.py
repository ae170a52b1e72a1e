"""What the pretend IDaaS does in its own way: bearer tokens, content types, refusals in an envelope."""

# ruff: noqa: ARG002 - The frame hands the call to every answer; few look into it.

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.responses import Response

from playground.upstreams.calls import Answer, Call, Handler, Operation
from playground.upstreams.idaas import seed
from playground.upstreams.idaas.answers import Refusal, failed
from playground.upstreams.strict import content_problem, shape_problem, strange_query, strangers
from playground.upstreams.vendor import Dialect

TOKEN = "idaas-sandbox-token"
"""Lives until the tokens are made to expire."""
CODE_SECONDS = 300
MANY = frozenset({"idaas.batch_create_dropdown_options", "idaas.batch_create_field_values"})
"""Operations whose body is a list."""


@dataclass
class Grant:
    """A code or a token, and the application that it was made for."""

    client_id: str
    until: float


class Idaas(Dialect):
    """The identity service: its realm, its codes and tokens."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.wanted: dict[str, str] = {}
        """Content type by operation, where the document asks for one."""
        self.codes: dict[str, Grant] = {}
        self.tokens: dict[str, Grant] = {}
        self.reset()

    def reset(self) -> None:
        """Go back to the data of the start."""
        self.realm = seed.realm(self._clock)
        self.codes.clear()
        self.tokens = {TOKEN: Grant(seed.CLIENT_ID, float("inf"))}

    def expire_tokens(self) -> None:
        """End all tokens given so far, the fixed one too."""
        for grant in self.tokens.values():
            grant.until = 0.0

    def new_code(self, client_id: str, now: float) -> str:
        """Make a code that can be exchanged once."""
        code = secrets.token_hex(16)
        self.codes[code] = Grant(client_id, now + CODE_SECONDS)
        return code

    def new_token(self, client_id: str, until: float) -> str:
        """Make a token."""
        token = f"idaas-{secrets.token_hex(20)}"
        self.tokens[token] = Grant(client_id, until)
        return token

    def guard(self, call: Call, operation: Operation) -> Response | None:
        """Ask for a live token, and for the content type that the document asks for."""
        if not operation.public:
            scheme, _, sent = call.headers.get("authorization", "").partition(" ")
            grant = self.tokens.get(sent) if scheme == "Bearer" else None
            if grant is None:
                call.complain("the Authorization header holds no token of this service")
            if grant is None or grant.until <= call.now:
                return failed("401", "token 无效", 200 if call.knobs.expired_in_body else 401)
        wanted = self.wanted.get(operation.name)
        problem = content_problem(call.headers.get("content-type"), wanted) if wanted else None
        if problem:
            call.complain(problem)
            return failed("415", problem, 415)
        problem = shape_problem(call.json() if operation.body else None, many=operation.name in MANY)
        if problem:
            call.complain(problem)
            return failed("400", problem, 400)
        call.entry.complaints.extend(strange_query(call.query, operation.query))
        if operation.body:
            call.entry.complaints.extend(strangers(call.json(), operation.body))
        return None

    def refuse(self, call: Call, problems: list[str]) -> Response:
        """Refuse a request that does not hold what the document asks for."""
        return failed("400", "; ".join(problems), 400)

    def unknown(self, call: Call, methods: list[str]) -> Response:
        """Refuse a path or a verb that the service does not have."""
        status = 405 if methods else 404
        return failed(str(status), "no such operation", status)

    def fail(self, call: Call, status: int) -> Response:
        """Answer a failure of the service itself."""
        return failed(str(status), "服务异常", status)

    def code_zero(self, call: Call) -> Response:
        """Answer a failure by code, under HTTP 200."""
        return failed("500", "服务异常", 200)

    def answering(self, handler: Handler) -> Handler:
        """Let a handler refuse by raising."""

        async def answer(call: Call) -> Answer:
            try:
                result = handler(call)
                return (await result) if isinstance(result, Awaitable) else result
            except Refusal as no:
                if no.wrong:
                    call.complain(no.message)
                return failed(no.code, no.message, int(no.code) if no.wrong else 200)

        return answer
