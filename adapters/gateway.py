"""The one place that talks to a source: signed in, bounded, patient with reads, never repeating a write.

send(call)
 └ equal read in flight, kept, or made for the same answer?  -> its answer
 └ circuit open?                   -> UPSTREAM_UNAVAILABLE at once
 └ session                         -> shared, signed in once
 └ transport                       -> timeout, size limit; a read that found nobody is tried again
 └ dialect.answer                  -> the payload, or the error in it; a refused session: sign in and send once more
 └ decode                          -> the declared type, odd fields counted
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeVar

import httpx
from cachetools import TTLCache

from adapters.breaker import Breaker
from adapters.decoding import Decoding, Mismatch, decode
from adapters.dialect import Dialect, Session, SessionRefused, TooBusy
from adapters.errors import (
    EmsError,
    UpstreamBadResponse,
    UpstreamError,
    UpstreamTimeout,
    UpstreamUnauthenticated,
    UpstreamUnavailable,
)
from adapters.exchange import FileDownload, Request, Response
from adapters.flight import Flight
from adapters.observing import CacheUse, CallSeen, Observer, Silent, note, reads_of_answer
from adapters.operation import Call, Effect, Operation
from adapters.ports.source import Circuit, Health, SourceStatus
from adapters.retrying import NEVER, Retrying
from adapters.sessions import Sessions, Vault
from adapters.transport import Transport

R = TypeVar("R")


class Seen(NamedTuple):
    """The end of the last call: when, how long it took, what went wrong."""

    at: float
    ms: float | None
    status: SourceStatus
    error: str | None


class Gateway:
    """Sends the declared operations of one source."""

    def __init__(
        self,
        dialect: Dialect,
        transport: httpx.AsyncBaseTransport,
        *,
        observer: Observer | None = None,
        retrying: Retrying | None = None,
        clock: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
        vault: Vault | None = None,
    ) -> None:
        settings = dialect.settings
        self.dialect = dialect
        self.source = settings.name
        self._transport = Transport(settings, transport)
        self._observer: Observer = observer or Silent()
        self._retrying = retrying or Retrying()
        self._clock = clock
        self._monotonic = monotonic
        self._breaker = Breaker(clock=monotonic)
        self._sessions = Sessions(dialect, self._sign_in_step, clock, vault)
        self._flights: dict[Any, Flight[Any]] = {}
        self._cache: TTLCache[Any, Any] | None = (
            TTLCache(4096, settings.ttl_seconds, timer=monotonic) if settings.ttl_seconds > 0 else None
        )
        self._writes = 0
        self._seen: Seen | None = None
        self._circuit = Circuit.CLOSED

    async def send(self, call: Call[R]) -> R:
        """The decoded answer of a call; raises BadInput before anything is sent, or an UpstreamError."""
        request = self.dialect.request(call)
        if call.operation.effect is not Effect.READ:
            return await self._written(call, request)
        key = (call.operation.method, request.target, request.body)
        reads = reads_of_answer()
        if reads is None:
            return await self._read(call, request, key)
        # A write in between lets the same answer read anew.
        mark = (self, self._writes, key)
        if mark in reads:
            self._tell(call.operation, CacheUse.COALESCED, self._monotonic(), None)
            return reads[mark]  # type: ignore[no-any-return]
        value: R = await self._read(call, request, key)
        reads[mark] = value
        return value

    async def open(self, call: Call[FileDownload]) -> FileDownload:
        """A file as a stream; an error that came in its place is raised. Never coalesced, kept or tried again."""
        request = self.dialect.request(call)
        answer = await self._guarded(call.operation, request, NEVER, streamed=True)
        if isinstance(answer, FileDownload):
            return answer
        raise UpstreamBadResponse(f"{self.source} sent no file.", source=self.source)

    async def fresh(self, call: Call[R]) -> R:
        """The answer of a read that no earlier one stands in for: what was pushed as changed is read anew."""
        request = self.dialect.request(call)
        payload = await self._guarded(call.operation, request, self._retrying)
        return self._decoded(call.operation, payload)  # type: ignore[no-any-return]

    async def session(self, refused: Session | None = None) -> Session:
        """The account's session, for what is no call (a socket); another one in place of a refused one."""
        return await (self._sessions.after_refusal(refused) if refused else self._sessions.current())

    def health(self) -> Health:
        """What the last calls told; asks nobody."""
        seen = self._seen
        circuit = self._breaker.state
        if seen is None:
            return Health(circuit=circuit)
        return Health(
            status=SourceStatus.DOWN if circuit is not Circuit.CLOSED else seen.status,
            circuit=circuit,
            checked_at=datetime.fromtimestamp(seen.at, UTC),
            latency_ms=seen.ms,
            last_error=seen.error,
        )

    async def probe(self) -> Health:
        """Signs in where needed and makes one cheap call."""
        try:
            await self.send(self.dialect.probe())
        except EmsError as error:
            if self.health().last_error is None:
                self._saw(None, error)
        return self.health()

    async def close(self) -> None:
        """Gives back the connections, which ends what is under way."""
        await self._transport.close()

    async def _written(self, call: Call[R], request: Request) -> R:
        self._forget()
        try:
            payload = await self._guarded(call.operation, request, NEVER)
        finally:
            # What was read meanwhile may be older than the change: nobody joins it any more.
            self._forget()
        return self._decoded(call.operation, payload)  # type: ignore[no-any-return]

    async def _read(self, call: Call[R], request: Request, key: Any) -> R:
        started = self._monotonic()
        if self._cache is not None and key in self._cache:
            self._tell(call.operation, CacheUse.HIT, started, None)
            return self._cache[key]  # type: ignore[no-any-return]
        while (flight := self._flights.get(key)) is not None:
            try:
                there = await flight.landed()
            except EmsError:
                self._tell(call.operation, CacheUse.COALESCED, started, None)
                raise
            if there:
                self._tell(call.operation, CacheUse.COALESCED, started, None)
                return flight.value  # type: ignore[no-any-return]
        return await self._flown(call, request, key)

    async def _flown(self, call: Call[R], request: Request, key: Any) -> R:
        """Reads for all who ask the same meanwhile. Who leaves early lets the next of them begin anew."""
        flight = self._flights[key] = Flight()
        try:
            payload = await self._guarded(call.operation, request, self._retrying)
            value = flight.value = self._decoded(call.operation, payload)
            if self._cache is not None and self._flights.get(key) is flight:
                self._cache[key] = value
        except Exception as error:
            flight.end(error)
            raise
        finally:
            if self._flights.get(key) is flight:
                del self._flights[key]
            flight.end()
        return value  # type: ignore[no-any-return]

    def _forget(self) -> None:
        self._writes += 1
        self._flights.clear()
        if self._cache is not None:
            self._cache.clear()

    async def _guarded(
        self, operation: Operation[Any, Any], request: Request, retrying: Retrying, *, streamed: bool = False
    ) -> Any:
        attempt = 1
        while True:
            try:
                return await self._tried(operation, request, streamed=streamed)
            except UpstreamError as error:
                wait = retrying.wait(attempt, error)
                if wait is None or self._breaker.state is not Circuit.CLOSED:
                    raise
            attempt += 1
            await retrying.sleep(wait)

    async def _tried(self, operation: Operation[Any, Any], request: Request, *, streamed: bool) -> Any:
        if not self._breaker.allows():
            raise UpstreamUnavailable(
                f"{self.source} failed repeatedly; calls are held back for a moment.", source=self.source
            )
        started = self._monotonic()
        status: int | None = None
        error: EmsError | None = None
        try:
            session = None
            if self.dialect.needs_session(operation):
                session = self._sessions.good() or await self._sessions.current()
            started = self._monotonic()
            try:
                status, payload = await self._exchanged(operation, request, session, streamed=streamed)
            except SessionRefused as refused:
                if session is None:
                    raise _unauthenticated(refused) from refused
                session = await self._sessions.after_refusal(session)
                try:
                    status, payload = await self._exchanged(operation, request, session, streamed=streamed)
                except SessionRefused as again:
                    raise _unauthenticated(again) from again
        except EmsError as caught:
            error = caught
            status = getattr(caught, "http_status", None) or status
            self._learned(started, error)
            raise
        except BaseException:
            self._breaker.abandoned()
            raise
        else:
            self._learned(started, None)
        finally:
            self._tell(operation, CacheUse.MISS, started, status, error)
        return payload

    async def _exchanged(
        self, operation: Operation[Any, Any], request: Request, session: Session | None, *, streamed: bool
    ) -> tuple[int, Any]:
        headers = self.dialect.authorize(request, session)
        if streamed:
            answer = await self._transport.open(request, headers)
            if isinstance(answer, FileDownload):
                return answer.status, answer
        else:
            answer = await self._transport.send(request, headers)
        return answer.status, self.dialect.answer(operation, answer)

    async def _sign_in_step(self, request: Request, headers: dict[str, str]) -> Response:
        return await self._transport.send(request, headers)

    def _decoded(self, operation: Operation[Any, Any], payload: Any) -> Any:
        if payload is None:
            return None
        if operation.shape is not None:
            try:
                payload = operation.shape(payload)
            except (TypeError, ValueError, KeyError, AttributeError) as error:
                raise self._misshapen(operation) from error
        context = Decoding(self.dialect.settings.timezone)
        try:
            return decode(operation.answer, payload, context)
        except Mismatch as error:
            raise self._misshapen(operation) from error
        finally:
            if context.problems:
                self._observer.odd_fields(self.source, operation.name, context.problems)

    def _misshapen(self, operation: Operation[Any, Any]) -> UpstreamBadResponse:
        return UpstreamBadResponse(
            f"{self.source} answered {operation.method} {operation.path} in another shape than documented.",
            source=self.source,
        )

    def _learned(self, started: float, error: EmsError | None) -> None:
        """What a call that came to its end tells of the source; one whose caller left tells nothing."""
        self._judge(error)
        self._saw((self._monotonic() - started) * 1000, error)

    def _judge(self, error: EmsError | None) -> None:
        """A source that answers, if only to refuse, is there; one that limits the rate is, too."""
        if isinstance(error, UpstreamTimeout | UpstreamUnavailable) and not isinstance(error, TooBusy):
            self._breaker.failed()
        else:
            self._breaker.succeeded()
        if self._breaker.state is not self._circuit:
            self._circuit = self._breaker.state
            self._observer.circuit_changed(self.source, self._circuit.value)

    def _saw(self, ms: float | None, error: EmsError | None) -> None:
        status, told = SourceStatus.UP, None
        if error is not None:
            if isinstance(error, UpstreamTimeout | UpstreamUnavailable | UpstreamUnauthenticated):
                status, told = SourceStatus.DOWN, error.message
            elif isinstance(error, UpstreamBadResponse):
                status, told = SourceStatus.DEGRADED, error.message
        self._seen = Seen(self._clock(), ms, status, told)

    def _tell(
        self,
        operation: Operation[Any, Any],
        cache: CacheUse,
        started: float,
        status: int | None,
        error: EmsError | None = None,
    ) -> None:
        seen = CallSeen(
            source=self.source,
            operation=operation.name,
            method=operation.method,
            path=operation.path,
            status=status,
            started=started,
            ms=(self._monotonic() - started) * 1000,
            cache=cache,
            error=error.code.value if error else None,
        )
        note(seen)
        self._observer.called(seen)


def _unauthenticated(refused: SessionRefused) -> UpstreamUnauthenticated:
    return UpstreamUnauthenticated(
        refused.message,
        source=refused.source,
        upstream_code=refused.upstream_code,
        upstream_message=refused.upstream_message,
        http_status=refused.http_status,
    )
