"""Metrics of one process: requests, upstream calls, circuits, the journal, subscribers, queues, odd fields."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
)

from adapters.observing import CacheUse, CallSeen
from adapters.ports.source import Circuit
from gql_ems.tallies import Tallies

_log = structlog.get_logger("gql_ems.metrics")

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
"""Bounds of the histograms."""
MOST_ODD_FIELDS = 10_000
"""Odd fields that are told apart in the log; more of them are counted alone."""


class Metrics:
    """Counts what happens in this process; an Observer of the gateways, and told by the front what it answers.

    With several workers each has its own: a scrape sees the worker that happens to answer it, told apart by
    `ems_worker_info`. Whoever wants one picture of a machine gives each worker a port of its own.
    """

    def __init__(self, worker: str = "0") -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self._worker = self._gauge("ems_worker_info", "The worker that answers.", "worker")
        self._worker.labels(worker).set(1)
        self._requests = Tallies(
            ("ems_http_requests_total", "Requests by endpoint."),
            ("ems_http_request_seconds", "How long it took until an answer began."),
            ("endpoint", "method", "status"),
            SECONDS,
        )
        self._operations = Tallies(
            (
                "ems_graphql_operations_total",
                "GraphQL operations by type, and `ok`, `partial` (data with errors) or the code of the error.",
            ),
            ("ems_graphql_operation_seconds", "How long GraphQL operations took."),
            ("type", "status"),
            SECONDS,
        )
        self.registry.register(self._requests)
        self.registry.register(self._operations)
        # Looking a label up costs more than counting, and there are few.
        self._known_events: dict[tuple[str, str], tuple[Counter, Counter]] = {}
        self._known_calls: dict[tuple[str, str, str | None, str], tuple[Counter, Histogram | None]] = {}
        self._calls = self._counter(
            "ems_upstream_calls_total",
            "Calls to sources, by documented operation, error code or `ok`, and use of the cache.",
            "source",
            "operation",
            "code",
            "cache",
        )
        self._call_seconds = self._histogram(
            "ems_upstream_call_seconds", "How long calls took that went out.", "source", "operation"
        )
        self._circuits = self._gauge(
            "ems_circuit_state", "1 for the state that the circuit of a source is in.", "source", "state"
        )
        self._odd = self._counter(
            "ems_odd_fields_total", "Fields of another type than documented.", "source", "operation"
        )
        self._ingested = self._counter("ems_ingested_total", "Events that were posted.", "source", "kind")
        self._repeated = self._counter(
            "ems_ingest_repeated_total", "Posted events that told nothing new.", "source", "kind"
        )
        self._subscribers = self._gauge("ems_subscribers", "Open subscriptions, by transport.", "transport")
        self.up = self._gauge(
            "ems_source_up", "1 where the last probe or call of a source went well.", "source"
        )
        self.position = self._gauge("ems_journal_position", "The last position of the journal.")
        self.low_water = self._gauge("ems_journal_low_water", "The last position that retention removed.")
        self.lag = self._gauge("ems_journal_reader_lag", "Entries that this process has yet to read.")
        self.queues = self._gauge("ems_queue_size", "What waits in a queue of this process.", "queue")
        self._told: set[tuple[str, str, str]] = set()

    def called(self, call: CallSeen) -> None:
        """Counts a call to a source."""
        key = (call.source, call.operation, call.error, call.cache.value)
        known = self._known_calls.get(key)
        if known is None:
            # Only what went out took any time.
            timed = call.cache is CacheUse.MISS
            known = (
                self._calls.labels(call.source, call.operation, call.error or "ok", call.cache.value),
                self._call_seconds.labels(call.source, call.operation) if timed else None,
            )
            self._known_calls[key] = known
        known[0].inc()
        if known[1] is not None:
            known[1].observe(call.ms / 1000)

    def circuit_changed(self, source: str, circuit: str) -> None:
        """Notes where a circuit stands now, and logs that it has moved."""
        self.circuit_is(source, circuit)
        _log.warning("circuit_changed", source=source, circuit=circuit)

    def circuit_is(self, source: str, circuit: str) -> None:
        """Notes where a circuit stands."""
        for state in Circuit:
            self._circuits.labels(source, state.value).set(state.value == circuit)

    def odd_fields(self, source: str, operation: str, problems: dict[str, str]) -> None:
        """Counts fields of another type than documented, and logs each the first time."""
        self._odd.labels(source, operation).inc(len(problems))
        for field, problem in problems.items():
            mark = (source, operation, field)
            if mark not in self._told and len(self._told) < MOST_ODD_FIELDS:
                self._told.add(mark)
                _log.warning("odd_field", source=source, operation=operation, field=field, problem=problem)

    def requested(self, endpoint: str, method: str, status: int, seconds: float) -> None:
        """Counts a request that was answered."""
        self._requests.add((endpoint, method, status), seconds)

    def answered(self, operation_type: str, status: str, seconds: float) -> None:
        """Counts a GraphQL operation: `query`, `mutation` or `subscription`, and what became of it."""
        self._operations.add((operation_type, status), seconds)

    def ingested(self, source: str, kind: str, received: int, new: int) -> None:
        """Counts events that were posted and kept."""
        known = self._known_events.get((source, kind))
        if known is None:
            known = (self._ingested.labels(source, kind), self._repeated.labels(source, kind))
            self._known_events[source, kind] = known
        known[0].inc(received)
        known[1].inc(received - new)

    @contextmanager
    def subscribed(self, transport: str) -> Iterator[None]:
        """Counts a subscription as long as the block lasts."""
        open_now = self._subscribers.labels(transport)
        open_now.inc()
        try:
            yield
        finally:
            open_now.dec()

    def _counter(self, name: str, text: str, *labels: str) -> Counter:
        return Counter(name, text, labels, registry=self.registry)

    def _gauge(self, name: str, text: str, *labels: str) -> Gauge:
        return Gauge(name, text, labels, registry=self.registry)

    def _histogram(self, name: str, text: str, *labels: str) -> Histogram:
        return Histogram(name, text, labels, buckets=SECONDS, registry=self.registry)
