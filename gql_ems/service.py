"""The composition root: everything that serves, built once and handed what it needs."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import orjson

from adapters.caller import Caller
from adapters.local.clock import Clock, system_clock
from adapters.local.gateway_sessions import GatewaySessions
from adapters.local.store import LocalStore
from adapters.local.vault import StoreVault
from adapters.local.watched import StoreWatched
from adapters.observing import Observer, Silent
from adapters.settings import SourceSettings
from adapters.wiring import Wiring
from gql_ems import sources
from gql_ems.background.feed import AlarmPolls
from gql_ems.background.memory import Memory
from gql_ems.background.probes import Probes
from gql_ems.background.retention import RetentionRuns
from gql_ems.background.supervision import Background
from gql_ems.background.sweep import DirectorySweep
from gql_ems.background.timers import Timers
from gql_ems.execution import Executor
from gql_ems.file_links import FileLinks
from gql_ems.front.answering import Answering
from gql_ems.front.fanout import Fanout
from gql_ems.front.limits import DocumentLimits, rules_of
from gql_ems.front.persisted import PersistedDocuments
from gql_ems.front.rates import Rates
from gql_ems.identity import ANONYMOUS, NOBODY, Identity, keys
from gql_ems.identity.access_tokens import AccessTokens
from gql_ems.identity.bearer import BearerIdentity
from gql_ems.identity.provider import Provider
from gql_ems.identity.sessions import Sessions
from gql_ems.ingest import Door, doors_of
from gql_ems.metrics import Metrics
from gql_ems.settings import ConfigurationError, Settings
from gql_ems.telemetry import Observers, tracing
from resolvers import schema
from resolvers.context import Context, Limits, Sources
from resolvers.watching import Watches


class Service:
    """One process of the gateway."""

    def __init__(
        self,
        settings: Settings,
        *,
        observer: Observer | None = None,
        wiring: Wiring | None = None,
        clock: Clock = system_clock,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.store = LocalStore(settings.storage.url, clock)
        self.keys = keys.read(Path(settings.auth.secret_file))
        self.metrics = Metrics(str(os.getpid()))
        self.tracing = tracing(settings.telemetry.otlp_endpoint)
        given = wiring or Wiring(observer=observer or Silent())
        self.wiring = replace(
            given,
            observer=Observers([self.metrics, self.tracing, given.observer]),
            directory=given.directory or self.store.directory,
            # Workers share one session of the gateway's account: a second sign-in would end the first at some vendors.
            watched=given.watched or StoreWatched(self.store.database),
            vault=given.vault or StoreVault(self.store.database, self.keys.derived("vendor sessions")),
        )
        self.sources = Sources(sources.opened(settings, self.store, self.wiring))
        self.identity: Identity = self._identity()
        self.files = FileLinks(self.sources, self.keys.derived("files"), clock)
        self.limits = Limits(page_size=settings.limits.page_size, fanout=settings.limits.fanout)
        self.watches = Watches()
        self.memory = Memory(self.store.directory)
        self.probes = Probes(self.sources.all)
        self.executor = self._executor()
        self.answering = Answering(
            self.executor,
            self.context,
            persisted(settings),
            seconds=settings.limits.seconds,
            answered=self.metrics.answered,
            changed=lambda: self.store.journal.appends,
        )
        self.fanout = Fanout(self.answering, self.metrics.subscribed)
        self.rates = Rates(settings.limits.requests_per_minute, lambda: clock().timestamp())
        self.background = self._background()

    async def open(self) -> None:
        """Makes the store ready; asks no source anything."""
        await self.store.open()

    async def close(self) -> None:
        """Gives back connections and files."""
        if self.provider is not None:
            await self.provider.close()
        for source in self.sources.all:
            await source.close()
        await self.store.close()
        self.tracing.close()

    def context(self, caller: Caller) -> Context:
        """What one request carries."""
        return Context(
            caller=caller,
            sources=self.sources,
            store=self.store,
            limits=self.limits,
            sign_in=self.identity.sign_in,
            files=self.files,
            watches=self.watches,
            memory=self.memory,
        )

    def doors(self) -> dict[str, Door]:
        """Where elements post what they tell."""
        return doors_of(self.sources.all, self._source_settings())

    def _identity(self) -> Identity:
        auth = self.settings.auth
        tokens = AccessTokens(
            self.keys.derived("access tokens"), timedelta(minutes=auth.access_minutes), self.clock
        )
        sessions = GatewaySessions(self.store.database, self.clock, timedelta(days=auth.refresh_days))
        sign_in = Sessions(self.store.accounts, sessions, tokens, self.store.audit, self.clock)
        self.provider = Provider(auth, httpx.AsyncClient(timeout=10), self.clock) if auth.issuer else None
        otherwise = ANONYMOUS if auth.mode == "none" else NOBODY
        return BearerIdentity(sign_in, tokens, self.provider, self.clock, otherwise=otherwise)

    def _executor(self) -> Executor:
        graph = schema.build()
        limits = self.settings.limits
        return Executor(
            graph,
            rules=rules_of(limits),
            limit=DocumentLimits(graph._schema, limits),  # noqa: SLF001 - limits look at the finished schema
            max_tokens=limits.tokens,
            compiled=self.settings.execution.compiled,
        )

    def _background(self) -> Background:
        settings = self.settings
        return Background(
            (
                AlarmPolls(self.sources.all, self._source_settings(), self.store),
                Timers(self.store),
                DirectorySweep(self.sources.all, self.store, settings.directory.seconds),
                RetentionRuns(self.store, settings.storage.retention_days),
                self.probes,
                self.memory,
            )
        )

    def _source_settings(self) -> dict[str, SourceSettings]:
        ttl = self.settings.cache.default_ttl_seconds
        return {table.name: table.settings(ttl) for table in self.settings.sources}


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
