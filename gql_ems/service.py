"""The composition root: everything that serves, built once and handed what it needs."""

from pathlib import Path

import orjson

from adapters.caller import Caller
from adapters.local.store import LocalStore
from adapters.observing import Observer, Silent
from adapters.wiring import Wiring
from gql_ems import sources
from gql_ems.execution import Executor
from gql_ems.front.answering import Answering, PersistedDocuments
from gql_ems.front.fanout import Fanout
from gql_ems.identity import Identity, Nobody
from gql_ems.settings import ConfigurationError, Settings
from resolvers import schema
from resolvers.context import Context, Limits, Sources
from resolvers.watching import Watches


class Service:
    """One process of the gateway."""

    def __init__(
        self, settings: Settings, *, observer: Observer | None = None, wiring: Wiring | None = None
    ) -> None:
        self.settings = settings
        self.store = LocalStore(settings.storage.url)
        self.wiring = wiring or Wiring(observer=observer or Silent(), directory=self.store.directory)
        self.sources = Sources(sources.opened(settings, self.store, self.wiring))
        self.identity: Identity = _identity(settings)
        self.limits = Limits(page_size=settings.limits.page_size, fanout=settings.limits.fanout)
        self.watches = Watches()
        self.executor = Executor(
            schema.build(), compiled=settings.execution.compiled, max_tokens=settings.limits.tokens
        )
        self.answering = Answering(
            self.executor, self.context, persisted(settings), seconds=settings.limits.seconds
        )
        self.fanout = Fanout(self.answering)

    async def open(self) -> None:
        """Makes the store ready; asks no source anything."""
        await self.store.open()

    async def close(self) -> None:
        """Gives back connections and files."""
        for source in self.sources.all:
            await source.close()
        await self.store.close()

    def context(self, caller: Caller) -> Context:
        """What one request carries."""
        return Context(
            caller=caller,
            sources=self.sources,
            store=self.store,
            limits=self.limits,
            sign_in=self.identity.sign_in,
            watches=self.watches,
        )


def persisted(settings: Settings) -> PersistedDocuments:
    """The documents that are known by hash."""
    path = settings.documents.path
    if not path:
        return PersistedDocuments({}, only=settings.documents.only)
    try:
        known = orjson.loads(Path(path).read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise ConfigurationError(f"documents.path: {path}: {error}") from None
    if not isinstance(known, dict) or not all(isinstance(text, str) for text in known.values()):
        raise ConfigurationError(f"documents.path: {path}: is no JSON object of hash to document")
    return PersistedDocuments(known, only=settings.documents.only)


def _identity(settings: Settings) -> Identity:
    if settings.auth.mode == "none":
        return Nobody()
    raise ConfigurationError("auth.mode: 'token' is not available; set 'none' on a loopback address")
