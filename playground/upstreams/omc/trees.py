"""Rows that know their parents, shown as trees."""

from collections.abc import Iterable

from playground.upstreams.omc.rows import Row


def tree(rows: Iterable[Row], key: str, label: str) -> list[Row]:
    """Nest rows as {id, label, children}; one whose parent is not among them stands at the top."""
    listed = list(rows)
    nodes: dict[str, Row] = {
        row[key]: {"id": row[key], "label": row[label], "children": []} for row in listed
    }
    top: list[Row] = []
    for row in listed:
        parent = nodes.get(row["parentId"])
        (parent["children"] if parent else top).append(nodes[row[key]])
    return top
