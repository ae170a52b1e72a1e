"""Subscribers of the local store, with authentication data and policy."""

from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import ColumnElement, Select, select

from adapters.errors import BadInput
from adapters.local.engine import Database
from adapters.local.network_elements import read_online
from adapters.local.shelf import Shelf, changed, encode, words
from adapters.local.tables.network import ELEMENTS, ONLINE, SUBSCRIBERS
from adapters.ports import Outcome, Page, PageRequest, SubscriberFilter, Subscribers
from adapters.ports.network import AuthenticationDraft, PolicyChange, SubscriberChange, SubscriberDraft
from adapters.records import AuthenticationSubscription, OnlineUser, PolicySubscription, Subscriber

MOST = 10_000
"""Subscribers that one call creates."""

_read_authentication = msgspec.json.Decoder(AuthenticationSubscription).decode
_read_policy = msgspec.json.Decoder(PolicySubscription).decode


class LocalSubscribers(Subscribers):
    """Subscriptions by native id `<neId>/<imsi>`."""

    def __init__(self, database: Database, source: str) -> None:
        self.source = source
        self.shelf = Shelf(database, SUBSCRIBERS, Subscriber, "subscriber")

    async def page(self, where: SubscriberFilter, request: PageRequest) -> Page[Subscriber]:
        """Subscribers that match."""
        return await self.shelf.page(self.tests(where), request, _along(where))

    def statement(self, where: SubscriberFilter, request: PageRequest) -> Select[Any]:
        """The statement of one page."""
        return self.shelf.statement(self.tests(where), request, _along(where))

    def tests(self, where: SubscriberFilter) -> list[ColumnElement[bool]]:
        """What a subscriber that matches has."""
        c = SUBSCRIBERS.c
        wanted = ((c.ne_id, where.ne_id), (c.imsi, where.imsi), (c.msisdn, where.msisdn))
        found = self.shelf.holds(where.search)
        found += (column == value for column, value in wanted if value is not None)
        return found

    async def get(self, native_id: str) -> Subscriber | None:
        """One subscriber."""
        return await self.shelf.get(native_id)

    async def get_many(self, native_ids: tuple[str, ...]) -> dict[str, Subscriber]:
        """Several subscribers."""
        return await self.shelf.get_many(native_ids)

    async def authentication_of(self, subscriber: Subscriber) -> AuthenticationSubscription | None:
        """Authentication data, where some is held."""
        body = await self._column(subscriber.native_id, "authentication")
        return None if body is None else _read_authentication(body)

    async def policy_of(self, subscriber: Subscriber) -> PolicySubscription | None:
        """The policy, where there is one."""
        body = await self._column(subscriber.native_id, "policy")
        return None if body is None else _read_policy(body)

    async def sessions_of(self, subscriber: Subscriber) -> tuple[OnlineUser, ...]:
        """Sessions and registrations on all elements."""
        statement = (
            select(ONLINE.c.body).where(ONLINE.c.imsi == subscriber.imsi).order_by(ONLINE.c.element_id)
        )
        async with self.shelf.database.read() as connection:
            return tuple(read_online(row.body) for row in await connection.execute(statement))

    async def create(self, draft: SubscriberDraft, count: int) -> int:
        """Add that many with consecutive numbers; all or none."""
        if not 1 <= count <= MOST:
            raise BadInput(f"Between 1 and {MOST} subscribers can be created at once.", ("count",))
        await self._need_udm(draft.ne_id)
        rows = [subscriber_row(self._numbered(draft, i)) for i in range(count)]
        await self.shelf.insert_many(rows)
        return count

    async def update(self, native_id: str, change: SubscriberChange) -> Subscriber:
        """Change a profile."""
        subscriber = changed(await self.shelf.need(native_id), change)
        await self.shelf.update(native_id, subscriber_row(subscriber))
        return subscriber

    async def delete(self, native_ids: tuple[str, ...]) -> Outcome[str]:
        """Remove profiles with what hangs on them."""
        return await self.shelf.delete(native_ids)

    async def set_authentication(self, native_id: str, draft: AuthenticationDraft) -> None:
        """Set authentication data."""
        await self.shelf.need(native_id)
        held = AuthenticationSubscription(
            amf=draft.amf,
            algorithm_index=draft.algorithm_index,
            status="1",
            has_key=bool(draft.ki),
            ki=draft.ki,
            opc=draft.opc,
        )
        await self.shelf.update(native_id, {"authentication": encode(held)})

    async def set_policy(self, native_id: str, change: PolicyChange) -> None:
        """Set what the change names of the policy."""
        subscriber = await self.shelf.need(native_id)
        policy = await self.policy_of(subscriber) or PolicySubscription()
        told = {
            name: getattr(change, name)
            for name in change.__struct_fields__
            if getattr(change, name) is not msgspec.UNSET
        }
        await self.shelf.update(native_id, {"policy": encode(replace(policy, **told))})

    async def _column(self, native_id: str, name: str) -> bytes | None:
        statement = select(SUBSCRIBERS.c[name]).where(SUBSCRIBERS.c.native_id == native_id)
        async with self.shelf.database.read() as connection:
            found: bytes | None = (await connection.execute(statement)).scalar_one_or_none()
        return found

    async def _need_udm(self, ne_id: str) -> None:
        statement = select(ELEMENTS.c.native_id).where(ELEMENTS.c.native_id == f"UDM/{ne_id}")
        async with self.shelf.database.read() as connection:
            if (await connection.execute(statement)).first() is None:
                raise BadInput(f"There is no UDM {ne_id}.", ("input", "neId"))

    def _numbered(self, draft: SubscriberDraft, step: int) -> Subscriber:
        imsi = _following(draft.imsi, step, "imsi")
        told = {
            name: value
            for name in draft.__struct_fields__
            if name not in ("imsi", "msisdn") and (value := getattr(draft, name)) is not None
        }
        missing = dict.fromkeys(
            (
                "ambr",
                "nssai",
                "forbidden_areas",
                "service_area_restriction",
                "smf_selection",
                "eps",
                "static_ip",
            )
        )
        return Subscriber(
            source=self.source,
            native_id=f"{draft.ne_id}/{imsi}",
            imsi=imsi,
            msisdn=_following(draft.msisdn, step, "msisdn"),
            **{**missing, **told},
        )


def _along(where: SubscriberFilter) -> ColumnElement[str] | None:
    """On one element subscribers are told apart by their IMSIs, and an index has them in that order."""
    return None if where.ne_id is None else SUBSCRIBERS.c.imsi


def _following(number: str, step: int, name: str) -> str:
    """Give the number that many behind, of the same length."""
    if not (number.isascii() and number.isdigit() and 5 <= len(number) <= 15):
        raise BadInput(f"An {name} has 5 to 15 digits.", ("input", name))
    found = str(int(number) + step).zfill(len(number))
    if len(found) > len(number):
        raise BadInput(f"There are not so many numbers of this length behind {number}.", ("count",))
    return found


def subscriber_row(subscriber: Subscriber) -> dict[str, Any]:
    """Lay a subscriber out in columns."""
    return {
        "native_id": subscriber.native_id,
        "ne_id": subscriber.ne_id,
        "imsi": subscriber.imsi,
        "msisdn": subscriber.msisdn or None,
        "words": words(
            subscriber.imsi, subscriber.msisdn, subscriber.ambr, subscriber.nssai, subscriber.static_ip
        ),
        "body": encode(subscriber),
    }
