"""What the pretend OMC does around every operation: sign-in, Referer, repeats, permissions, refusals."""

import hashlib
from urllib.parse import urlsplit

from starlette.responses import Response

from playground.upstreams.calls import Operation
from playground.upstreams.omc.documented_names import DOCUMENTED
from playground.upstreams.omc.envelope import malformed, refused
from playground.upstreams.omc.sessions import Session
from playground.upstreams.omc.state import Omc
from playground.upstreams.strict import shape_problem
from playground.upstreams.vendor import Call, Dialect, json_answer

REPEAT_SECONDS = 5
ADMINISTRATORS = frozenset({"supervisor", "administrator"})
# Below these only administrators change anything; the cache they alone may look into.
GUARDED_WRITES = ("/system/", "/monitor/")
GUARDED_READS = ("/monitor/cache",)
OWN = "/system/user/profile"


class OmcDialect(Dialect):
    """The manners of the OMC."""

    def __init__(self, omc: Omc) -> None:
        self._omc = omc

    def guard(self, call: Call, operation: Operation, /) -> Response | None:
        """Ask for both token headers, for a Referer on writes, and for the right to do it."""
        self._complain(call, operation)
        session = self._session(call)
        call.account = session
        if session is None and not operation.public:
            status = 200 if call.knobs.expired_in_body else 401
            return json_answer(refused("Invalid identity authorization, please sign in again", 401), status)
        if call.method != "GET" and not self._same_site(call):
            call.complain("Referer is missing or names another host")
            return json_answer(refused("invalid Referer"))
        if session and not operation.public and not self._may(call, session):
            return json_answer(refused(f"Unauthorized access {call.method} {call.path}", 403))
        shape = shape_problem(call.json()) if operation.body else None
        if shape:
            call.complain(shape)
            return self.refuse(call, [shape])
        if call.knobs.refuse_repeats and call.method != "GET" and self._repeated(call):
            return json_answer(refused("The request is too frequent, please try again later."))
        return None

    def refuse(self, call: Call, problems: list[str], /) -> Response:
        """Answer bad parameters: HTTP 400, in the form of the path's family."""
        text = "; ".join(problems)
        return (
            malformed(text)
            if is_rest(call.path)
            else json_answer(refused(f"parameter error: {text}", 400), 400)
        )

    def unknown(self, call: Call, methods: list[str], /) -> Response:
        """Answer a path that the OMC does not have."""
        status = 405 if methods else 404
        return json_answer(refused(f"{call.method} {call.path} not found", status), status)

    def fail(self, call: Call, status: int, /) -> Response:
        """Answer an inner failure."""
        if is_rest(call.path):
            return json_answer(
                {"detail": "the element is busy", "status": status, "title": "Failure"}, status
            )
        return json_answer(refused("the system is busy, try again later", status), status)

    def code_zero(self, call: Call, /) -> Response:
        """Answer a business failure under 200; below /api/rest the status of the body tells it."""
        if is_rest(call.path):
            return json_answer({"cause": "SYSTEM_FAILURE", "status": 500})
        return json_answer(refused("operation failed"))

    def expire_tokens(self) -> None:
        """End every sign-in."""
        self._omc.sessions.expire_all()

    def reset(self) -> None:
        """Go back to the start."""
        self._omc.fill()

    def _session(self, call: Call) -> Session | None:
        bearer = call.headers.get("authorization", "")
        if not bearer.startswith("Bearer "):
            return None
        token = bearer.removeprefix("Bearer ")
        if call.headers.get("accesstoken") != token:
            call.complain("AccessToken is missing or another token than in Authorization")
            return None
        return self._omc.sessions.find(token)

    @staticmethod
    def _complain(call: Call, operation: Operation) -> None:
        query, body = DOCUMENTED.get(operation.name, (None, frozenset[str]()))
        if query is not None:
            for name in sorted(set(call.query) - query):
                call.complain(f"query parameter {name} is not documented")
            for name in sorted(({*call.object(), *call.form}) - body):
                call.complain(f"body field {name} is not documented")
        if "en_US" not in call.headers.get("accept-language", ""):
            call.complain("Accept-Language is not en_US;q=0.9")
        if not call.headers.get("user-agent"):
            call.complain("User-Agent is missing")

    @staticmethod
    def _same_site(call: Call) -> bool:
        return urlsplit(call.headers.get("referer", "")).netloc == call.headers.get("host", "")

    def _may(self, call: Call, session: Session) -> bool:
        if call.path.startswith(OWN) or self.is_administrator(session):
            return True
        guarded = GUARDED_READS if call.method == "GET" else GUARDED_WRITES
        return not call.path.startswith(guarded)

    def is_administrator(self, session: Session) -> bool:
        """Say whether a sign-in holds a role that may do everything."""
        held = (self._omc.roles.get(role_id) for role_id in session.user["roleIds"])
        return any(role and role["roleKey"] in ADMINISTRATORS and role["status"] == "1" for role in held)

    def _repeated(self, call: Call) -> bool:
        text = f"{call.client} {call.method} {call.path}?{call.query}".encode() + call.body
        key = hashlib.sha256(text).hexdigest()
        before = self._omc.recent_writes.get(key)
        self._omc.recent_writes[key] = call.now
        return before is not None and call.now - before < REPEAT_SECONDS


def is_rest(path: str) -> bool:
    """Say whether a path belongs to the element interface, which has no code and msg."""
    return path.startswith(("/api/rest/", "/upload-ue/"))
