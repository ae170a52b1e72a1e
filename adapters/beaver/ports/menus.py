"""Menus as the graph has them: nested, whether they came flat or as a tree."""

from collections.abc import Iterable

from adapters.beaver.menus import Menu as BeaverMenu
from adapters.records import Menu


def menu_tree(rows: Iterable[BeaverMenu]) -> tuple[Menu, ...]:
    """Menus below their parents; one whose parent is not there stands at the root."""
    flat = list(_flat(rows))
    known = {row.menu_id for row in flat}
    below: dict[str | None, list[BeaverMenu]] = {}
    for row in flat:
        parent = row.parent_id if row.parent_id in known and row.parent_id != row.menu_id else None
        below.setdefault(parent, []).append(row)

    def built(parent: str | None, above: frozenset[str]) -> tuple[Menu, ...]:
        return tuple(
            Menu(
                native_id=row.menu_id,
                name=row.name or row.code or row.menu_id,
                code=row.code,
                kind=row.type,
                children=built(row.menu_id, above | {row.menu_id}),
            )
            for row in below.get(parent, ())
            if row.menu_id and row.menu_id not in above
        )

    return built(None, frozenset())


def _flat(rows: Iterable[BeaverMenu], parent: str | None = None) -> Iterable[BeaverMenu]:
    for row in rows:
        if row.menu_id:
            yield BeaverMenu(
                menu_id=row.menu_id,
                code=row.code,
                name=row.name,
                type=row.type,
                parent_id=row.parent_id or parent,
            )
            yield from _flat(row.children or (), row.menu_id)
