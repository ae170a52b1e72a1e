"""Subscriptions of several UDMs as one list: UDM after UDM, a position is the UDM and a number of rows."""

import asyncio
from typing import NamedTuple

from adapters.errors import BadInput
from adapters.gateway import Gateway
from adapters.omc.subscriber_view import subscriber_of
from adapters.omc.subscribers import UdmSubscriber, list_subscribers
from adapters.paging import numbered, sifted
from adapters.ports import Page, PageRequest, Position, RowProblem, SubscriberFilter
from adapters.records import Subscriber

SWEEP = 500
"""Rows a call where a list is read to be filtered here."""


class Place(NamedTuple):
    """Where in the list to go on."""

    ne_id: str | None
    offset: int


async def page_of_udms(
    gateway: Gateway, ne_ids: tuple[str, ...], where: SubscriberFilter, request: PageRequest
) -> Page[Subscriber]:
    """Part of the list; the total is that of all UDMs where nothing had to be filtered here."""
    place = place_of(request.after)
    rest = [ne_id for ne_id in ne_ids if place.ne_id is None or ne_id >= place.ne_id]
    records: list[Subscriber] = []
    positions: list[Position] = []
    problems: list[RowProblem] = []
    totals: dict[str, int | None] = {}
    more = False
    end: Position = None
    for index, ne_id in enumerate(rest):
        offset = place.offset if ne_id == place.ne_id else 0
        wanted = request.first - len(records)
        if wanted == 0:
            left = await asyncio.gather(*(_count(gateway, later, where) for later in rest[index:]))
            totals.update(zip(rest[index:], left, strict=True))
            # A count that nobody gave may be of any rows.
            more = any(count is None or count > 0 for count in left)
            break
        part = PageRequest(first=wanted, after=offset, total=request.total)
        page = await _part(gateway, ne_id, where, part)
        records.extend(page.records)
        positions.extend([ne_id, position] for position in page.positions)
        problems.extend(page.problems)
        totals[ne_id] = page.total
        if page.more:
            more = True
            end = [ne_id, page.end] if page.end is not None else None
            break
    total = await _total(gateway, ne_ids, where, totals) if request.total else None
    return Page(
        records=tuple(records),
        positions=tuple(positions),
        more=more,
        end=end,
        total=total,
        problems=tuple(problems),
    )


def place_of(position: Position) -> Place:
    """A position as it was given out; anything else was made up."""
    match position:
        case None:
            return Place(None, 0)
        case [str(ne_id), int(offset)] if offset >= 0 and not isinstance(offset, bool):
            return Place(ne_id, offset)
    raise BadInput("the cursor does not belong to this list", ("after",))


def filtered(where: SubscriberFilter) -> bool:
    """Whether rows have to be looked at here: the OMC's filters are fuzzy, and it has none for a search."""
    return where.imsi is not None or where.msisdn is not None or where.search is not None


def fits(subscriber: Subscriber, where: SubscriberFilter) -> bool:
    """Whether a subscription meets every condition."""
    if where.imsi is not None and subscriber.imsi != where.imsi:
        return False
    if where.msisdn is not None and subscriber.msisdn != where.msisdn:
        return False
    if where.search is None:
        return True
    wanted = where.search.casefold()
    texts = (subscriber.imsi, subscriber.msisdn)
    return any(isinstance(text, str) and wanted in text.casefold() for text in texts)


async def _part(
    gateway: Gateway, ne_id: str, where: SubscriberFilter, request: PageRequest
) -> Page[Subscriber]:
    async def fetch(number: int, size: int) -> tuple[list[UdmSubscriber], int | None]:
        rows = await gateway.send(
            list_subscribers(
                ne_id=ne_id,
                imsi=where.imsi or None,
                msisdn=where.msisdn or None,
                page_num=number,
                page_size=size,
            )
        )
        return (list(rows.rows), rows.total) if rows else ([], 0)

    def mapped(row: UdmSubscriber) -> Subscriber | None:
        return subscriber_of(gateway.source, ne_id, row)

    if filtered(where):
        return await sifted(fetch, request, mapped, lambda one: fits(one, where), size=SWEEP)
    return await numbered(fetch, request, mapped)


async def _count(gateway: Gateway, ne_id: str, where: SubscriberFilter) -> int | None:
    """How many subscriptions a UDM has; with a filter, whether there is one at all."""
    if filtered(where):
        found = await _part(gateway, ne_id, where, PageRequest(first=1, total=False))
        return len(found.records)
    rows = await gateway.send(list_subscribers(ne_id=ne_id, page_num=1, page_size=1))
    return rows.total if rows else 0


async def _total(
    gateway: Gateway, ne_ids: tuple[str, ...], where: SubscriberFilter, known: dict[str, int | None]
) -> int | None:
    if filtered(where):
        return None
    missing = [ne_id for ne_id in ne_ids if known.get(ne_id) is None]
    counts = await asyncio.gather(*(_count(gateway, ne_id, where) for ne_id in missing))
    told = [*(count for count in known.values() if count is not None), *counts]
    return None if any(count is None for count in told) else sum(count or 0 for count in told)
