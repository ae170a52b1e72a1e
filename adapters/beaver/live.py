"""New values of entities as they happen: one socket for the account, values read again, polling where it is away.

watch(entities) ─┐
watch(entities) ─┴ union of keys -> socket: subscribe, heartbeat, pushed keys ─┐
                                    away: every few seconds all keys ──────────┴-> read again -> whoever watches
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import InvalidStatus, WebSocketException

from adapters.beaver.socket import HEARTBEAT, changed_keys, opened, socket_address, subscription
from adapters.dialect import Session
from adapters.errors import EmsError
from adapters.gateway import Gateway
from adapters.ports.live import LiveEntities, Watched
from adapters.records import Entity, EntityValue
from adapters.settings import SourceSettings

log = logging.getLogger(__name__)

Read = Callable[[Entity], Awaitable[EntityValue | None]]


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How often what happens, in seconds."""

    heartbeat: float = 10.0
    silence: float = 30.0
    """A socket that says nothing for so long is dead: the platform echoes heartbeats."""
    poll: float = 10.0
    resync: float = 60.0
    """All values are read again this often though a socket is up: whoever else has the account, and
    tells us nothing, replaces what was subscribed to."""
    exchange: float = 5.0
    """Until it is noticed that another process watches something else."""
    subscribe: float = 0.3
    """Between two subscriptions."""
    gather: float = 0.02
    """Pushes that come together are read together."""
    retry: float = 1.0
    longest_retry: float = 60.0
    at_once: int = 8
    """Reads under way at the same time."""


class LiveValues(LiveEntities):
    """The live values of one source. Idle, without socket and polls, while nobody watches."""

    def __init__(
        self,
        settings: SourceSettings,
        gateway: Gateway,
        read: Read,
        watched: Watched | None = None,
        pace: Pace | None = None,
    ) -> None:
        self._settings = settings
        self._gateway = gateway
        self._read = read
        self._watched = watched
        self._pace = pace or Pace(poll=float(settings.option("poll_seconds", Pace.poll)))
        self._watchers: set[_Watcher] = set()
        self._known: dict[str, EntityValue | None] = {}
        self._told: dict[str, EntityValue] = {}
        self._pushed: set[str] = set()
        self._due: set[str] = set()
        self._missed: set[str] = set()
        self._work = asyncio.Event()
        self._subscribe = asyncio.Event()
        self._runner: asyncio.Task[None] | None = None
        self.connected = False

    async def watch(self, entities: tuple[Entity, ...]) -> AsyncIterator[tuple[Entity, EntityValue]]:
        """New values of these entities, the latest of each where the reader is slow."""
        watcher = _Watcher(entities)
        self._watchers.add(watcher)
        self._mark(key for key in watcher.entities if key not in self._known)
        self._subscribe.set()
        if self._runner is None or self._runner.done():
            self._runner = asyncio.create_task(self._run())
            self._runner.add_done_callback(self._ended)
        try:
            while True:
                for told in await watcher.told():
                    yield told
        finally:
            self._watchers.discard(watcher)
            watched = self._keys()
            for key in self._known.keys() - watched:
                del self._known[key]
                self._told.pop(key, None)
            self._subscribe.set()
            if not self._watchers:
                await self.close()

    async def close(self) -> None:
        """Ends the socket and the polls."""
        runner, self._runner = self._runner, None
        self._known.clear()
        self._told.clear()
        self._pushed.clear()
        self._due.clear()
        self._missed.clear()
        if runner is not None and not runner.done():
            runner.cancel()
            with suppress(asyncio.CancelledError):
                await runner
            await self._everybodys(frozenset())

    def _ended(self, runner: asyncio.Task[None]) -> None:
        if not runner.cancelled() and (error := runner.exception()) is not None:
            for watcher in self._watchers:
                watcher.fail(error)

    async def _run(self) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self._keep_reading())
            group.create_task(self._keep_polling())
            address = socket_address(self._settings)
            if address is not None:
                group.create_task(self._keep_listening(address))

    async def _keep_listening(self, address: str) -> None:
        attempt = 0
        distrusted: Session | None = None
        while True:
            session: Session | None = None
            try:
                session = await self._gateway.session()
                async with opened(self._settings, address, session) as socket:
                    attempt, distrusted = 0, None
                    await self._listen(socket)
                reason = "the socket closed"
            except InvalidStatus as error:
                reason = f"HTTP {error.response.status_code}"
                if error.response.status_code in (401, 403) and session is not None and distrusted is None:
                    # The token may be at fault, once; a second refusal is the platform's own.
                    distrusted = session
                    with suppress(EmsError):
                        await self._gateway.session(refused=session)
            except (OSError, TimeoutError, WebSocketException, EmsError) as error:
                # The text of an error may quote the address, and with it the token.
                reason = type(error).__name__
            attempt += 1
            log.info("%s: live values are polled (%s)", self._settings.name, reason)
            await asyncio.sleep(min(self._pace.longest_retry, self._pace.retry * 2.0 ** (attempt - 1)))

    async def _listen(self, socket: ClientConnection) -> None:
        """Until the socket fails or falls silent."""
        self._subscribe.set()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._keep_subscribing(socket))
                group.create_task(self._keep_alive(socket))
                group.create_task(self._keep_receiving(socket))
        except* (OSError, TimeoutError, WebSocketException):
            pass
        finally:
            self.connected = False

    async def _keep_subscribing(self, socket: ClientConnection) -> None:
        sent: frozenset[str] = frozenset()
        subscribed: frozenset[str] = frozenset()
        shared = False
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._pace.exchange):
                    await self._subscribe.wait()
            self._subscribe.clear()
            own = self._keys()
            keys = await self._everybodys(own)
            # Who shares the subscription may have come, gone or sent another meanwhile: then it is said again.
            before, shared = shared, keys != own
            if keys != sent or before or shared:
                await socket.send(subscription(sorted(keys)))
                self.connected = True
                # What changed while nobody listened was not pushed.
                self._mark(own - subscribed)
                sent, subscribed = keys, own
            await asyncio.sleep(self._pace.subscribe)

    async def _everybodys(self, own: frozenset[str]) -> frozenset[str]:
        """These keys and those of other processes: a subscription takes the place of the account's last one."""
        if self._watched is None:
            return own
        try:
            return await self._watched.exchange(self._settings.name, own)
        except Exception as error:  # noqa: BLE001 - a store that is away ends no watch here.
            log.warning(
                "%s: it is not known what others watch (%s)", self._settings.name, type(error).__name__
            )
            return own

    async def _keep_alive(self, socket: ClientConnection) -> None:
        while True:
            await asyncio.sleep(self._pace.heartbeat)
            await socket.send(HEARTBEAT)

    async def _keep_receiving(self, socket: ClientConnection) -> None:
        while True:
            async with asyncio.timeout(self._pace.silence):
                message = await socket.recv()
            keys = self._keys().intersection(changed_keys(message))
            self._pushed.update(keys)
            self._mark(keys)

    async def _keep_polling(self) -> None:
        since = 0.0
        while True:
            await asyncio.sleep(self._pace.poll)
            since += self._pace.poll
            missed, self._missed = self._missed, set()
            if not self.connected or since >= self._pace.resync:
                since = 0.0
                self._mark(self._keys())
            else:
                self._mark(missed)

    async def _keep_reading(self) -> None:
        while True:
            await self._work.wait()
            await asyncio.sleep(self._pace.gather)
            self._work.clear()
            due, self._due = self._due, set()
            wanted = {
                key: entity
                for watcher in self._watchers
                for key, entity in watcher.entities.items()
                if key in due
            }
            places = asyncio.Semaphore(self._pace.at_once)
            await asyncio.gather(*(self._reread(entity, places) for entity in wanted.values()))

    async def _reread(self, entity: Entity, places: asyncio.Semaphore) -> None:
        async with places:
            pushed = entity.key in self._pushed
            self._pushed.discard(entity.key)
            try:
                value = await self._read(entity)
            except EmsError:
                self._missed.add(entity.key)
                if pushed:
                    self._pushed.add(entity.key)
                return
        # What was pushed is news though it was read before it was pushed; else a difference is.
        last = self._told.get(entity.key) if pushed else self._known.get(entity.key, value)
        self._known[entity.key] = value
        if value is not None and value != last:
            self._told[entity.key] = value
            for watcher in self._watchers:
                watcher.tell(entity.key, value)

    def _keys(self) -> frozenset[str]:
        return frozenset(key for watcher in self._watchers for key in watcher.entities)

    def _mark(self, keys: Iterable[str]) -> None:
        before = len(self._due)
        self._due.update(keys)
        if len(self._due) > before:
            self._work.set()


class _Watcher:
    """One reader: its entities, and the values that it has not taken yet."""

    def __init__(self, entities: tuple[Entity, ...]) -> None:
        self.entities = {entity.key: entity for entity in entities}
        self._values: dict[str, EntityValue] = {}
        self._error: BaseException | None = None
        self._news = asyncio.Event()

    def tell(self, key: str, value: EntityValue) -> None:
        if key in self.entities:
            self._values[key] = value
            self._news.set()

    def fail(self, error: BaseException) -> None:
        self._error = error
        self._news.set()

    async def told(self) -> list[tuple[Entity, EntityValue]]:
        await self._news.wait()
        self._news.clear()
        if self._error is not None:
            raise self._error
        values, self._values = self._values, {}
        return [(self.entities[key], value) for key, value in values.items()]
