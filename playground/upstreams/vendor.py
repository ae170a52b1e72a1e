"""The frame that all pretend vendors share: documented routes, a journal of requests, knobs, a control surface."""

import asyncio
import inspect
import time
from collections.abc import Callable, Sequence
from typing import Any

import orjson
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import Receive, Scope, Send

from playground.upstreams import faults
from playground.upstreams.calls import Answer, Call, Handler, Operation, RouteTable, Upload
from playground.upstreams.journal import Entry, Journal
from playground.upstreams.knobs import KnobBoard, Knobs
from playground.upstreams.needs import Field, body_problems, fields, text_problems
from playground.upstreams.serving import running

__all__ = ["Answer", "Call", "Field", "Knobs", "Upload", "Vendor", "fields", "json_answer", "running"]

CONTROL = "/__sandbox__"


def json_answer(content: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Answer JSON."""
    return Response(orjson.dumps(content), status, headers, media_type="application/json")


class Dialect:
    """What each pretend vendor does in its own way; a vendor overrides what differs."""

    def guard(self, _call: Call, _operation: Operation, /) -> Response | None:
        """Refuse a request before it is looked into (sign-in, headers), or let it pass with None."""
        return None

    def refuse(self, _call: Call, problems: list[str], /) -> Response:
        """Answer a request that does not hold what the document asks for."""
        return json_answer({"message": "; ".join(problems)}, 400)

    def unknown(self, _call: Call, methods: list[str], /) -> Response:
        """Answer a path or verb that no document has; `methods` are those that the path has."""
        return json_answer({"message": "not found"}, 405 if methods else 404)

    def fail(self, _call: Call, status: int, /) -> Response:
        """Answer what a knob broke."""
        return json_answer({"message": "the service is not available"}, status)

    def code_zero(self, call: Call, /) -> Response:
        """Answer a business failure in the vendor's envelope."""
        return self.fail(call, 200)

    def expire_tokens(self) -> None:
        """Let every token given so far expire."""

    def reset(self) -> None:
        """Go back to the data of the start."""


class Vendor:
    """A pretend vendor: declare routes on it, then take its `app`."""

    def __init__(
        self,
        name: str,
        dialect: Dialect,
        *,
        knobs: Knobs | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.name = name
        self.dialect = dialect
        self.board = KnobBoard(knobs)
        self.clock = clock
        self.journal = Journal()
        self.routes = RouteTable()

    def route(
        self,
        method: str,
        path: str,
        name: str,
        handler: Handler,
        *,
        query: str = "",
        body: str = "",
        form: str = "",
        files: str = "",
        headers: str = "",
        public: bool = False,
    ) -> None:
        """Declare a documented operation; what it needs is written as `name:type?` words."""
        needs = {
            "query": fields(query),
            "body": fields(body),
            "form": fields(form),
            "headers": fields(headers),
        }
        self.routes.add(
            Operation(method, path, name, handler, files=tuple(files.split()), public=public, **needs)
        )

    def app(self, extra: Sequence[BaseRoute] = ()) -> Starlette:
        """Make the ASGI app; `extra` routes (a WebSocket, say) go before the documented ones."""
        control = [
            Route(f"{CONTROL}/requests", self._show_requests),
            Route(f"{CONTROL}/complaints", self._show_complaints),
            Route(f"{CONTROL}/knobs", self._turn_knobs, methods=["POST"]),
            Route(f"{CONTROL}/reset", self._reset, methods=["POST"]),
        ]
        app = Starlette(routes=[*control, *extra, Mount("/", app=self._serve)])
        app.state.vendor = self
        return app

    def expire_tokens(self) -> None:
        """Let every token given so far expire."""
        self.dialect.expire_tokens()

    def turn(self, prefix: str = "", **settings: Any) -> None:
        """Set knobs, of all paths or of those that begin with `prefix`."""
        if settings.pop("expire_tokens", False):
            self.expire_tokens()
        self.board.turn(settings, prefix)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        path = scope["path"]
        entry = self.journal.open(
            self.clock(), request.method, path, request.query_params.multi_items(), dict(request.headers)
        )
        status = 0
        try:
            response = await self._respond(request, entry)
            await response(scope, receive, send)
            status = 0 if isinstance(response, faults.CutOff | faults.Hang) else response.status_code
        finally:
            self.journal.close(entry, status)

    async def _respond(self, request: Request, entry: Entry) -> Response:
        call = await self._read(request, entry)
        knobs = call.knobs
        if knobs.delay_ms:
            await asyncio.sleep(knobs.delay_ms / 1000)
        if knobs.hang:
            return faults.Hang()
        found = self.routes.find(call.method, request.scope.get("raw_path", b"").decode() or call.path)
        if found:
            call.operation = entry.operation = found[0].name
            call.params = found[1]
        if self.board.fails_now(call.path):
            failed = self.dialect.fail(call, knobs.fail_status)
            if knobs.retry_after:
                failed.headers["retry-after"] = str(knobs.retry_after)
            return failed
        if knobs.html:
            return faults.page()
        if knobs.garbage:
            return faults.garbage()
        response = await self._answer(call, found[0]) if found else self._undocumented(request, call)
        response = faults.bent(response, knobs)
        return faults.CutOff(response) if knobs.cut_off else response

    def _undocumented(self, request: Request, call: Call) -> Response:
        call.complain("no document has this path and method")
        return self.dialect.unknown(call, self.routes.methods_of(request.url.path))

    async def _answer(self, call: Call, operation: Operation) -> Response:
        refused = self.dialect.guard(call, operation)
        if refused:
            return refused
        if call.knobs.code_zero:
            return self.dialect.code_zero(call)
        problems = self._problems(call, operation)
        if problems:
            call.entry.complaints.extend(problems)
            return self.dialect.refuse(call, problems)
        answer = operation.handler(call)
        if inspect.isawaitable(answer):
            answer = await answer
        return answer if isinstance(answer, Response) else json_answer(answer)

    @staticmethod
    def _problems(call: Call, operation: Operation) -> list[str]:
        problems = text_problems(call.headers, operation.headers, "header")
        problems += text_problems(call.query, operation.query, "query parameter")
        problems += text_problems(call.form, operation.form, "form field")
        problems += [f"file {name} is missing" for name in operation.files if not call.files.get(name)]
        if operation.body:
            body = call.json()
            if body is None:
                if call.body or any(field.required for field in operation.body):
                    problems.append("body is no JSON" if call.body else "body is missing")
            else:
                problems += body_problems(body, operation.body)
        return problems

    async def _read(self, request: Request, entry: Entry) -> Call:
        body = await request.body()
        entry.body_bytes = len(body)
        texts: dict[str, str] = {}
        files: dict[str, list[Upload]] = {}
        if request.headers.get("content-type", "").startswith(
            ("multipart/form-data", "application/x-www-form")
        ):
            async with request.form() as form:
                for name, value in form.multi_items():
                    if isinstance(value, UploadFile):
                        data = await value.read()
                        files.setdefault(name, []).append(
                            Upload(value.filename or "", value.content_type or "", data)
                        )
                    else:
                        texts[name] = value
        return Call(
            method=request.method,
            path=request.url.path,
            params={},
            query=request.query_params,
            headers=request.headers,
            body=body,
            form=texts,
            files=files,
            client=request.client.host if request.client else "",
            now=self.clock(),
            knobs=self.board.at(request.url.path),
            entry=entry,
        )

    async def _show_requests(self, request: Request) -> Response:
        """Answer what has been asked, of `?operation=` or below `?path=` where given."""
        rows = self.journal.requests(
            operation=request.query_params.get("operation", ""), path=request.query_params.get("path", "")
        )
        return JSONResponse({"requests": rows, "total": self.journal.total, "busiest": self.journal.busiest})

    async def _show_complaints(self, _request: Request) -> Response:
        return JSONResponse({"complaints": self.journal.complaints()})

    async def _turn_knobs(self, request: Request) -> Response:
        try:
            settings = orjson.loads(await request.body())
            prefix = settings.pop("prefix", "")
            self.turn(prefix, **settings)
        except (ValueError, AttributeError, TypeError) as wrong:
            return JSONResponse({"message": str(wrong)}, 400)
        return JSONResponse({"prefix": prefix, "knobs": vars(self.board.at(prefix))})

    async def _reset(self, _request: Request) -> Response:
        self.board.reset()
        self.journal.reset()
        self.dialect.reset()
        return JSONResponse({})
