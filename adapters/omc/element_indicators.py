"""Indicators of network elements: their names, and their values over time."""

import asyncio
from datetime import datetime
from typing import Any

import orjson

from adapters.gateway import Gateway
from adapters.omc.kpis import KpiRow, KpiTitle, list_kpi_titles, query_kpi_data
from adapters.records import KpiDefinition, KpiPoint, KpiSeries, NetworkElement


async def definitions(gateway: Gateway, ne_type: str) -> tuple[KpiDefinition, ...]:
    """The indicators of a type of element."""
    titles = await gateway.send(list_kpi_titles(ne_type.upper())) or ()
    return tuple(definition for title in titles if (definition := _definition(title, ne_type)) is not None)


async def series(
    gateway: Gateway,
    element: NetworkElement,
    ids: tuple[str, ...] | None,
    *,
    start: datetime,
    end: datetime,
    interval_seconds: int,
) -> tuple[KpiSeries, ...]:
    """The values of the named indicators, of all where none is named, in the order of time."""
    known, rows = await asyncio.gather(
        definitions(gateway, element.ne_type),
        gateway.send(query_kpi_data(element.ne_type, element.ne_id, start, end, interval_seconds)),
    )
    points = _points(tuple(rows or ()))
    by_id = {definition.id: definition for definition in known}
    for name in points:
        by_id.setdefault(name, KpiDefinition(id=name, ne_type=element.ne_type))
    wanted = tuple(by_id) if ids is None else tuple(name for name in dict.fromkeys(ids) if name in by_id)
    return tuple(KpiSeries(definition=by_id[name], points=tuple(points.get(name, ()))) for name in wanted)


def _points(rows: tuple[KpiRow, ...]) -> dict[str, list[KpiPoint]]:
    points: dict[str, list[KpiPoint]] = {}
    dated = [(row.time_group, row) for row in rows if row.time_group is not None]
    for at, row in sorted(dated, key=lambda pair: pair[0]):
        for count in row.counts or ():
            if count.kpi_id:
                points.setdefault(count.kpi_id, []).append(KpiPoint(at=at, value=count.value))
    return points


def _definition(title: KpiTitle, ne_type: str) -> KpiDefinition | None:
    if not title.kpi_id:
        return None
    names = _names(title)
    return KpiDefinition(
        id=title.kpi_id,
        ne_type=(title.ne_type or ne_type).upper(),
        name=title.en_title or names.get("en") or None,
        names=names or None,
    )


def _names(title: KpiTitle) -> dict[str, Any]:
    """Names by language: they come as JSON inside of a text; older systems have a field for each."""
    try:
        told = orjson.loads(title.title_json or "")
    except orjson.JSONDecodeError:
        told = None
    names = told if isinstance(told, dict) else {}
    for language, name in (("en", title.en_title), ("cn", title.cn_title)):
        if name and language not in names:
            names = {**names, language: name}
    return names
