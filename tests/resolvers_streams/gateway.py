"""The gateway over a store in a file and a pretend OMC, served in the test's own loop so that clocks have hands."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.types import ASGIApp

from gql_ems.app import routes
from gql_ems.background.feed import AlarmPolls
from gql_ems.background.timers import Timers
from gql_ems.service import Service
from gql_ems.settings import build
from playground.upstreams.sandbox import ACCOUNTS
from tests.adapters.local.samples import Hands
from tests.gql_ems.naps import Naps
from tests.gql_ems.serving import served

ALARMS = "/api/rest/faultManagement/v1/elementType/smf/objectType/alarms"
POLL_SECONDS = 7.0


class Gateway:
    """One running gateway and what is done to it from outside."""

    def __init__(self, service: Service, url: str, naps: Naps) -> None:
        self.service = service
        self.url = url
        self.naps = naps
        self.client = httpx.AsyncClient(base_url=url, timeout=20)

    async def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """The data of an answer without errors."""
        answer = await self.client.post("/graphql", json={"query": query, "variables": variables})
        told = answer.json()
        assert "errors" not in told, told
        return told["data"]

    async def post(self, body: Any, path: str = ALARMS, source: str = "omc") -> httpx.Response:
        """What an element posts."""
        return await self.client.post(f"/ingest/{source}{path}", json=body)

    async def posted(self, *bodies: Any, path: str = ALARMS) -> None:
        """Posts that are taken."""
        for body in bodies:
            answer = await self.post(body, path)
            assert answer.status_code == 200, answer.text

    async def head(self) -> str:
        """The cursor of now."""
        head = await self.service.store.journal.head()
        return f"{head.journal}.{head.position}"

    async def poll(self) -> None:
        """Lets the OMC's table be read once more."""
        await self.naps.round(POLL_SECONDS)

    async def tick(self) -> None:
        """Lets the timers look once more."""
        await self.service.store.timers.due(self.service.clock())


def configured(folder, omc_url: str, **server: Any) -> dict[str, Any]:
    omc = {"name": "omc", "dialect": "omc", "base_url": omc_url, **ACCOUNTS["omc"]}
    return {
        "server": {"port": 0, **server},
        "storage": {"url": f"sqlite+aiosqlite:///{folder}/ems.db"},
        "auth": {"mode": "none", "secret_file": f"{folder}/ems.key"},
        "sources": [{**omc, "timezone": "UTC", "poll_seconds": POLL_SECONDS}],
    }


@asynccontextmanager
async def started(
    tables: dict[str, Any], hands: Hands, around: Callable[[ASGIApp], ASGIApp] | None = None, **options: Any
) -> AsyncIterator[Gateway]:
    """Serves as long as the block lasts; nothing beside the requests but what the test asks for.

    `around` goes around the application, `options` are uvicorn's.
    """
    service = Service(build(tables, {}), clock=hands)
    await service.open()
    app: ASGIApp = Starlette(routes=routes(service))
    async with served(app if around is None else around(app), **options) as url:
        gateway = Gateway(service, url, Naps())
        yield gateway
        await gateway.client.aclose()
    await service.close()


def polls_of(gateway: Gateway) -> AlarmPolls:
    """The feed of the gateway's OMC, which sleeps until the test wakes it."""
    service = gateway.service
    return AlarmPolls(
        service.sources.all, service._source_settings(), service.store, sleep=gateway.naps, chance=lambda: 0.0
    )


__all__ = ["Gateway", "Timers", "configured", "polls_of", "started"]
