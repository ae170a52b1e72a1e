"""Subscriptions of an OMC's UDMs, with their keys, their policies and where they are seen."""

import asyncio
import re
from typing import NoReturn

from adapters import records
from adapters.encoding import check
from adapters.errors import BadInput, ErrorCode, NotFound, UpstreamBadResponse, UpstreamRejected
from adapters.gateway import Gateway
from adapters.omc import authentications, element_users, subscribers
from adapters.omc.element_port import OmcElements
from adapters.omc.refusals import absent, refusal
from adapters.omc.subscriber_deletion import Run, runs_of
from adapters.omc.subscriber_pages import page_of_udms
from adapters.omc.subscriber_policies import policy_of, set_policy
from adapters.omc.subscriber_view import authentication, changed, drafted, subscriber_of
from adapters.omc.subscription_form import counted_up
from adapters.ports import (
    Outcome,
    Page,
    PageRequest,
    Refusal,
    SubscriberFilter,
    Subscribers,
)
from adapters.ports.network import AuthenticationDraft, PolicyChange, SubscriberChange, SubscriberDraft
from adapters.record import Name
from adapters.records import NetworkElement, NetworkElementState

_ID = re.compile(r"([A-Za-z0-9_.\-]{1,64})/([0-9]{5,15})")

SEEN_AT = ("SMF", "IMS", "N3IWF")
"""The elements that know who is online."""


class OmcSubscribers(Subscribers):
    """The subscriptions that one OMC's UDMs hold."""

    def __init__(self, gateway: Gateway, elements: OmcElements) -> None:
        self.source = gateway.source
        self._gateway = gateway
        self._elements = elements

    async def page(self, where: SubscriberFilter, request: PageRequest) -> Page[records.Subscriber]:
        """Subscriptions, UDM after UDM: without the id of one, the OMC lists none."""
        if where.ne_id is not None:
            check(where.ne_id, Name, ("neId",))
            ne_ids: tuple[str, ...] = (where.ne_id,)
        else:
            ne_ids = tuple(element.ne_id for element in await self._of_types("UDM"))
        return await page_of_udms(self._gateway, ne_ids, where, request)

    async def get(self, native_id: str) -> records.Subscriber | None:
        """One subscription."""
        found = _ID.fullmatch(native_id)
        if found is None:
            return None
        row = await self._read(found[1], found[2])
        return subscriber_of(self.source, found[1], row, found[2]) if row is not None else None

    async def authentication_of(
        self, subscriber: records.Subscriber
    ) -> records.AuthenticationSubscription | None:
        """Authentication data; whether a key is there is told to everybody."""
        try:
            data = await self._gateway.send(authentications.get_auth_data(subscriber.ne_id, subscriber.imsi))
        except UpstreamRejected as error:
            if absent(error):
                return None
            raise
        return authentication(data)

    async def policy_of(self, subscriber: records.Subscriber) -> records.PolicySubscription | None:
        """The policy in whichever PCF has one."""
        return await policy_of(self._gateway, await self._of_types("PCF"), subscriber)

    async def sessions_of(self, subscriber: records.Subscriber) -> tuple[records.OnlineUser, ...] | None:
        """Sessions and registrations at every element that is alive."""
        alive = [element for element in await self._of_types(*SEEN_AT) if _online(element)]
        found = await asyncio.gather(
            *(element_users.online_users(self._gateway, one, subscriber.imsi, None) for one in alive)
        )
        return tuple(user for users in found for user in users or ())

    async def create(self, draft: SubscriberDraft, count: int) -> int:
        """Creates subscriptions, IMSI and MSISDN counting up; the OMC takes all of them or none."""
        check(draft.ne_id, Name, ("neId",))
        body = drafted(draft)
        if count < 1:
            raise BadInput("count is 1 or more", ("count",))
        if len(counted_up(draft.imsi, count - 1)) > len(draft.imsi):
            raise BadInput("the IMSIs would grow by a digit", ("count",))
        if count == 1:
            await self._gateway.send(subscribers.add_subscriber(draft.ne_id, body))
        else:
            await self._gateway.send(subscribers.batch_add_subscribers(draft.ne_id, str(count), body))
        return count

    async def update(self, native_id: str, change: SubscriberChange) -> records.Subscriber:
        """Changes a subscription; what is not changed is sent back, as the UDM replaces the whole."""
        ne_id, imsi = self._parts(native_id)
        row = await self._read(ne_id, imsi) or self._unknown(native_id)
        await self._gateway.send(subscribers.update_subscriber(ne_id, changed(row, imsi, change)))
        return await self.get(native_id) or self._unknown(native_id)

    async def delete(self, native_ids: tuple[str, ...]) -> Outcome[str]:
        """Deletes subscriptions, those with consecutive IMSIs in one call; what is refused is told one by one."""
        runs, strange = runs_of(native_ids)
        outcome = Outcome[str](
            refusals=tuple(
                Refusal(
                    code=ErrorCode.NOT_FOUND,
                    message=f"{self.source} has no subscriber {native_id}.",
                    native_id=native_id,
                )
                for native_id in strange
            )
        )
        for run in runs:
            done = await self._deleted(run)
            outcome = Outcome(done=outcome.done + done.done, refusals=outcome.refusals + done.refusals)
        return outcome

    async def set_authentication(self, native_id: str, draft: AuthenticationDraft) -> None:
        """Sets the keys: replaces those that are there, else creates them."""
        ne_id, imsi = self._parts(native_id)
        body = authentications.UdmAuthenticationWrite(
            imsi=imsi, amf=draft.amf, algo_index=draft.algorithm_index, ki=draft.ki, opc=draft.opc
        )
        subscriber = await self.get(native_id) or self._unknown(native_id)
        there = await self.authentication_of(subscriber)
        if there is None:
            await self._gateway.send(authentications.add_auth_data(ne_id, body))
        else:
            await self._gateway.send(authentications.update_auth_data(ne_id, body))

    async def set_policy(self, native_id: str, change: PolicyChange) -> None:
        """Changes the policy where a PCF has one, else creates it at the first PCF."""
        subscriber = await self.get(native_id) or self._unknown(native_id)
        await set_policy(self._gateway, await self._of_types("PCF"), subscriber, change)

    async def _read(self, ne_id: str, imsi: str) -> subscribers.UdmSubscriber | None:
        try:
            return await self._gateway.send(subscribers.get_subscriber(ne_id, imsi))
        except UpstreamRejected as error:
            if not absent(error):
                raise
        # A plain no may mean anything; the list tells whether there is such a subscription.
        rows = await self._gateway.send(
            subscribers.list_subscribers(ne_id=ne_id, imsi=imsi, page_num=1, page_size=50)
        )
        return next((row for row in (rows.rows if rows else ()) if row.imsi == imsi), None)

    async def _deleted(self, run: Run) -> Outcome[str]:
        try:
            if len(run.native_ids) == 1:
                await self._gateway.send(subscribers.delete_subscriber(run.ne_id, run.first))
            else:
                count = str(len(run.native_ids))
                await self._gateway.send(subscribers.batch_delete_subscribers(run.ne_id, run.first, count))
        except UpstreamRejected as error:
            if len(run.native_ids) == 1:
                return Outcome(refusals=(refusal(error, run.native_ids[0]),))
        else:
            return Outcome(done=run.native_ids)
        singles = [await self._deleted(single) for single in run.singles()]
        return Outcome(
            done=tuple(done for single in singles for done in single.done),
            refusals=tuple(refused for single in singles for refused in single.refusals),
        )

    async def _of_types(self, *ne_types: str) -> tuple[NetworkElement, ...]:
        page = await self._elements.of_types(*ne_types)
        if page.problems and not page.records:
            raise UpstreamBadResponse(
                f"{self.source} lists no {' or '.join(ne_types)} with an id.", source=self.source
            )
        return page.records

    def _parts(self, native_id: str) -> tuple[str, str]:
        found = _ID.fullmatch(native_id)
        if found is None:
            self._unknown(native_id)
        return found[1], found[2]

    def _unknown(self, native_id: str) -> NoReturn:
        raise NotFound(f"{self.source} has no subscriber {native_id}.")


def _online(element: NetworkElement) -> bool:
    return not isinstance(element.state, NetworkElementState) or element.state.online
