"""Probes: each source is asked at start and from time to time whether it works, so that its health is known."""

import asyncio
from collections.abc import Sequence

import structlog

from adapters.ports import Source
from gql_ems.background.pacing import Sleep

_log = structlog.get_logger("gql_ems.background.probes")

EACH_SECONDS = 30.0


class Probes:
    """Probes every source of this process; a source that is down counts as probed."""

    name = "probes"

    def __init__(
        self, sources: Sequence[Source], *, seconds: float = EACH_SECONDS, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._sources = tuple(sources)
        self._seconds = seconds
        self._sleep = sleep
        self._probed: set[str] = set()

    @property
    def pending(self) -> tuple[str, ...]:
        """The sources of which nothing is known yet."""
        return tuple(source.name for source in self._sources if source.name not in self._probed)

    async def run(self) -> None:
        """Probes all sources side by side, until cancelled."""
        async with asyncio.TaskGroup() as group:
            for source in self._sources:
                group.create_task(self._kept_probed(source), name=f"probe {source.name}")

    async def _kept_probed(self, source: Source) -> None:
        told = ""
        while True:
            try:
                health = await source.probe()
            except Exception as error:  # noqa: BLE001 - a probe that breaks must not end the others.
                _log.error("probe_crashed", source=source.name, exc_info=error)
            else:
                if health.status.value != told:
                    told = health.status.value
                    _log.info("source_is", source=source.name, status=told, error=health.last_error)
            self._probed.add(source.name)
            await self._sleep(self._seconds)
