"""A source that misbehaves costs its own part of an answer and nothing else, and it is told which and why."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from adapters.breaker import Breaker
from tests.e2e.bending import Bend, Bending
from tests.e2e.graph import Graph, service_over, settings_over

SECONDS = 2.0
OWN_NO = {"supos": "BAD_USER_INPUT", "nce": "BAD_USER_INPUT"}
"""Vendors whose refusal has a code that says what is wrong."""
LISTS = {
    "omc": ["users", "roles", "organizations", "networkElements", "subscribers"],
    "beaver": ["users", "roles", "devices", "entities", "workflows"],
    "supos": ["users", "roles"],
    "idaas": ["users", "roles", "organizations"],
    "nce": ["deviceApprovals"],
}
"""The lists that each vendor has a part in."""

KNOBS: dict[str, tuple[dict[str, Any], str]] = {
    "hangs": ({"hang": True}, "UPSTREAM_TIMEOUT"),
    "is slow": ({"delay_ms": 60_000}, "UPSTREAM_TIMEOUT"),
    "answers a web page": ({"html": True}, "UPSTREAM_BAD_RESPONSE"),
    "answers garbage": ({"garbage": True}, "UPSTREAM_BAD_RESPONSE"),
    "answers by half": ({"cut_off": True}, "UPSTREAM_UNAVAILABLE"),
    "is overloaded": ({"fail_rate": 1.0, "fail_status": 503}, "UPSTREAM_UNAVAILABLE"),
    "says no": ({"code_zero": True}, "told by its own code"),
}
"""How a vendor misbehaves, and the code that it is told by."""


@pytest.fixture
async def impatient(vendors, folder) -> AsyncIterator[Graph]:
    """A graph that waits for two seconds."""
    own = {name: {"timeout_seconds": SECONDS} for name in vendors}
    service = service_over(settings_over(vendors, folder, own))
    await service.open()
    yield Graph(service, vendors)
    await service.close()


def parts(name: str) -> str:
    return f"{name}(first: 250) {{ nodes {{ source {{ name }} }} failures {{ source {{ name }} code message }} }}"


def counts(page: Any) -> dict[str, int]:
    found: dict[str, int] = {}
    for node in page["nodes"]:
        found[node["source"]["name"]] = found.get(node["source"]["name"], 0) + 1
    return found


@pytest.mark.parametrize("fault", KNOBS)
@pytest.mark.parametrize("source", LISTS)
async def test_the_rest_of_the_answer_stands(impatient, source, fault):
    knobs, code = KNOBS[fault]
    if fault == "says no":
        code = OWN_NO.get(source, "UPSTREAM_REJECTED")
    query = "{ " + " ".join(parts(name) for name in LISTS[source]) + " }"
    whole = await impatient.data(query)
    impatient.vendors[source].turn(**knobs)
    started = time.monotonic()
    broken = await impatient.data(query)
    assert time.monotonic() - started < 8 * SECONDS
    for name in LISTS[source]:
        assert counts(broken[name]) == {s: n for s, n in counts(whole[name]).items() if s != source}
        told = [(f["source"]["name"], f["code"]) for f in broken[name]["failures"]]
        assert told == [(source, code)]


@pytest.mark.parametrize("source", LISTS)
async def test_a_source_that_is_down_is_told(vendors, folder, source):
    own = {source: {"base_url": "http://127.0.0.1:9", "timeout_seconds": 1}}
    service = service_over(settings_over(vendors, folder, own))
    await service.open()
    name = LISTS[source][0]
    page = (await Graph(service, vendors).data(f"{{ {parts(name)} }}"))[name]
    await service.close()
    assert [(f["source"]["name"], f["code"]) for f in page["failures"]] == [(source, "UPSTREAM_UNAVAILABLE")]
    assert counts(page).get("local", 0) > 0
    assert source not in counts(page)


async def test_a_field_of_one_source_is_null_with_the_error_that_names_it(impatient):
    impatient.vendors["omc"].turn(html=True)
    told = await impatient.ask("{ omc { getCurrentUserInfo { permissions } } sources { name } }")
    assert told.data["omc"] == {"getCurrentUserInfo": None}
    assert len(told.data["sources"]) == 6
    assert told.codes == ["UPSTREAM_BAD_RESPONSE"]
    assert told.errors[0]["extensions"]["upstream"]["source"] == "omc"
    assert told.errors[0]["path"] == ["omc", "getCurrentUserInfo"]


async def test_no_error_tells_an_address_or_a_token(impatient):
    for vendor in impatient.vendors.values():
        vendor.turn(fail_rate=1.0, fail_status=500)
    told = await impatient.ask("{ " + parts("users") + " omc { getCurrentUserInfo { permissions } } }")
    text = str([told.data, told.errors])
    assert "127.0.0.1" not in text
    assert "Bearer" not in text
    assert "Traceback" not in text


async def test_a_source_that_comes_back_is_asked_again(impatient):
    impatient.vendors["omc"].turn(fail_next=1)
    query = f"{{ {parts('roles')} }}"
    assert [f["code"] for f in (await impatient.data(query))["roles"]["failures"]] == ["UPSTREAM_UNAVAILABLE"]
    again = (await impatient.data(query))["roles"]
    assert again["failures"] == []
    assert counts(again)["omc"] == 6


async def test_a_source_that_fails_on_one_page_keeps_its_place(impatient):
    query = (
        "query($after: String) { roles(first: 8, after: $after) { nodes { id } failures { source { name } }"
        " pageInfo { hasNextPage endCursor } } }"
    )
    whole = {
        n["id"] for n in (await impatient.data("{ roles(first: 500) { nodes { id } } }"))["roles"]["nodes"]
    }
    found: list[str] = []
    first = (await impatient.data(query))["roles"]
    found += [n["id"] for n in first["nodes"]]
    impatient.vendors["omc"].turn(fail_next=1)
    second = (await impatient.data(query, after=first["pageInfo"]["endCursor"]))["roles"]
    assert [f["source"]["name"] for f in second["failures"]] == ["omc"]
    found += [n["id"] for n in second["nodes"]]
    page = second
    while page["pageInfo"]["hasNextPage"]:
        page = (await impatient.data(query, after=page["pageInfo"]["endCursor"]))["roles"]
        found += [n["id"] for n in page["nodes"]]
    assert sorted(found) == sorted(whole)


@pytest.mark.parametrize("in_body", [False, True])
async def test_an_expired_token_is_renewed_once_for_fifty_callers(impatient, in_body):
    omc = impatient.vendors["omc"]
    await impatient.data("{ roles { nodes { id } } }")
    omc.turn(expired_in_body=in_body, expire_tokens=True)
    omc.forget()
    # Each asks for something else, so that none joins another's call.
    queries = [f"{{ omc {{ listUsers(pageNum: 1, pageSize: {n + 1}) {{ total }} }} }}" for n in range(50)]
    told = await asyncio.gather(*(impatient.ask(query) for query in queries))
    assert [t.errors for t in told] == [[]] * 50
    assert omc.sign_ins() == 1
    answered = [e for e in omc.vendor.journal.entries if e.operation == "omc.list_users"]
    assert len(answered) <= 100


async def test_equal_reads_at_the_same_time_are_one_call(impatient):
    await impatient.data("{ roles { nodes { id } } }")
    impatient.forget()
    query = '{ roles(filter: {sources: ["omc"]}) { totalCount } }'
    told = await asyncio.gather(*(impatient.ask(query) for _ in range(50)))
    assert {t.data["roles"]["totalCount"] for t in told} == {6}
    assert impatient.vendors["omc"].asked() == ["omc.list_roles"]


async def test_a_source_that_keeps_failing_is_left_alone(impatient):
    omc = impatient.vendors["omc"]
    await impatient.data("{ roles { totalCount } }")
    omc.turn(fail_rate=1.0)
    query = '{ roles(filter: {sources: ["omc"]}) { failures { code message } } }'
    for _ in range(Breaker(clock=time.monotonic)._threshold):
        await impatient.data(query)
    omc.forget()
    told = (await impatient.data(query))["roles"]["failures"]
    assert [f["code"] for f in told] == ["UPSTREAM_UNAVAILABLE"]
    assert "held back" in told[0]["message"]
    assert omc.requests() == []
    health = (await impatient.data("{ sources { name health { status circuit lastError } } }"))["sources"]
    assert next(s["health"] for s in health if s["name"] == "omc")["circuit"] == "OPEN"


async def test_a_write_is_never_sent_twice(impatient):
    omc = impatient.vendors["omc"]
    mutation = (
        'mutation { createRole(input: {source: "omc", name: "night", code: "night"})'
        " { role { id } userErrors { code message } } }"
    )
    for knobs in ({"fail_next": 1}, {"cut_off": True}, {"hang": True}, {"html": True}):
        await impatient.data("{ roles { totalCount } }")
        omc.turn("/system/role", **knobs)
        omc.forget()
        told = await impatient.ask(mutation)
        assert told.codes or told.data["createRole"]["userErrors"]
        assert omc.requests().count("POST /system/role") == 1
        omc.vendor.board.reset()


async def test_a_write_under_an_expired_token_is_sent_again_after_signing_in(impatient):
    omc = impatient.vendors["omc"]
    await impatient.data("{ roles { totalCount } }")
    omc.turn(expire_tokens=True)
    omc.forget()
    told = await impatient.data(
        'mutation { createRole(input: {source: "omc", name: "night", code: "night"})'
        " { role { name } userErrors { code message } } }"
    )
    assert told["createRole"] == {"role": {"name": "night"}, "userErrors": []}
    assert [e.status for e in omc.vendor.journal.entries if e.operation == "omc.create_role"][-1] == 200
    rows = await impatient.data('{ roles(filter: {search: "night"}) { nodes { name } } }')
    assert rows["roles"]["nodes"] == [{"name": "night"}]


@pytest.mark.parametrize("source", LISTS)
async def test_fields_of_wrong_types_cost_no_row(impatient, source):
    query = "{ " + " ".join(parts(name) for name in LISTS[source]) + " }"
    whole = await impatient.data(query)
    impatient.vendors[source].turn(wrong_types=True)
    bent = await impatient.data(query)
    for name in LISTS[source]:
        assert counts(bent[name]) == counts(whole[name])
        assert bent[name]["failures"] == []


@pytest.fixture
def bends() -> dict[str, Bend]:
    """What the network does to answers, by path."""
    return {}


@pytest.fixture
async def bent(vendors, folder, bends) -> AsyncIterator[Graph]:
    """A graph over a network that changes rows."""
    service = service_over(
        settings_over(vendors, folder), transport=lambda settings: Bending(settings, bends)
    )
    await service.open()
    yield Graph(service, vendors)
    await service.close()


ROWS: list[Any] = [
    ("users", "omc", "/system/user/list", lambda b: b["rows"], "userId"),
    ("roles", "omc", "/system/role/list", lambda b: b["rows"], "roleId"),
    ("organizations", "omc", "/system/dept/list", lambda b: b["data"], "deptId"),
    ("users", "beaver", "/user/members/search", lambda b: b["data"]["content"], "user_id"),
    ("devices", "beaver", "/device/search", lambda b: b["data"]["content"], "id"),
    ("entities", "beaver", "/entity/search", lambda b: b["data"]["content"], "entity_id"),
    ("workflows", "beaver", "/workflow/flows/search", lambda b: b["data"]["content"], "id"),
    ("users", "supos", "/open-api/auth/v2/users", lambda b: b["list"], "username"),
    ("users", "idaas", "/idaas/v1/user/page", lambda b: b["data"]["data"], "id"),
    ("deviceApprovals", "nce", "/v1/devicemgr", lambda b: b["deviceList"], "id"),
]


@pytest.mark.parametrize(("name", "source", "path", "rows", "key"), ROWS)
async def test_a_row_without_its_id_is_left_out_and_told(bent, bends, name, source, path, rows, key):
    query = f'{{ {parts(name).replace("first: 250", f"""first: 10, filter: {{sources: ["{source}"]}}""")} }}'
    whole = (await bent.data(query))[name]

    def lose(body: Any) -> None:
        rows(body)[0].pop(key)

    bends[path] = lose
    page = (await bent.data(query))[name]
    assert len(page["nodes"]) == len(whole["nodes"]) - 1
    assert [(f["source"]["name"], f["code"]) for f in page["failures"]] == [(source, "UPSTREAM_BAD_RESPONSE")]


async def test_a_field_of_a_wrong_type_alone_is_missing(bent, bends):
    def break_(body: Any) -> None:
        body["rows"][0] |= {"email": {"not": "a text"}, "createTime": "yesterday", "loginDate": [1]}

    bends["/system/user/list"] = break_
    query = (
        '{ users(first: 2, filter: {sources: ["omc"]}) { failures { code }'
        " nodes { username email createdAt lastLoginAt status } } }"
    )
    page = (await bent.data(query))["users"]
    assert page["failures"] == []
    assert page["nodes"][0]["username"]
    assert (page["nodes"][0]["email"], page["nodes"][0]["createdAt"], page["nodes"][0]["lastLoginAt"]) == (
        None,
        None,
        None,
    )
    assert page["nodes"][1]["createdAt"]


ENUMS: list[Any] = [
    ("users", "omc", "/system/user/list", lambda b: b["rows"], "status", "status"),
    ("entities", "beaver", "/entity/search", lambda b: b["data"]["content"], "entity_type", "type"),
    (
        "entities",
        "beaver",
        "/entity/search",
        lambda b: b["data"]["content"],
        "entity_value_type",
        "valueType",
    ),
    ("users", "idaas", "/idaas/v1/user/page", lambda b: b["data"]["data"], "status", "status"),
    ("deviceApprovals", "nce", "/v1/devicemgr", lambda b: b["deviceList"], "approvalStatus", "status"),
]


@pytest.mark.parametrize(("name", "source", "path", "rows", "key", "field"), ENUMS)
async def test_a_word_that_nobody_documented_is_unknown(bent, bends, name, source, path, rows, key, field):
    def rename(body: Any) -> None:
        assert key in rows(body)[0]
        rows(body)[0][key] = "SOMETHING_NEW"

    bends[path] = rename
    query = f'{{ {name}(first: 3, filter: {{sources: ["{source}"]}}) {{ nodes {{ {field} }} failures {{ code }} }} }}'
    page = (await bent.data(query))[name]
    assert page["failures"] == []
    assert page["nodes"][0][field] == "UNKNOWN"
    assert page["nodes"][1][field] != "UNKNOWN"
