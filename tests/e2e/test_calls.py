"""The example queries of the playground: each answers without an error, with the fewest calls to the vendors."""

import json
import re
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
import pytest_asyncio
from graphql import OperationDefinitionNode, OperationType, parse

from gql_ems.front.parameters import Parameters
from tests.e2e.graph import Graph, service_over, settings_over

pytestmark = pytest.mark.asyncio(loop_scope="module")

EXAMPLES = {
    path.stem: path.read_text()
    for path in sorted((Path(__file__).parents[2] / "playground" / "queries").glob("*.graphql"))
}
TABLE: dict[str, dict[str, int]] = json.loads((Path(__file__).parent / "calls.json").read_text())
"""How often each example calls which operation of which vendor."""


def queries() -> list[Any]:
    """Each query among the examples: its file, its name."""
    return [
        pytest.param(name, node.name.value, id=node.name.value)
        for name, text in EXAMPLES.items()
        for node in parse(text).definitions
        if isinstance(node, OperationDefinitionNode) and node.operation is OperationType.QUERY and node.name
    ]


def variables_of(text: str) -> dict[str, Any]:
    """The variables that an example names in its head."""
    told = re.search(r"^# variables: (.*)$", text, re.MULTILINE)
    return json.loads(told.group(1)) if told else {}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shown(running_vendors, seeded_file, tmp_path_factory) -> AsyncIterator[Graph]:
    """The graph as the playground has it: swept, alarms read, signed in."""
    for vendor in running_vendors.values():
        vendor.reset()
    folder = tmp_path_factory.mktemp("calls")
    copy(seeded_file, folder / "ems.db")
    service = service_over(settings_over(running_vendors, folder))
    await service.open()
    graph = Graph(service, running_vendors)
    await graph.sweep()
    await graph.poll_alarms()
    yield graph
    await service.close()


@pytest.mark.parametrize(("name", "operation"), queries())
async def test_an_example_takes_as_many_calls_as_the_table_says(shown, name, operation):
    text = EXAMPLES[name]
    asked = Parameters(query=text, operation_name=operation, variables=variables_of(text))
    shown.forget()
    told = await shown.answer(asked)
    assert told.errors == []
    assert dict(sorted(Counter(told.upstream).items())) == TABLE.get(operation, {})
    assert shown.complaints() == []


async def test_the_table_holds_no_example_that_is_gone():
    assert set(TABLE) <= {param.values[1] for param in queries()}
