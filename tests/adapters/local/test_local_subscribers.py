import pytest

from adapters.errors import BadInput, Conflict
from adapters.local.subscribers import MOST
from adapters.ports import (
    PageRequest,
    SubscriberFilter,
)
from adapters.ports.network import (
    AuthenticationDraft,
    PolicyChange,
    SubscriberChange,
    SubscriberDraft,
)


async def test_subscribers_are_created_with_consecutive_numbers(source):
    draft = SubscriberDraft(ne_id="001", imsi="001019999999990", msisdn="8613999990")
    made = await source.subscribers.create(draft, 5)
    page = await source.subscribers.page(SubscriberFilter(search="00101999999999"), PageRequest())

    assert (made, [(s.imsi, s.msisdn) for s in page.records][-1]) == (5, ("001019999999994", "8613999994"))


@pytest.mark.parametrize(
    ("facts", "count"),
    [
        ({"imsi": "00101a"}, 1),
        ({"imsi": "../x"}, 1),
        ({"msisdn": "1"}, 1),
        ({"ne_id": "009"}, 1),
        ({"imsi": "99999"}, 2),
        ({}, 0),
        ({}, MOST + 1),
    ],
)
async def test_subscribers_with_wrong_numbers_are_refused(source, facts, count):
    told = {"ne_id": "001", "imsi": "001019999999990", "msisdn": "8613999990", **facts}
    with pytest.raises(BadInput):
        await source.subscribers.create(SubscriberDraft(**told), count)


async def test_of_subscribers_one_of_which_exists_none_is_created(either):
    with pytest.raises(Conflict):
        await either.subscribers.create(
            SubscriberDraft(ne_id="002", imsi="001010000000499", msisdn="86139999"), 3
        )

    assert (await either.subscribers.page(SubscriberFilter(), PageRequest(first=1))).total == 500


async def test_a_subscribers_secrets_and_policy_are_kept_apart(source):
    await source.subscribers.set_authentication(
        "001/001010000000000", AuthenticationDraft(amf="8000", algorithm_index="0", ki="0" * 32, opc="1" * 32)
    )
    await source.subscribers.set_policy("001/001010000000000", PolicyChange(rfsp=7))
    changed = await source.subscribers.update("001/001010000000000", SubscriberChange(static_ip=None))
    held = await source.subscribers.authentication_of(changed)
    policy = await source.subscribers.policy_of(changed)

    assert (held.opc, policy.rfsp, changed.static_ip, changed.ambr) == ("1" * 32, 7, None, "def_ambr")


async def test_a_subscribers_sessions_are_those_on_all_elements(source):
    subscriber = await source.subscribers.get("001/001010000000000")

    assert len(await source.subscribers.sessions_of(subscriber)) == 2
