"""Each documented operation stands on a field of the graph, and calling the field makes that call and no other."""

import re
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from graphql import (
    DirectiveNode,
    ObjectTypeDefinitionNode,
    build_schema,
    find_breaking_changes,
    parse,
)

from adapters.errors import UpstreamRejected
from gql_ems import schema_file
from gql_ems.front.parameters import Parameters
from tests.e2e.graph import Graph, service_over, settings_over
from tests.e2e.native_calls import ROWS, document, documented_arguments, id_of, native_operations

pytestmark = pytest.mark.asyncio(loop_scope="module")

ROOT = Path(__file__).parents[2]
SDL = (ROOT / "schema.graphql").read_text()
NATIVE = [pytest.param(d, o, id=id_of(d, o)) for d, o in native_operations()]
INGEST = {"post_alarm_smf", "post_alarm_amf", "post_ue_detach", "post_ue_cm_state", "post_ue_auth_result"} | {
    "post_cdr_event_ims",
    "post_measure_report_smf",
    "post_measurement_smf",
}
BY_OTHER_ROUTES = {
    *(f"omc.{name}" for name in INGEST),
    "omc.login",
    "omc.logout",
    "beaver.oauth_token",
    "beaver.connect_websocket",
    "idaas.authorize_code",
    "idaas.exchange_code",
}
"""Sent by elements, or made to sign in, or kept open as a stream."""


def lineage() -> dict[tuple[str, str, str], set[str]]:
    """The fields on which each (dialect, method, path) stands."""
    found: dict[tuple[str, str, str], set[str]] = {}
    for definition in parse(SDL).definitions:
        if isinstance(definition, ObjectTypeDefinitionNode):
            for field in definition.fields or ():
                for directive in field.directives or ():
                    if directive.name.value == "rest":
                        place = f"{definition.name.value}.{field.name.value}"
                        found.setdefault(_told(directive), set()).add(place)
    return found


def _told(directive: DirectiveNode) -> tuple[str, str, str]:
    values: dict[str, Any] = {a.name.value: a.value.value for a in directive.arguments or ()}
    return values["dialect"], values["method"], values["path"]


LINEAGE = lineage()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def documented(running_vendors, tmp_path_factory) -> AsyncIterator[Graph]:
    """A graph that may do what the document allows, the reset of a password included."""
    for vendor in running_vendors.values():
        vendor.reset()
    folder = tmp_path_factory.mktemp("lineage")
    settings = settings_over(running_vendors, folder, {"supos": {"enable_reset": True}})
    service = service_over(settings)
    await service.open()
    yield Graph(service, running_vendors)
    await service.close()


async def test_there_are_378_documented_operations():
    assert len(ROWS) == 378


@pytest.mark.parametrize("name", ROWS)
async def test_the_operation_stands_on_a_field(name):
    row = ROWS[name]
    assert LINEAGE.get((name.partition(".")[0].upper(), row["method"], row["path"]))


async def test_fields_tell_of_no_operation_that_no_document_has():
    documented = {(n.partition(".")[0].upper(), r["method"], r["path"]) for n, r in ROWS.items()}
    assert set(LINEAGE) - documented == set()


async def test_every_operation_is_called_by_a_field_of_its_own_or_by_another_route():
    assert {id_of(d, o) for d, o in native_operations()} | BY_OTHER_ROUTES == set(ROWS)


@pytest.mark.parametrize(("dialect", "operation"), NATIVE)
async def test_calling_the_field_makes_that_call(documented, dialect, operation):
    vendor = documented.vendors[dialect.value.lower()]
    # What an earlier call did to the account's own session is not what is looked at here.
    await documented.service.sources.named(vendor.name).gateway.probe()
    vendor.forget()
    query, variables = document(dialect, operation, documented_arguments(dialect, operation))
    told = await documented.answer(Parameters(query=query, operation_name=None, variables=variables))
    if operation.is_file:
        assert told.errors == []
        with suppress(UpstreamRejected):
            assert await _fetched(documented, told.data)
    assert vendor.asked() == [id_of(dialect, operation)]
    assert vendor.complaints() == []
    assert {"INTERNAL", "UPSTREAM_BAD_RESPONSE"} & set(told.codes) == set()


async def _fetched(graph: Graph, data: Any) -> bytes:
    """The file behind a link; a source may have none of that name."""
    while "url" not in data:
        data = next(iter(data.values()))
    source, call, _ = graph.service.files.pending(data["url"].removeprefix("/files/"))
    file = await source.gateway.open(call)
    return b"".join([chunk async for chunk in file.chunks])


async def test_the_unified_graph_is_kept_whole():
    core = (ROOT / "tests" / "samples" / "core.graphql").read_text()
    # The types of the namespaces are not the core's: they follow the documents.
    named = [line for line in core.splitlines() if re.search(r": \w+Query$", line)]
    ours = build_schema(SDL)
    for line in named:
        name, _, kind = line.partition("(source: String): ")
        assert str(ours.query_type.fields[name.strip()].type) == kind
    without = build_schema("\n".join(line for line in core.splitlines() if line not in named))
    assert find_breaking_changes(without, ours) == []


async def test_the_exported_schema_is_the_graph():
    assert schema_file.problems(ROOT / "schema.graphql") == []


async def test_every_field_of_the_graph_is_described_or_plainly_named():
    """Types that the core leaves without words are named in it; everything else says what it is."""
    core = parse((ROOT / "tests" / "samples" / "core.graphql").read_text())
    known = {d.name.value for d in core.definitions if isinstance(d, ObjectTypeDefinitionNode)}
    silent = [
        d.name.value
        for d in parse(SDL).definitions
        if isinstance(d, ObjectTypeDefinitionNode) and d.name.value not in known and d.description is None
    ]
    assert silent == []
