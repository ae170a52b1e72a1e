"""A crawl of all that an admin can read holds no secret that any vendor keeps."""

from collections.abc import AsyncIterator
from shutil import copy
from typing import Any

import orjson
import pytest
import pytest_asyncio
from graphql import (
    GraphQLField,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    is_required_argument,
)

from adapters.caller import Caller
from adapters.operation import Effect
from gql_ems.front.parameters import Parameters
from playground.upstreams.omc.logs_seed import STALE_TOKEN
from playground.upstreams.sandbox import ACCOUNTS
from resolvers.permissions import ADMIN, SUBSCRIBER_SECRETS
from tests.e2e.graph import Graph, service_over, settings_over
from tests.e2e.native_calls import SCHEMA, document, documented_arguments, id_of, native_operations

pytestmark = pytest.mark.asyncio(loop_scope="module")

VISITOR = Caller(username="noc-shift-a", roles=("admin",), permissions=ADMIN - {SUBSCRIBER_SECRETS})
"""Who may do everything but see subscribers' keys."""

LISTS = (
    "users roles organizations networkElements subscribers devices entities workflows deviceApprovals alarms"
)
HIDDEN_NAMES = {"p6d", "c4tS4t", "password", "ki", "opc", "encOpcKey", "encPermanentKey", "accountPassword"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def whole(running_vendors, seeded_file, tmp_path_factory) -> AsyncIterator[Graph]:
    """A graph over vendors whose state is full of secrets."""
    for vendor in running_vendors.values():
        vendor.reset()
    folder = tmp_path_factory.mktemp("secrets")
    copy(seeded_file, folder / "ems.db")
    service = service_over(settings_over(running_vendors, folder))
    await service.open()
    graph = Graph(service, running_vendors)
    await graph.sweep()
    await graph.poll_alarms()
    yield graph
    await service.close()


def secrets(graph: Graph) -> set[str]:
    """Every secret that the vendors and the gateway's accounts hold just now."""
    found = {"sandbox-hash-", "Sandbox-Pass-1", "Supos1User", STALE_TOKEN}
    found |= {
        str(v) for account in ACCOUNTS.values() for k, v in account.items() if "secret" in k or k == "token"
    }
    found |= {a["password"] for a in ACCOUNTS.values() if len(a.get("password", "")) > 8}
    omc: Any = graph.vendors["omc"].app.state.omc
    rows = [row for by_imsi in omc.authentications.values() for row in by_imsi.values()]
    keys = {row[name] for row in rows for name in ("ki", "opc")}
    assert len(keys) > 100
    return found | {key for key in keys if len(key) > 8 and len(set(key)) > 1}


def selection(kind: Any, depth: int) -> str:
    """Every field that needs no argument, so deep; connections by their nodes alone."""
    named = get_named_type(kind)
    if isinstance(named, GraphQLUnionType):
        return "{ __typename }"
    if not isinstance(named, GraphQLObjectType):
        return ""
    inner = []
    for name, field in named.fields.items():
        if any(is_required_argument(a) for a in field.args.values()) or guarded(field):
            continue
        if not isinstance(get_named_type(field.type), GraphQLObjectType):
            inner.append(name)
        elif depth > 0 and name not in ("edges", "source", "pageInfo", "failures", "accounts"):
            few = "(first: 2)" if "first" in field.args else ""
            inner.append(f"{name}{few} {selection(field.type, depth - 1)}")
    return "{ " + " ".join(inner or ["__typename"]) + " }"


def guarded(field: GraphQLField) -> bool:
    """Whether a field is shown only to who has the permission for it."""
    definition = field.extensions["strawberry-definition"]
    return any(hasattr(d, "permission") for d in definition.directives)


def checked(graph: Graph, data: Any, where: str) -> None:
    """Fails where an answer holds a secret, by its value or by its name."""
    text = orjson.dumps(data).decode()
    assert [s for s in secrets(graph) if s in text] == [], where
    assert [p for p in named(data) if p[-1] in HIDDEN_NAMES and p[-2] != "__args"] == [], where
    assert "eyJ" not in text, where


def named(value: Any, path: tuple[str, ...] = ("",)) -> list[tuple[str, ...]]:
    """The paths of all fields that hold something that is not taken out."""
    if isinstance(value, dict):
        return [found for k, v in value.items() for found in named(v, (*path, k))]
    if isinstance(value, list):
        return [found for v in value for found in named(v, path)]
    return [path] if value not in (None, "", "[redacted]", False, True, "-") else []


@pytest.mark.parametrize("name", LISTS.split())
async def test_no_list_shows_a_secret(whole, name):
    kind = SCHEMA.query_type.fields[name].type
    few = {"subscribers": 40, "entities": 10, "devices": 10}.get(name, 20)
    nodes = get_named_type(kind).fields["nodes"].type
    told = await whole.ask(f"{{ {name}(first: {few}) {{ nodes {selection(nodes, 1)} }} }}", VISITOR)
    # An IMS tells of a subscriber whose number is given, and of nobody else.
    assert set(told.codes) <= {"UPSTREAM_REJECTED", "NOT_FOUND", "BAD_USER_INPUT"}, told.errors[:2]
    assert told.data[name]["nodes"]
    checked(whole, told.data, name)


READS = [
    pytest.param(d, o, id=id_of(d, o))
    for d, o in native_operations()
    if o.effect is Effect.READ and not o.is_file
]


@pytest.mark.parametrize(("dialect", "operation"), READS)
async def test_no_native_read_shows_a_secret(whole, dialect, operation):
    query, variables = document(dialect, operation, documented_arguments(dialect, operation))
    asked = Parameters(query=query, operation_name=None, variables=variables)
    told = await whole.answer(asked, VISITOR)
    checked(whole, [told.data, told.errors], id_of(dialect, operation))


async def test_subscribers_keys_need_the_permission_for_them(whole):
    query = (
        '{ subscribers(first: 3, filter: {sources: ["omc"]}) { nodes { authentication { hasKey ki opc } } } }'
    )
    refused = await whole.ask(query, VISITOR)
    assert set(refused.codes) == {"FORBIDDEN"}
    shown = (await whole.data(query))["subscribers"]["nodes"]
    assert all(n["authentication"]["hasKey"] for n in shown)


async def test_no_field_is_called_after_a_secret_but_guarded_ones(whole):
    open_ = [
        f"{kind.name}.{name}"
        for kind in SCHEMA.type_map.values()
        if isinstance(kind, GraphQLObjectType) and kind.name not in ("Mutation", "LoginPayload")
        for name, field in kind.fields.items()
        if name in HIDDEN_NAMES | {"token", "accessToken", "clientSecret", "secretKey"} and not guarded(field)
    ]
    assert open_ == []
