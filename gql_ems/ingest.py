"""What elements and an OMC post: the documented paths below `/ingest/{source}`, answered once the events are kept."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from adapters.caller import Caller
from adapters.errors import EmsError, NotFound, Unauthenticated
from adapters.local.commit import Appended
from adapters.local.store import LocalStore
from adapters.omc.pushing import OmcPushDecoder
from adapters.ports import Source
from adapters.ports.events import PushDecoder, Pushed
from adapters.settings import SourceSettings
from gql_ems.background.feed_settings import FeedSettings, feed_settings
from gql_ems.front.body import TooLarge, body_of
from gql_ems.front.errors import MASKED, as_answer, status_of
from gql_ems.front.headers import headers_of
from gql_ems.front.origins import Origins
from gql_ems.front.parameters import parsed
from gql_ems.plain_answers import json_response
from resolvers.permissions import INGEST, refusal

_log = structlog.get_logger("gql_ems.ingest")

Identify = Callable[[Mapping[str, str]], Awaitable[Caller]]
"""Gives the caller of a request with these headers, or raises Unauthenticated."""

Kept = Callable[[str, str, int, int], None]
"""Is told the source, the kind of event, how many came in and how many of them were new."""

DECODERS: Mapping[str, Callable[[SourceSettings], PushDecoder]] = {"omc": OmcPushDecoder}
"""Who understands what is posted for a source of each dialect."""

PREFIX = "/ingest/"
KEPT = json_response({})


@dataclass(frozen=True)
class Door:
    """Where the events of one source come in."""

    decoder: PushDecoder
    feed: FeedSettings
    polled: bool
    """Whether the source's alarm table is read, too, so that the same alarm may come twice."""


def doors_of(sources: Sequence[Source], settings: Mapping[str, SourceSettings]) -> dict[str, Door]:
    """The doors of all sources whose dialect documents ingest operations."""
    found: dict[str, Door] = {}
    for source in sources:
        told = settings.get(source.name)
        if told is None or told.dialect not in DECODERS:
            continue
        feed = feed_settings(told)
        found[source.name] = Door(
            DECODERS[told.dialect](told), feed, polled=feed.matched and source.alarm_feed is not None
        )
    return found


class IngestEndpoint:
    """The ASGI application below `/ingest`: the source's name, then the path that its vendor documents."""

    def __init__(
        self,
        doors: Mapping[str, Door],
        store: LocalStore,
        identify: Identify,
        origins: Origins,
        body_bytes: int,
        kept: Kept | None = None,
    ) -> None:
        self._doors = doors
        self._store = store
        self._identify = identify
        self._origins = origins
        self._limit = body_bytes
        self._kept = kept

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            response = await self._respond(scope, receive)
        except ClientDisconnect:
            return
        except TooLarge as error:
            response = json_response(as_answer(error), 413)
        except Unauthenticated as error:
            response = json_response(as_answer(error), 401, {"WWW-Authenticate": "Bearer"})
        except EmsError as error:
            response = json_response(as_answer(error), status_of(error))
        except (SQLAlchemyError, OSError) as error:
            # Nothing is kept: whoever posts is to try again.
            _log.error("ingest_failed", path=scope["path"], exc_info=error)
            response = json_response({"errors": [{"message": MASKED}]}, 503, {"Retry-After": "1"})
        await response(scope, receive, send)

    async def _respond(self, scope: Scope, receive: Receive) -> Response:
        headers = headers_of(scope)
        self._origins.check(headers)
        caller = await self._identify(headers)
        if not caller.may(INGEST):
            raise refusal(INGEST)
        source, _, rest = scope["path"].removeprefix(PREFIX).partition("/")
        path = f"/{rest}"
        door = self._doors.get(source)
        if door is None:
            raise NotFound(f"no source that takes events is called {source[:80]!r}")
        if not door.decoder.accepts(path):
            raise NotFound(f"{source} documents no events at {path[:200]!r}")
        if scope["method"] != "POST":
            return Response(status_code=405, headers={"Allow": "POST"})
        body = parsed(await body_of(headers, receive, self._limit))
        await self._keep(source, door, door.decoder.decode(path, body, self._store.journal.clock()))
        return KEPT

    async def _keep(self, source: str, door: Door, pushed: Pushed) -> None:
        """Returns only once everything is in the journal."""
        intake = self._store.intake
        if pushed.alarms:
            if not door.feed.posted:
                raise NotFound(f"{source} takes no posted alarms: its alarms_from is `poll`")
            self._tell(source, "alarm", await intake.alarms(source, pushed.alarms, match=door.polled))
        if pushed.ue_events:
            self._tell(source, "ue_event", await intake.ue_events(pushed.ue_events))
        if pushed.call_records:
            self._tell(source, "call_record", await intake.call_records(pushed.call_records))
        if pushed.measurements:
            self._tell(source, "measurement", await intake.measurements(pushed.measurements))

    def _tell(self, source: str, kind: str, results: Sequence[Appended]) -> None:
        if self._kept is not None:
            new = sum(result.position is not None for result in results)
            self._kept(source, kind, len(results), new)
