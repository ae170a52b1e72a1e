"""OpenTelemetry spans of requests and upstream calls, where an endpoint is configured; nothing is loaded otherwise."""

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from adapters.observing import CallSeen, Observer
from adapters.redaction import scrubbed_text
from gql_ems.endpoints import endpoint_of, method_of
from gql_ems.front.headers import headers_of

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Tracer

SERVICE = "gql-ems"


class Tracing(Protocol):
    """Makes spans of requests, and watches the calls to sources."""

    def around(self, app: ASGIApp) -> ASGIApp:
        """The application, with a span of each of its requests."""

    def called(self, call: CallSeen) -> None: ...

    def circuit_changed(self, source: str, circuit: str) -> None: ...

    def odd_fields(self, source: str, operation: str, problems: dict[str, str]) -> None: ...

    def close(self) -> None:
        """Sends what waits to be sent."""


class NoTracing:
    """No endpoint is configured: no spans."""

    def around(self, app: ASGIApp) -> ASGIApp:
        """Leaves it as it is."""
        return app

    def called(self, call: CallSeen) -> None:
        """Lets it pass."""

    def circuit_changed(self, source: str, circuit: str) -> None:
        """Lets it pass."""

    def odd_fields(self, source: str, operation: str, problems: dict[str, str]) -> None:
        """Lets it pass."""

    def close(self) -> None:
        """There is nothing to send."""


class Spans:
    """Sends spans of requests and calls to an OTLP collector, in the background."""

    def __init__(self, provider: "TracerProvider") -> None:
        self._provider = provider
        self._tracer = provider.get_tracer(SERVICE)

    def around(self, app: ASGIApp) -> ASGIApp:
        """The application, with a span of each of its requests."""
        return Traced(app, self._tracer)

    def called(self, call: CallSeen) -> None:
        """A span of a call that has ended, below the request that asked for it."""
        from opentelemetry.trace import SpanKind, Status, StatusCode  # noqa: PLC0415 - as above

        end = time.time_ns()
        facts: dict[str, str | int] = {
            "ems.source": call.source,
            "ems.operation": call.operation,
            "ems.cache": call.cache.value,
            "http.request.method": call.method,
            "url.template": call.path,
        }
        if call.status is not None:
            facts["http.response.status_code"] = call.status
        span = self._tracer.start_span(
            f"{call.source} {call.operation}",
            kind=SpanKind.CLIENT,
            attributes=facts,
            start_time=end - int(call.ms * 1_000_000),
        )
        if call.error is not None:
            span.set_status(Status(StatusCode.ERROR, scrubbed_text(call.error)))
        span.end(end)

    def circuit_changed(self, source: str, circuit: str) -> None:
        """Is told by metrics and logs."""

    def odd_fields(self, source: str, operation: str, problems: dict[str, str]) -> None:
        """Is told by metrics and logs."""

    def close(self) -> None:
        """Sends what waits to be sent."""
        self._provider.shutdown()


class Traced:
    """Goes around a watched application: which id and status a request had is told by its scope."""

    def __init__(self, app: ASGIApp, tracer: "Tracer") -> None:
        from opentelemetry.trace.propagation.tracecontext import (  # noqa: PLC0415 - loaded where it is configured alone
            TraceContextTextMapPropagator,
        )

        self._app = app
        self._tracer = tracer
        self._propagator = TraceContextTextMapPropagator()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A span of a request, below the caller's own where its headers tell one; a failure of ours marks it."""
        from opentelemetry.trace import SpanKind, Status, StatusCode  # noqa: PLC0415 - as above

        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        method, endpoint = method_of(scope), endpoint_of(scope)
        with self._tracer.start_as_current_span(
            f"{method} /{endpoint}",
            self._propagator.extract(headers_of(scope)),
            SpanKind.SERVER,
            {"http.request.method": method, "http.route": f"/{endpoint}"},
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                await self._app(scope, receive, send)
            finally:
                status = scope["status"]
                span.set_attribute("ems.request_id", scope["request_id"])
                span.set_attribute("http.response.status_code", status)
                if status >= 500:
                    span.set_status(Status(StatusCode.ERROR))


def tracing(endpoint: str) -> Tracing:
    """Spans to a collector's address (`/v1/traces` is added to one without a path); none where it is empty."""
    if not endpoint:
        return NoTracing()
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415 - as above
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 - as above
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415 - as above
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415 - as above

    if urlsplit(endpoint).path in ("", "/"):
        endpoint = endpoint.rstrip("/") + "/v1/traces"
    provider = TracerProvider(resource=Resource.create({"service.name": SERVICE}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint)))
    return Spans(provider)


class Observers:
    """Tells several observers of the same calls."""

    def __init__(self, observers: Iterable[Observer]) -> None:
        self._observers = tuple(observers)

    def called(self, call: CallSeen) -> None:
        """Tells each."""
        for observer in self._observers:
            observer.called(call)

    def circuit_changed(self, source: str, circuit: str) -> None:
        """Tells each."""
        for observer in self._observers:
            observer.circuit_changed(source, circuit)

    def odd_fields(self, source: str, operation: str, problems: dict[str, str]) -> None:
        """Tells each."""
        for observer in self._observers:
            observer.odd_fields(source, operation, problems)
