"""What is selected below a field, found out once for each place of a document."""

from collections.abc import Callable
from typing import Any, TypeVar

from graphql import FieldNode, FragmentSpreadNode, InlineFragmentNode

from resolvers.context import Info

T = TypeVar("T")


def once(info: Info, find: Callable[[Any], T]) -> T:
    """What `find` makes of the field's raw info; kept beside a compiled plan, so it must hold for all runs."""
    raw = info._raw_info  # noqa: SLF001 - strawberry's public form builds the whole tree first
    kept: dict[Any, T] | None = getattr(raw, "kept", None)
    if kept is None:
        return find(raw)
    found = kept.get(find)
    if found is None:
        found = kept[find] = find(raw)
    return found


def selects(info: Info, name: str) -> bool:
    """Whether a field is selected right below the one that is resolved."""
    return name in once(info, names_below)


def names_below(raw: Any) -> frozenset[str]:
    """The fields that are selected right below a field, those of fragments included."""
    found: set[str] = set()
    pending = [node.selection_set for node in raw.field_nodes if node.selection_set]
    while pending:
        for selection in pending.pop().selections:
            if isinstance(selection, FieldNode):
                found.add(selection.name.value)
            elif isinstance(selection, InlineFragmentNode):
                pending.append(selection.selection_set)
            elif isinstance(selection, FragmentSpreadNode):
                pending.append(raw.fragments[selection.name.value].selection_set)
    return frozenset(found)
