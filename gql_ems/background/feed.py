"""Alarm tables of sources, polled: each by one process at a time, what has changed goes into the journal."""

import asyncio
import random
from collections.abc import Mapping, Sequence

import structlog

from adapters.errors import EmsError
from adapters.local.leases import Lease, LeaseLost
from adapters.local.store import LocalStore
from adapters.ports import AlarmFeed, Source
from adapters.settings import SourceSettings
from gql_ems.background.feed_settings import FeedSettings, feed_settings
from gql_ems.background.pacing import Backoff, Chance, Sleep
from gql_ems.background.supervision import Background
from gql_ems.background.tenure import Tenure

_log = structlog.get_logger("gql_ems.background.feed")

LONGEST_WAIT = 300.0
"""Seconds between two tries of a source that keeps failing."""


class AlarmPoll:
    """The alarm table of one source: read at an interval by the holder of its lease."""

    def __init__(
        self,
        feed: AlarmFeed,
        settings: FeedSettings,
        store: LocalStore,
        *,
        lease: Lease | None = None,
        sleep: Sleep = asyncio.sleep,
        chance: Chance = random.random,
    ) -> None:
        self.name = f"feed:{feed.source}"
        self._feed = feed
        self._settings = settings
        self._store = store
        self._sleep = sleep
        self._backoff = Backoff(settings.poll_seconds, LONGEST_WAIT, chance)
        self._tenure = Tenure(lease or store.lease(self.name), self._work, sleep=sleep)
        self._told: tuple[str, ...] = ()

    async def run(self) -> None:
        """Polls while this process holds the lease, until cancelled."""
        await self._tenure.run()

    async def _work(self, lease: Lease) -> None:
        while True:
            try:
                await self._poll(lease)
            except LeaseLost:
                raise
            except EmsError as error:
                _log.warning(
                    "feed_failed", source=self._feed.source, code=error.code.value, error=error.message
                )
                await self._sleep(self._backoff.wait())
                continue
            self._backoff.succeeded()
            await self._sleep(self._settings.poll_seconds)

    async def _poll(self, lease: Lease) -> None:
        source = self._feed.source
        image = await self._feed.image()
        if image.problems != self._told:
            self._told = image.problems
            if image.problems:
                _log.warning(
                    "feed_rows_left_out", source=source, rows=len(image.problems), first=image.problems[0]
                )
        appended = await self._store.images.ingest_image(
            source, image.rows, lease, match=self._settings.matched
        )
        await self._store.timers.heard(source, self._settings.silence, lease)
        if appended:
            _log.debug("feed_changed", source=source, entries=appended)


class AlarmPolls:
    """The polls of all sources that have an alarm table and are not told to go without."""

    name = "feeds"

    def __init__(
        self,
        sources: Sequence[Source],
        settings: Mapping[str, SourceSettings],
        store: LocalStore,
        *,
        sleep: Sleep = asyncio.sleep,
        chance: Chance = random.random,
    ) -> None:
        found = [
            (source.alarm_feed, feed_settings(settings[source.name]))
            for source in sources
            if source.alarm_feed is not None and source.name in settings
        ]
        self.polls = tuple(
            AlarmPoll(feed, plan, store, sleep=sleep, chance=chance) for feed, plan in found if plan.polled
        )
        self._background = Background(self.polls, sleep=sleep, chance=chance)

    async def run(self) -> None:
        """Polls every source, until cancelled; returns at once where there is none to poll."""
        await self._background.run()
