"""Network elements of the local store, with their state, indicators and who is online."""

from collections import defaultdict
from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.engine import Row

from adapters.errors import BadInput
from adapters.local.alarm_batch import chunks
from adapters.local.clock import from_ms, to_ms
from adapters.local.engine import Database
from adapters.local.indicators import definitions
from adapters.local.shelf import Shelf, changed, encode, words
from adapters.local.tables.network import ELEMENTS, ONLINE, SAMPLES
from adapters.ports import NetworkElementFilter, NetworkElements, Outcome, Page, PageRequest
from adapters.ports.network import NetworkElementChange, NetworkElementDraft
from adapters.records import (
    BaseStationRow,
    KpiDefinition,
    KpiPoint,
    KpiSeries,
    NetworkElement,
    NetworkElementState,
    OnlineUser,
)

MOST_POINTS = 20_000
"""Points of one series: an interval too short for its span is refused."""

_read_state = msgspec.json.Decoder(NetworkElementState).decode
read_online = msgspec.json.Decoder(OnlineUser).decode


class LocalNetworkElements(NetworkElements):
    """Elements by native id `<TYPE>/<id>`."""

    def __init__(self, database: Database, source: str) -> None:
        self.source = source
        self.shelf = Shelf(database, ELEMENTS, NetworkElement, "network element")

    async def page(self, where: NetworkElementFilter, request: PageRequest) -> Page[NetworkElement]:
        """Elements that match."""
        c = ELEMENTS.c
        tests: list[ColumnElement[bool]] = self.shelf.holds(where.search)
        if where.ne_types is not None:
            tests.append(c.ne_type.in_([ne_type.upper() for ne_type in where.ne_types]))
        if where.ne_ids is not None:
            tests.append(c.ne_id.in_(list(where.ne_ids)))
        if where.online is not None:
            tests.append(func.coalesce(c.online, False) == where.online)
        return await self.shelf.page(tests, request)

    async def get(self, native_id: str) -> NetworkElement | None:
        """One element, with its state."""
        element = await self.shelf.get(native_id)
        if element is None:
            return None
        return replace(element, state=(await self.states((native_id,))).get(native_id))

    async def get_many(self, native_ids: tuple[str, ...]) -> dict[str, NetworkElement]:
        """Several elements; their states are asked for apart."""
        return await self.shelf.get_many(native_ids)

    async def states(self, native_ids: tuple[str, ...]) -> dict[str, NetworkElementState]:
        """What each has last said of itself."""
        c = ELEMENTS.c
        found: dict[str, NetworkElementState] = {}
        async with self.shelf.database.read() as connection:
            for part in chunks(native_ids):
                statement = select(c.native_id, c.state).where(c.native_id.in_(part), c.state.is_not(None))
                found.update((r.native_id, _read_state(r.state)) for r in await connection.execute(statement))
        return found

    async def kpi_definitions(self, ne_type: str) -> tuple[KpiDefinition, ...]:
        """Indicators that this type of element reports."""
        return definitions(ne_type)

    async def kpis(
        self,
        element: NetworkElement,
        ids: tuple[str, ...] | None,
        start: datetime,
        end: datetime,
        interval_seconds: int,
    ) -> tuple[KpiSeries, ...]:
        """Averages of each interval in which something was reported."""
        step = interval_seconds * 1000
        if step <= 0 or (to_ms(end) - to_ms(start)) // step > MOST_POINTS:
            raise BadInput("The interval is too short for the time asked for.", ("intervalSeconds",))
        known = [d for d in definitions(element.ne_type) if ids is None or d.id in ids]
        c = SAMPLES.c
        bucket = (c.at - c.at % step).label("bucket")
        statement = (
            select(c.kpi_id, bucket, func.avg(c.value).label("value"))
            .where(c.element_id == element.native_id, c.kpi_id.in_([d.id for d in known]))
            .where(c.at >= to_ms(start), c.at < to_ms(end))
            .group_by(c.kpi_id, bucket)
            .order_by(c.kpi_id, bucket)
        )
        points: dict[str, list[KpiPoint]] = defaultdict(list)
        async with self.shelf.database.read() as connection:
            for row in await connection.execute(statement):
                points[row.kpi_id].append(KpiPoint(at=from_ms(row.bucket), value=float(row.value)))
        return tuple(KpiSeries(definition=d, points=tuple(points[d.id])) for d in known)

    async def online_users(
        self, element: NetworkElement, imsi: str | None, msisdn: str | None
    ) -> tuple[OnlineUser, ...] | None:
        """Sessions on an SMF, registrations on an IMS or N3IWF; None on other elements."""
        if element.ne_type not in ("SMF", "IMS", "N3IWF"):
            return None
        c = ONLINE.c
        statement = select(c.body).where(c.element_id == element.native_id).order_by(c.imsi)
        if imsi is not None:
            statement = statement.where(c.imsi == imsi)
        if msisdn is not None:
            statement = statement.where(c.msisdn == msisdn)
        async with self.shelf.database.read() as connection:
            return tuple(read_online(row.body) for row in await connection.execute(statement))

    async def online_user_count(self, element: NetworkElement) -> int | None:
        """How many are online; None on elements that have no sessions."""
        if element.ne_type not in ("SMF", "IMS", "N3IWF"):
            return None
        statement = select(func.count()).select_from(ONLINE).where(ONLINE.c.element_id == element.native_id)
        async with self.shelf.database.read() as connection:
            return int((await connection.execute(statement)).scalar_one())

    async def base_stations(
        self, element: NetworkElement, nb_id: str | None
    ) -> tuple[BaseStationRow, ...] | None:
        """Base stations seen by an AMF; None on other elements."""
        if element.ne_type != "AMF":
            return None
        stations = (await self._parameters(element)).get("baseStations", ())
        return tuple(row for row in stations if nb_id is None or str(row.get("id")) == nb_id)

    async def parameters(self, element: NetworkElement, group: str, location: str | None) -> Any:
        """A named parameter group; with a location, that row of it."""
        found = (await self._parameters(element)).get(group)
        if location is None or not isinstance(found, list):
            return found
        return found[int(location)] if location.isdecimal() and int(location) < len(found) else None

    async def create(self, draft: NetworkElementDraft) -> NetworkElement:
        """Add an element."""
        ne_type = draft.ne_type.strip().upper()
        ne_id = draft.ne_id.strip()
        if not ne_type or not ne_id or "/" in ne_type:
            raise BadInput("An element needs a type and an id.", ("input", "neId"))
        told = {name: getattr(draft, name) for name in draft.__struct_fields__ if not name.startswith("ne_")}
        element = NetworkElement(
            source=self.source, native_id=f"{ne_type}/{ne_id}", ne_type=ne_type, ne_id=ne_id, **told
        )
        await self.shelf.insert(element_row(element))
        return element

    async def update(self, native_id: str, change: NetworkElementChange) -> NetworkElement:
        """Change what is told of an element."""
        element = changed(await self.shelf.need(native_id), change)
        await self.shelf.update(native_id, element_row(element))
        return element

    async def delete(self, native_id: str) -> Outcome[str]:
        """Remove an element."""
        return await self.shelf.delete([native_id])

    async def _parameters(self, element: NetworkElement) -> dict[str, Any]:
        statement = select(ELEMENTS.c.parameters).where(ELEMENTS.c.native_id == element.native_id)
        async with self.shelf.database.read() as connection:
            row: Row[Any] | None = (await connection.execute(statement)).one_or_none()
        if row is None or row.parameters is None:
            return {}
        found: dict[str, Any] = msgspec.json.decode(row.parameters)
        return found


def element_row(element: NetworkElement) -> dict[str, Any]:
    """Lay an element out in columns; its state has columns of its own."""
    plain = replace(element, state=msgspec.UNSET)
    return {
        "native_id": element.native_id,
        "ne_type": element.ne_type,
        "ne_id": element.ne_id,
        "words": words(
            element.native_id, element.name, element.ip, element.vendor, element.province, element.dn
        ),
        "body": encode(plain),
    }


def state_columns(state: NetworkElementState) -> dict[str, Any]:
    """Lay a state out in columns."""
    return {"online": state.online, "state": encode(state)}
