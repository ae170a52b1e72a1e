"""Access approvals of the campus network in the graph, over a real socket."""

from dataclasses import dataclass, field

import pytest

from adapters.errors import BadInput, ErrorCode, UpstreamUnauthenticated
from adapters.ports import DeviceApprovalFilter, PageRequest, Source, SourceStatus
from adapters.ports.directory import DirectoryEntry
from adapters.records import ApprovalStatus, DeviceApproval, DiscoveryType, ObjectKind
from tests.adapters.nce.nce_campus import ALL, FIVE, NOWHERE, SOUTH, Campus

QUERY = ("query_access_approvals", 200)


@dataclass
class Index:
    """A directory that remembers one thing."""

    known: dict[str, DirectoryEntry] = field(default_factory=dict)

    async def entry(self, kind: ObjectKind, source: str, native_id: str) -> DirectoryEntry | None:
        return self.known.get(native_id) if (kind, source) == (ObjectKind.DEVICE_APPROVAL, "campus") else None


async def called(source: Source, name: str) -> DeviceApproval:
    page = await source.device_approvals.page(DeviceApprovalFilter(search=name), FIVE)
    return page.records[0]


async def test_a_token_is_asked_for_once_and_again_before_it_ends(campus: Campus, source: Source) -> None:
    await source.probe()
    await source.probe()
    assert campus.asked() == [("sign_in", 200), QUERY, QUERY]
    campus.clock.now += 0.85 * 1800
    campus.forget()
    assert (await source.probe()).status is SourceStatus.UP
    assert campus.asked() == [("sign_in", 200), QUERY]


async def test_a_token_that_was_ended_is_replaced_and_the_call_sent_again(
    campus: Campus, source: Source
) -> None:
    await source.probe()
    campus.vendor.expire_tokens()
    campus.forget()
    assert (await source.probe()).status is SourceStatus.UP
    assert campus.asked() == [("query_access_approvals", 401), ("sign_in", 200), QUERY]


async def test_a_wrong_password_is_told_as_the_gateways_own(campus: Campus) -> None:
    source = campus.source(password="another-sandbox-word")
    with pytest.raises(UpstreamUnauthenticated):
        await source.device_approvals.page(DeviceApprovalFilter(), FIVE)


async def test_a_configured_token_is_sent_without_signing_in(campus: Campus) -> None:
    token = campus.vendor.dialect.give_token("127.0.0.1", campus.clock.now + 60).text
    assert (await campus.source(token=token).probe()).status is SourceStatus.UP
    assert campus.asked() == [QUERY]


async def test_the_token_goes_out_in_the_header_that_a_setting_names(campus: Campus) -> None:
    source = campus.source(options={"header": "X-AUTH-TOKEN"})
    assert (await source.probe()).status is SourceStatus.UP
    assert "x-access-token" not in campus.vendor.journal.requests()[-1]["headers"]


async def test_an_approval_tells_what_the_controller_knows(source: Source) -> None:
    approval = await called(source, "Gateway hall 1")
    assert (approval.identifier, approval.mac, approval.model, approval.kind, approval.site) == (
        "21500829352SGA900583",
        "4C-FA-CA-11-22-01",
        "AirEngine5760-51",
        "LSW",
        "Campus north",
    )
    assert (approval.status, approval.discovery) == (ApprovalStatus.PENDING, DiscoveryType.ESN_FREE)
    assert approval.first_connected_at.isoformat() == "2025-10-09T08:53:20+00:00"
    assert approval.fail_reason is None
    assert approval.raw["esn"] == approval.identifier


async def test_pages_follow_each_other_without_gap_or_repetition(source: Source) -> None:
    seen, after = [], None
    while True:
        page = await source.device_approvals.page(DeviceApprovalFilter(), PageRequest(first=8, after=after))
        seen += [one.native_id for one in page.records]
        if not page.more:
            break
        after = page.positions[-1]
    assert len(seen) == len(set(seen)) == page.total == 42


async def test_every_condition_is_the_controllers_own(campus: Campus, source: Source) -> None:
    await source.probe()
    campus.forget()
    where = DeviceApprovalFilter(
        status=(ApprovalStatus.FAILED,),
        kinds=("LSW",),
        site_ids=(SOUTH, "no-id"),
        discovery=(DiscoveryType.ALL_IN_ONE,),
    )
    page = await source.device_approvals.page(where, ALL)
    assert page.records == tuple(
        one
        for one in (await source.device_approvals.page(DeviceApprovalFilter(), ALL)).records
        if one.status is ApprovalStatus.FAILED
        and one.kind == "LSW"
        and one.site_id == SOUTH
        and one.discovery is DiscoveryType.ALL_IN_ONE
    )
    assert campus.asked() == [QUERY, QUERY]


async def test_more_rows_than_a_page_holds_are_put_together(campus: Campus, source: Source) -> None:
    rows = campus.vendor.dialect.campus.approvals
    rows += [row | {"id": f"00000000-0000-0000-0000-{n:012x}"} for n, row in enumerate(rows * 20)]
    page = await source.device_approvals.page(DeviceApprovalFilter(), PageRequest(first=500, after=100))
    assert [one.native_id for one in page.records] == [row["id"] for row in rows[100:600]]
    assert (page.total, page.more) == (882, True)


async def test_a_status_that_nobody_documented_is_sifted_here(campus: Campus, source: Source) -> None:
    row = campus.vendor.dialect.campus.approvals[20]
    row["approvalStatus"] = 9
    where = DeviceApprovalFilter(status=(ApprovalStatus.UNKNOWN,))
    page = await source.device_approvals.page(where, FIVE)
    assert [one.native_id for one in page.records] == [row["id"]]


async def test_sites_that_can_be_none_match_nothing_without_a_call(campus: Campus, source: Source) -> None:
    page = await source.device_approvals.page(DeviceApprovalFilter(site_ids=("no-id",)), FIVE)
    assert page.records == ()
    assert campus.asked() == []


async def test_an_approval_is_found_by_its_id(campus: Campus, source: Source) -> None:
    approval = await called(source, "Camera gate")
    assert await source.device_approvals.get(approval.native_id) == approval
    assert await source.device_approvals.get(NOWHERE) is None
    campus.forget()
    assert await source.device_approvals.get("no-id") is None
    assert campus.asked() == []


async def test_what_the_directory_remembers_narrows_the_search_for_an_id(campus: Campus) -> None:
    index = Index()
    source = campus.source(directory=index)
    approval = await called(source, "Camera gate")
    index.known[approval.native_id] = DirectoryEntry(
        kind=ObjectKind.DEVICE_APPROVAL,
        source="campus",
        native_id=approval.native_id,
        identifier=approval.identifier,
    )
    campus.forget()
    assert await source.device_approvals.get(approval.native_id) == approval
    assert campus.asked() == [QUERY]


async def test_several_approvals_are_read_out_of_one_page(campus: Campus, source: Source) -> None:
    page = await source.device_approvals.page(DeviceApprovalFilter(), ALL)
    few = {one.native_id: one for one in page.records[3:8]}
    campus.forget()
    assert await source.device_approvals.get_many((*few, NOWHERE, "no-id")) == few
    assert campus.asked() == [QUERY]


async def test_a_list_that_is_longer_than_single_reads_take_is_not_read_again(
    campus: Campus, source: Source
) -> None:
    rows = campus.vendor.dialect.campus.approvals
    rows += [row | {"id": f"00000000-0000-0000-0000-{n:012x}"} for n, row in enumerate(rows * 20)]
    await source.probe()
    campus.forget()
    two = (rows[-1]["id"], rows[-2]["id"])
    assert await source.device_approvals.get_many(two) is None
    assert await source.device_approvals.get_many(two) is None
    assert campus.asked() == [QUERY]
    assert set(await source.device_approvals.get_many((*two, rows[400]["id"]))) == {*two, rows[400]["id"]}
    assert campus.asked() == [QUERY] * 4


async def test_each_device_is_let_in_or_refused_on_its_own(source: Source) -> None:
    fine = await called(source, "Gateway hall 1")
    foreign = await called(source, "campus-foreign")
    outcome = await source.device_approvals.approve(
        (fine.native_id, foreign.native_id, NOWHERE, "no-id"), force_register=False
    )
    assert outcome.done == (fine.native_id,)
    assert {(one.native_id, one.code) for one in outcome.refusals} == {
        (foreign.native_id, ErrorCode.CONFLICT),
        (NOWHERE, ErrorCode.UPSTREAM_REJECTED),
        ("no-id", ErrorCode.NOT_FOUND),
    }
    assert all("te***" not in one.message for one in outcome.refusals)
    assert (await source.device_approvals.get(fine.native_id)).status is ApprovalStatus.APPROVED


async def test_a_device_of_another_tenant_comes_over_where_that_is_asked_for(source: Source) -> None:
    foreign = await called(source, "campus-foreign")
    outcome = await source.device_approvals.approve((foreign.native_id,), force_register=True)
    assert outcome.done == (foreign.native_id,)


async def test_more_than_a_thousand_devices_go_in_several_calls(campus: Campus, source: Source) -> None:
    await source.probe()
    campus.forget()
    ids = tuple(f"00000000-0000-0000-0000-{number:012x}" for number in range(1001))
    outcome = await source.device_approvals.approve(ids, force_register=False)
    assert (outcome.done, len(outcome.refusals)) == ((), 1001)
    assert campus.asked() == [("approve_access", 200)] * 2


async def test_devices_get_another_site_and_role(source: Source) -> None:
    approval = await called(source, "Gateway hall 1")
    outcome = await source.device_approvals.update((approval.native_id,), SOUTH, "AGG")
    assert outcome.done == (approval.native_id,)
    changed = await source.device_approvals.get(approval.native_id)
    assert (changed.site_id, changed.role) == (SOUTH, "AGG")


async def test_a_change_that_is_refused_is_told_for_each_device(source: Source) -> None:
    outcome = await source.device_approvals.update((NOWHERE, "no-id"), SOUTH, None)
    assert outcome.done == ()
    assert {one.native_id for one in outcome.refusals} == {NOWHERE, "no-id"}


async def test_a_change_goes_through_for_those_that_there_are(campus: Campus, source: Source) -> None:
    some = await source.device_approvals.page(DeviceApprovalFilter(), FIVE)
    ids = tuple(one.native_id for one in some.records)
    campus.forget()
    outcome = await source.device_approvals.update((*ids[:2], NOWHERE, *ids[2:]), SOUTH, None)
    assert outcome.done == ids
    assert [(one.native_id, one.code) for one in outcome.refusals] == [(NOWHERE, ErrorCode.NOT_FOUND)]
    change = "update_access_approvals"
    assert campus.asked() == [(change, 400), QUERY, (change, 200)]


async def test_a_site_that_there_is_not_refuses_all_without_trying_each(
    campus: Campus, source: Source
) -> None:
    some = await source.device_approvals.page(DeviceApprovalFilter(), FIVE)
    ids = tuple(one.native_id for one in some.records)
    campus.forget()
    outcome = await source.device_approvals.update(ids, NOWHERE, None)
    assert (outcome.done, [one.native_id for one in outcome.refusals]) == ((), list(ids))
    assert campus.asked() == [("update_access_approvals", 400), QUERY]


async def test_a_site_or_role_that_cannot_be_is_never_sent(campus: Campus, source: Source) -> None:
    with pytest.raises(BadInput):
        await source.device_approvals.update((NOWHERE,), "no-id", None)
    with pytest.raises(BadInput):
        await source.device_approvals.update((NOWHERE,), SOUTH, "PLANET")
    with pytest.raises(BadInput):
        await source.device_approvals.page(DeviceApprovalFilter(search="x" * 129), FIVE)
    assert campus.asked() == []
