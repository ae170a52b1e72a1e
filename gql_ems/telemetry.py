"""OpenTelemetry spans of requests and upstream calls, where an endpoint is configured; nothing is loaded otherwise."""

import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from starlette.types import Scope

from adapters.observing import CallSeen, Observer
from adapters.redaction import scrubbed_text
from gql_ems.front.headers import headers_of

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

SERVICE = "gql-ems"


class Noted(Protocol):
    """A request under way, to be told what became of it."""

    def done(self, status: int) -> None:
        """Notes the status of its answer."""


class Unnoted:
    """A request of which nobody keeps a span."""

    def done(self, status: int) -> None:
        """Lets it pass."""


class Tracing(Protocol):
    """Makes spans of requests, and watches the calls to sources."""

    def request(self, method: str, endpoint: str, scope: Scope) -> AbstractContextManager[Noted]:
        """A request as long as the block lasts."""

    def called(self, call: CallSeen) -> None: ...

    def circuit_changed(self, source: str, circuit: str) -> None: ...

    def odd_fields(self, source: str, operation: str, problems: dict[str, str]) -> None: ...

    def close(self) -> None:
        """Sends what waits to be sent."""


class NoTracing:
    """No endpoint is configured: no spans."""

    def __init__(self) -> None:
        self._untold: AbstractContextManager[Noted] = nullcontext(Unnoted())

    def request(
        self,
        method: str,  # noqa: ARG002 - the protocol's signature
        endpoint: str,  # noqa: ARG002 - the protocol's signature
        scope: Scope,  # noqa: ARG002 - the protocol's signature
    ) -> AbstractContextManager[Noted]:
        return self._untold

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
        from opentelemetry.trace.propagation.tracecontext import (  # noqa: PLC0415 - loaded where it is configured alone
            TraceContextTextMapPropagator,
        )

        self._provider = provider
        self._tracer = provider.get_tracer(SERVICE)
        self._propagator = TraceContextTextMapPropagator()

    @contextmanager
    def request(self, method: str, endpoint: str, scope: Scope) -> Iterator[Noted]:
        """A span of a request, below the caller's own where its headers tell one."""
        from opentelemetry.trace import SpanKind  # noqa: PLC0415 - loaded where it is configured alone

        facts = {
            "http.request.method": method,
            "http.route": f"/{endpoint}",
            "ems.request_id": scope["request_id"],
        }
        parent = self._propagator.extract(headers_of(scope))
        with self._tracer.start_as_current_span(
            f"{method} /{endpoint}", parent, SpanKind.SERVER, facts, record_exception=False
        ) as span:
            yield SpanNote(span)

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


class SpanNote:
    """A span that is told the status of its request's answer."""

    def __init__(self, span: Any) -> None:
        self._span = span

    def done(self, status: int) -> None:
        """Notes the status; a failure of the gateway's own marks the span."""
        from opentelemetry.trace import Status, StatusCode  # noqa: PLC0415 - loaded where it is configured alone

        self._span.set_attribute("http.response.status_code", status)
        if status >= 500:
            self._span.set_status(Status(StatusCode.ERROR))


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
