"""Subscriptions of an OMC's UDMs over a real socket."""

from typing import Any

import pytest
from core_network import Core
from hypothesis import given
from hypothesis import strategies as st

from adapters.errors import BadInput, NotFound, Unsupported, UpstreamRejected
from adapters.omc.source import open_source
from adapters.omc.subscriber_deletion import runs_of
from adapters.omc.subscription_form import (
    CORES,
    RATS,
    EpsFields,
    eps_from_text,
    mask_from,
    mask_of,
    names_of,
    slices_from,
    slices_of,
)
from adapters.ports import PageRequest, Source, SubscriberFilter, Subscribers
from adapters.ports.network import AuthenticationDraft, PolicyChange, SubscriberChange, SubscriberDraft
from adapters.records import EpsSubscription, SubscribedSlice, Subscriber
from adapters.wiring import Wiring
from playground.upstreams.omc import create_app
from playground.upstreams.vendor import running

FIRST = "001/460990110000001"
RAW = "002/460990120000090"
KI = "0123456789abcdef" * 2


def port(source: Source) -> Subscribers:
    assert source.subscribers is not None
    return source.subscribers


async def one(source: Source, native_id: str) -> Subscriber:
    found = await port(source).get(native_id)
    assert found is not None
    return found


async def walked(source: Source, size: int, **conditions: Any) -> list[str]:
    found: list[str] = []
    after: Any = None
    while True:
        page = await port(source).page(SubscriberFilter(**conditions), PageRequest(first=size, after=after))
        found.extend(row.native_id for row in page.records)
        if not page.more:
            return found
        after = page.positions[-1]


@pytest.mark.parametrize("size", [7, 130, 500])
async def test_every_subscription_of_every_udm_is_listed_once(source: Source, size: int) -> None:
    found = await walked(source, size)
    assert len(found) == len(set(found)) == 220
    assert {native_id.partition("/")[0] for native_id in found} == {"001", "002"}


async def test_the_total_is_that_of_all_udms(source: Source) -> None:
    page = await port(source).page(SubscriberFilter(), PageRequest(first=5))
    assert (page.total, page.more) == (220, True)


async def test_nobody_counts_where_nobody_asks(source: Source, core: Core) -> None:
    page = await port(source).page(SubscriberFilter(), PageRequest(first=5, total=False))
    assert page.total is None
    assert core.asked().count("list_subscribers") == 1


async def test_one_udm_is_asked_where_one_is_named(source: Source, core: Core) -> None:
    assert len(await walked(source, 100, ne_id="002")) == 90
    assert "get_ne_state_all" not in core.asked()


async def test_an_imsi_and_a_number_match_exactly(source: Source) -> None:
    assert await walked(source, 10, imsi="460990110000001") == [FIRST]
    assert await walked(source, 10, msisdn="12307551001") == [FIRST]
    assert await walked(source, 10, imsi="46099011000000") == []


async def test_a_search_looks_inside_of_both_numbers(source: Source) -> None:
    assert await walked(source, 10, search="52090") == ["002/460990120000090"]
    assert await walked(source, 10, search="nobody") == []


@pytest.mark.parametrize("position", ["x", 5, ["001"], ["001", -1], ["001", "1"], [1, 1], ["001", True]])
async def test_a_made_up_position_is_refused(source: Source, position: Any) -> None:
    with pytest.raises(BadInput):
        await port(source).page(SubscriberFilter(), PageRequest(first=5, after=position))


async def test_a_subscription_is_told_in_the_words_of_the_graph(source: Source) -> None:
    found = await one(source, "001/460990110000004")
    assert (found.imsi, found.ne_id, found.msisdn) == ("460990110000004", "001", "12307551004")
    assert found.slices == (
        SubscribedSlice(sst=1, sd="000001", dnns=("cmnet", "ims", "3gnet")),
        SubscribedSlice(sst=2, sd="000002", dnns=("iot",)),
    )
    assert (found.rat_restrictions, found.core_networks) == ((), ("EPC", "5GC"))
    assert found.static_ip is None


async def test_bits_are_read_as_names(source: Source) -> None:
    assert (await one(source, "001/460990110000025")).rat_restrictions == ("NR",)
    assert (await one(source, "001/460990110000020")).core_networks == ("5GC",)


async def test_the_elements_own_words_are_read_alike(source: Source) -> None:
    found = await one(source, RAW)
    assert (found.imsi, found.msisdn, found.ambr) == ("460990120000090", "12307552090", "gold_ambr")
    assert found.static_ip == "10.45.2.90"
    assert isinstance(found.eps, EpsSubscription)
    assert (found.eps.enabled, found.eps.odb, found.eps.apn_contexts) == (True, "64", "010200000000")


@pytest.mark.parametrize(
    "native_id", ["001/999999999999999", "009/460990110000001", "001", "001/list", "a b/46099"]
)
async def test_there_is_no_subscription_of_a_strange_id(source: Source, native_id: str) -> None:
    assert await port(source).get(native_id) is None


async def test_keys_are_told_beside_whether_there_is_one(source: Source) -> None:
    found = await port(source).authentication_of(await one(source, FIRST))
    assert found is not None
    assert (found.amf, found.algorithm_index, found.has_key) == ("8000", "0", True)
    assert found.ki is not None
    assert found.ki not in repr(found)


async def test_an_opc_of_a_dash_is_none(source: Source) -> None:
    found = await port(source).authentication_of(await one(source, "001/460990110000006"))
    assert found is not None
    assert found.opc is None


async def test_a_policy_is_told(source: Source) -> None:
    found = await port(source).policy_of(await one(source, FIRST))
    assert found is not None
    assert (found.pcc_rules, found.session_rules, found.rfsp) == (
        ("internet", "ims_sig"),
        ("internet", "ims_sig"),
        1,
    )
    assert (found.ue_policy, found.header_enrichment) == ("uep_001", "dnn")


async def test_one_without_a_policy_has_none(source: Source) -> None:
    assert await port(source).policy_of(await one(source, "001/460990110000008")) is None


async def test_sessions_are_found_wherever_the_subscriber_is_seen(source: Source) -> None:
    sessions = await port(source).sessions_of(await one(source, "001/460990110000012"))
    assert [session.imsi for session in sessions or ()] == ["460990110000012"] * 2
    assert await port(source).sessions_of(await one(source, FIRST)) == ()


async def test_one_subscription_is_created_with_the_documents_templates(source: Source) -> None:
    created = await port(source).create(
        SubscriberDraft(ne_id="001", imsi="460990200000001", msisdn="86755900001"), 1
    )
    found = await one(source, "001/460990200000001")
    assert created == 1
    assert (found.ambr, found.smf_selection, found.core_networks) == (
        "def_ambr",
        "def_snssai",
        ("EPC", "5GC"),
    )


async def test_a_batch_counts_up_in_one_call(source: Source, core: Core) -> None:
    draft = SubscriberDraft(
        ne_id="001",
        imsi="460990200000008",
        msisdn="86755900008",
        rat_restrictions=("eutra", "NR"),
        core_networks=("5GC",),
        slices=(SubscribedSlice(sst=1, sd="00000a", dnns=("internet",)),),
        eps=EpsSubscription(enabled=True, apn_contexts="010203000000"),
        static_ip="10.1.1.1",
    )
    assert await port(source).create(draft, 3) == 3
    found = await one(source, "001/460990200000010")
    assert (found.msisdn, found.rat_restrictions, found.core_networks) == (
        "86755900010",
        ("EUTRA", "NR"),
        ("5GC",),
    )
    assert (found.slices, found.static_ip) == (draft.slices, "10.1.1.1")
    assert core.omc.subscribers["001"]["460990200000010"]["epsDat"] == (
        "1,64,24,65,def_eps,1,2,010203000000,10.1.1.1"
    )
    assert core.asked().count("batch_add_subscribers") == 1


@pytest.mark.parametrize(
    "facts",
    [
        {"imsi": "46099"[:4]},
        {"imsi": "999999999999999"},
        {"rat_restrictions": ("5G",)},
        {"slices": (SubscribedSlice(sst=300),)},
        {"slices": (SubscribedSlice(sst=1, sd="1"),)},
        {"slices": (SubscribedSlice(sst=1, sd="000001", dnns=("a&b",)),)},
        {"ambr": "a,b"},
        {"static_ip": "x;y"},
        {"ne_id": "../1"},
    ],
)
async def test_a_wrong_draft_is_never_sent(source: Source, core: Core, facts: dict[str, Any]) -> None:
    given = {"ne_id": "001", "imsi": "460990200000001", "msisdn": "86755900001"} | facts
    with pytest.raises(BadInput):
        await port(source).create(SubscriberDraft(**given), 2)
    assert core.asked() == []


async def test_an_imsi_that_is_taken_is_refused(source: Source) -> None:
    with pytest.raises(UpstreamRejected):
        await port(source).create(
            SubscriberDraft(ne_id="001", imsi="460990110000001", msisdn="86755900001"), 1
        )


@pytest.mark.parametrize("native_id", ["001/460990110000004", RAW])
async def test_a_change_sends_back_what_it_does_not_change(
    source: Source, core: Core, native_id: str
) -> None:
    ne_id, _, imsi = native_id.partition("/")
    before = dict(core.omc.subscribers[ne_id][imsi])
    changed = await port(source).update(native_id, SubscriberChange(ambr="gold_ambr"))
    assert changed.ambr == "gold_ambr"
    assert core.omc.subscribers[ne_id][imsi] == before | {"ambr": "gold_ambr"}


async def test_a_change_reaches_both_forms_of_the_eps_data(source: Source, core: Core) -> None:
    change = SubscriberChange(eps=EpsSubscription(enabled=False, odb="1"), static_ip="10.9.9.9")
    await port(source).update(FIRST, change)
    row = core.omc.subscribers["001"]["460990110000001"]
    assert row["epsDat"] == "0,1,24,65,def_eps,1,2,010200000000,10.9.9.9"
    assert (row["epsFlag"], row["epsOdb"], row["staticIp"]) == ("0", "1", "10.9.9.9")


async def test_a_change_of_nobody_is_not_found(source: Source) -> None:
    with pytest.raises(NotFound):
        await port(source).update("001/460990999999999", SubscriberChange(ambr="x"))


async def test_consecutive_imsis_are_deleted_in_one_call(source: Source, core: Core) -> None:
    wanted = tuple(f"001/46099011000000{number}" for number in (3, 1, 2, 7))
    outcome = await port(source).delete(wanted)
    assert sorted(outcome.done) == sorted(wanted)
    assert core.asked().count("batch_delete_subscribers") == 1
    assert core.asked().count("delete_subscriber") == 1
    assert "460990110000004" in core.omc.subscribers["001"]


async def test_what_is_not_there_is_told_one_by_one(source: Source) -> None:
    outcome = await port(source).delete((FIRST, "001/460990999999998", "001/460990999999999", "strange"))
    assert outcome.done == (FIRST,)
    assert [refused.native_id for refused in outcome.refusals] == [
        "strange",
        "001/460990999999998",
        "001/460990999999999",
    ]


def test_runs_are_of_one_udm_and_one_length() -> None:
    runs, strange = runs_of(("a/00009", "a/00010", "b/00011", "a/000011", "a/00009", "x"))
    assert [(run.ne_id, run.first, len(run.native_ids)) for run in runs] == [
        ("a", "00009", 2),
        ("a", "000011", 1),
        ("b", "00011", 1),
    ]
    assert strange == ("x",)


async def test_keys_are_replaced_where_they_are_and_created_where_not(source: Source, core: Core) -> None:
    draft = AuthenticationDraft(amf="8001", algorithm_index="1", ki=KI, opc="-")
    await port(source).set_authentication(FIRST, draft)
    assert core.omc.authentications["001"]["460990110000001"]["ki"] == KI
    await port(source).create(SubscriberDraft(ne_id="001", imsi="460990200000001", msisdn="86755900001"), 1)
    await port(source).set_authentication("001/460990200000001", draft)
    assert core.omc.authentications["001"]["460990200000001"]["amf"] == "8001"
    assert core.asked().count("update_auth_data") == core.asked().count("add_auth_data") == 1


async def test_a_wrong_key_is_refused_without_being_told(source: Source) -> None:
    draft = AuthenticationDraft(amf="8000", algorithm_index="0", ki="secret-but-wrong", opc="-")
    with pytest.raises(BadInput) as caught:
        await port(source).set_authentication(FIRST, draft)
    assert "secret-but-wrong" not in str(caught.value)


async def test_a_policy_is_changed_where_it_is(source: Source, core: Core) -> None:
    await port(source).set_policy(FIRST, PolicyChange(pcc_rules=("internet",), rfsp=2))
    row = core.omc.policies["001"]["460990110000001"]
    assert (row["pccRules"], row["rfsp"], row["sessRules"]) == ("internet", 2, "internet|ims_sig")


async def test_a_policy_is_created_where_there_is_none(source: Source, core: Core) -> None:
    await port(source).set_policy("001/460990110000008", PolicyChange(session_rules=("internet",)))
    row = core.omc.policies["001"]["460990110000008"]
    assert (row["msisdn"], row["sessRules"]) == ("12307551008", "internet")


async def test_nothing_of_a_policy_can_be_taken_away(source: Source) -> None:
    with pytest.raises(Unsupported):
        await port(source).set_policy(FIRST, PolicyChange(ue_policy=None))


async def test_newer_systems_are_read_below_their_prefix() -> None:
    app = create_app(udm_prefix="/neData/udm")
    with running(app) as url:
        core = Core(url, app.state.omc)
        source = open_source(core.settings(options={"udm_prefix": "/neData/udm"}), Wiring())
        assert (await one(source, FIRST)).imsi == "460990110000001"
        await source.close()


@given(st.sets(st.sampled_from(sorted(RATS))))
def test_masks_are_read_back_as_written(names: set[str]) -> None:
    assert set(names_of(mask_from(names, RATS, "x"), RATS)) == names


@pytest.mark.parametrize(
    ("text", "mask"),
    [
        ("0x03(EPC|5GC)", 3),
        ("0x00(VIRTUAL|WLAN|EUTRA|NR)", 0),
        ("3", 3),
        ("010", 10),
        ("", None),
        ("x", None),
    ],
)
def test_masks_come_in_digits_and_in_words(text: str, mask: int | None) -> None:
    assert mask_of(text) == mask


def test_core_networks_are_bits_of_what_is_allowed() -> None:
    assert names_of("0x03(EPC|5GC)", CORES) == ("EPC", "5GC")


SLICES = st.builds(
    SubscribedSlice,
    sst=st.integers(0, 255),
    sd=st.none() | st.from_regex(r"[0-9a-f]{6}", fullmatch=True),
    dnns=st.lists(st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True), max_size=3).map(tuple),
)


@given(st.lists(SLICES, max_size=4).map(tuple))
def test_slices_are_read_back_as_written(slices: tuple[SubscribedSlice, ...]) -> None:
    assert slices_of(slices_from(slices)) == slices


@pytest.mark.parametrize(
    "text", ["1,64,24,65,def_eps,1,2,010200000000,-", "0,64,24,65,def_eps,1,010200000000,-"]
)
def test_eps_data_is_written_back_as_it_came(text: str) -> None:
    fields = eps_from_text(text)
    assert fields is not None
    assert fields.joined() == text
    assert (fields.apn_context, fields.static_ip) == ("010200000000", "-")


@pytest.mark.parametrize("text", [None, "", "1,2,3"])
def test_other_texts_are_no_eps_data(text: str | None) -> None:
    assert eps_from_text(text) is None


def test_the_default_eps_data_is_that_of_the_document() -> None:
    assert EpsFields().joined() == "0,64,24,65,def_eps,1,2,010200000000,-"
