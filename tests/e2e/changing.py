"""How tests change something through the graph, and look at what was made of it."""

from typing import Any

from adapters.caller import Caller
from tests.e2e.graph import BOSS, Graph

ERRORS = "userErrors { id code message field source { name } }"


async def first(graph: Graph, name: str, source: str, fields: str, index: int = 0, **where: Any) -> Any:
    """One object of a list of a source."""
    kind = name[0].upper() + name[1:-1]
    query = (
        f"query($where: {kind}Filter) {{ {name}(first: 50, filter: $where) {{ nodes {{ id {fields} }} }} }}"
    )
    found = await graph.data(query, where={"sources": [source], **where})
    return found[name]["nodes"][index]


async def changed(graph: Graph, mutation: str, **variables: Any) -> Any:
    """The payload of a mutation that nobody refused."""
    payload = await answered(graph, mutation, **variables)
    assert payload["userErrors"] == [], payload["userErrors"]
    return payload


async def refused(graph: Graph, mutation: str, **variables: Any) -> list[Any]:
    """The user errors of a mutation."""
    return (await answered(graph, mutation, **variables))["userErrors"]


async def answered(graph: Graph, mutation: str, caller: Caller = BOSS, /, **variables: Any) -> Any:
    """The payload of a mutation, whatever it says."""
    told = await graph.ask(mutation, caller, **variables)
    assert told.errors == [], told.errors
    (payload,) = told.data.values()
    return payload


async def by_id(graph: Graph, kind: str, id: str, fields: str) -> Any:
    """Fields of one object, None where there is none."""
    query = f"query($id: ID!) {{ node(id: $id) {{ ... on {kind} {{ {fields} }} }} }}"
    return (await graph.data(query, id=id))["node"]
