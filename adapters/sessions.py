"""One shared session of the gateway's account at a source: signed in once, renewed in time, never twice at once."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

from adapters.dialect import Dialect, Session, SessionRefused
from adapters.errors import UpstreamError, UpstreamUnauthenticated
from adapters.exchange import Request, Response

Send = Callable[[Request, dict[str, str]], Awaitable[Response]]


class Vault(Protocol):
    """Where a session is kept that other processes must share; a dialect whose sign-in kills others asks for it."""

    async def load(self, source: str) -> Session | None: ...

    async def save(self, source: str, session: Session | None) -> None: ...


class Sessions:
    """The session of one source. Callers that need one while it is being made wait for the same sign-in."""

    def __init__(
        self, dialect: Dialect, send: Send, clock: Callable[[], float], vault: Vault | None = None
    ) -> None:
        self._dialect = dialect
        self._send = send
        self._clock = clock
        self._vault = vault
        self._session: Session | None = None
        self._signing: asyncio.Task[Session] | None = None

    def good(self) -> Session | None:
        """The session that is there, if it is good as far as anybody knows."""
        session = self._session
        if session is not None and (session.renew_at is None or self._clock() < session.renew_at):
            return session
        return None

    async def current(self) -> Session:
        """A session that is good as far as anybody knows."""
        return self.good() or await self._renewed(self._session)

    async def after_refusal(self, refused: Session) -> Session:
        """A new session in place of one that the source refused; one that was replaced meanwhile is taken as it is."""
        if self._session is not None and self._session is not refused:
            return self._session
        return await self._renewed(refused)

    async def _renewed(self, old: Session | None) -> Session:
        if self._signing is None:
            self._signing = asyncio.create_task(self._sign_in(old))
            self._signing.add_done_callback(self._signed)
        return await asyncio.shield(self._signing)

    def _signed(self, task: asyncio.Task[Session]) -> None:
        self._signing = None
        if not task.cancelled():
            task.exception()

    async def _sign_in(self, old: Session | None) -> Session:
        if self._vault is not None:
            kept = await self._vault.load(self._dialect.settings.name)
            if kept is not None and (old is None or kept.headers != old.headers):
                self._session = kept
                return kept
        try:
            session = await self._run(old.refresh if old else None)
        except (UpstreamUnauthenticated, SessionRefused):
            if old is None or old.refresh is None:
                raise
            session = await self._run(None)
        self._session = session
        if self._vault is not None:
            await self._vault.save(self._dialect.settings.name, session)
        return session

    async def _run(self, refresh: str | None) -> Session:
        steps = self._dialect.sign_in(self._clock(), refresh)
        try:
            request = next(steps)
            while True:
                request = steps.send(await self._send(request, request.headers))
        except StopIteration as done:
            return done.value  # type: ignore[no-any-return]
        except SessionRefused as error:
            raise UpstreamUnauthenticated(
                error.message,
                source=error.source,
                upstream_code=error.upstream_code,
                upstream_message=error.upstream_message,
                http_status=error.http_status,
            ) from error
        except UpstreamError:
            self._session = None
            raise
