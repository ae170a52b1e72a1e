"""Whether the process is alive, at `/healthz`, and ready to be asked, at `/readyz`. Both tell nothing else."""

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from adapters.local.store import LocalStore
from gql_ems.background.probes import Probes
from gql_ems.plain_answers import json_response

_log = structlog.get_logger("gql_ems.probes")

NOT_KEPT = {"Cache-Control": "no-store"}


class ProbeEndpoints:
    """Answers the two questions of whoever starts, stops and balances processes."""

    def __init__(self, store: LocalStore, probes: Probes) -> None:
        self._store = store
        self._probes = probes

    def routes(self) -> list[Route]:
        """The routes of both."""
        return [Route("/healthz", self.alive), Route("/readyz", self.ready)]

    async def alive(self, _request: Request) -> Response:
        """Answers as long as the process runs at all."""
        return json_response({"status": "alive"}, headers=NOT_KEPT)

    async def ready(self, _request: Request) -> Response:
        """200 once the store has its tables and each source was probed, up or not; 503 before, and while it has not."""
        stored = await self._stored()
        waiting = len(self._probes.pending)
        ready = stored and waiting == 0
        told = {"status": "ready" if ready else "waiting", "store": stored, "sourcesToProbe": waiting}
        return json_response(told, 200 if ready else 503, NOT_KEPT)

    async def _stored(self) -> bool:
        try:
            await self._store.journal.head()
        except (SQLAlchemyError, OSError) as error:
            _log.warning("store_not_ready", error=type(error).__name__)
            return False
        return True
