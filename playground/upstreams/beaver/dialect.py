"""What the pretend Beaver IoT does in its own way: sign-in by bearer token, refusals, its data."""

# ruff: noqa: ARG002 - The frame hands the call to every answer; few look into it.

from collections.abc import Awaitable, Callable

from starlette.responses import Response

from playground.upstreams.beaver import seed
from playground.upstreams.beaver.answers import Refusal, failed
from playground.upstreams.beaver.model import House, User
from playground.upstreams.beaver.push import Hub
from playground.upstreams.beaver.sessions import Session, Sessions
from playground.upstreams.beaver.shapes import as_documented
from playground.upstreams.calls import Answer, Call, Handler, Operation
from playground.upstreams.strict import FORM, JSON, content_problem, shape_problem, strangers
from playground.upstreams.vendor import Dialect


class Beaver(Dialect):
    """The platform: what it keeps, who is signed in, who listens."""

    def __init__(
        self, clock: Callable[[], float], *, initialised: bool = True, documented_shapes: bool = False
    ) -> None:
        self.clock = clock
        self._documented_shapes = documented_shapes
        self._initialised = initialised
        self.house: House
        self.sessions = Sessions()
        self.hub = Hub()
        self.reset()

    @property
    def now_ms(self) -> int:
        """The platform's time in milliseconds."""
        return int(self.clock() * 1000)

    def guard(self, call: Call, operation: Operation) -> Response | None:
        """Ask for a live token, and for the content type that the body needs."""
        if not operation.public:
            code = self.sign_in_problem(call.headers.get("authorization"), call.now)
            if isinstance(code, str):
                # A token that has ended is no fault of the caller's.
                if not self.sessions.gave(call.headers.get("authorization", "").removeprefix("Bearer ")):
                    call.complain("the Authorization header holds no token of this platform")
                return failed(code)
            call.account = code
        wanted = JSON if operation.body and call.body else FORM if operation.form else None
        problem = content_problem(call.headers.get("content-type"), wanted) if wanted else None
        problem = problem or shape_problem(call.json() if operation.body else None)
        if problem:
            call.complain(problem)
            return failed("parameter_syntax_error", problem)
        if operation.body:
            call.entry.complaints.extend(strangers(call.json(), operation.body))
        return None

    def sign_in_problem(self, header: str | None, now: float) -> User | str:
        """Give the account of an Authorization value, or the error code that refuses it."""
        if header is None or not header.startswith("Bearer "):
            return "authentication_failed"
        session: Session | None = self.sessions.holder(header.removeprefix("Bearer ").strip())
        user = self.house.users.get(session.user_id) if session else None
        if session is None or user is None:
            return "token_invalid"
        return user if session.access_until > now else "token_expired"

    def refuse(self, call: Call, problems: list[str]) -> Response:
        """Refuse a request that does not hold what the document asks for."""
        if len(problems) == 1:
            return failed("parameter_validation_failed", problems[0])
        each = [{"error_code": "parameter_validation_failed", "error_message": one} for one in problems]
        return failed("multiple_error", "; ".join(problems), data=each)

    def unknown(self, call: Call, methods: list[str]) -> Response:
        """Refuse a path or a verb that the platform does not have."""
        return failed("method_not_allowed" if methods else "data_no_found")

    def fail(self, call: Call, status: int) -> Response:
        """Answer a failure of the platform itself."""
        code = {401: "token_invalid", 429: "request_too_frequently"}.get(status, "server_error")
        return failed(code, status=status)

    def code_zero(self, call: Call) -> Response:
        """Answer a failure in the envelope, under HTTP 200."""
        return failed("server_error", status=200)

    def expire_tokens(self) -> None:
        """End all tokens given so far, refresh tokens too."""
        self.sessions.expire()

    def reset(self) -> None:
        """Go back to the data of the start; everybody is signed out."""
        self.house = seed.house(self.now_ms, initialised=self._initialised)
        self.sessions = Sessions()
        self.hub.forget()

    def answering(self, handler: Handler) -> Handler:
        """Let a handler refuse by raising."""

        async def respond(call: Call) -> Answer:
            try:
                result = handler(call)
                answer = (await result) if isinstance(result, Awaitable) else result
            except Refusal as no:
                return failed(no.code, no.message, data=no.data)
            if self._documented_shapes and isinstance(answer, Response):
                return as_documented(call.operation, answer)
            return answer

        return respond
