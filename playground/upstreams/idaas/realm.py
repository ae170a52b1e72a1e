"""What the pretend IDaaS keeps: organizations, accounts, groups, applications, dictionaries."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from playground.upstreams.idaas.answers import Refusal

Row = dict[str, Any]
Table = dict[str, Row]
CREATOR = "sandbox"
ROOT = "-1"


def written(moment: float) -> str:
    """Write a time as IDaaS does, without a zone; it is UTC here."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d %H:%M:%S")


@dataclass
class Realm:
    """Everything that changes while the pretend IDaaS runs; each table is by id."""

    clock: Callable[[], float]
    organs: Table = field(default_factory=dict)
    users: Table = field(default_factory=dict)
    groups: Table = field(default_factory=dict)
    apps: Table = field(default_factory=dict)
    app_types: Table = field(default_factory=dict)
    user_types: Table = field(default_factory=dict)
    fields: Table = field(default_factory=dict)
    options: Table = field(default_factory=dict)
    values: Table = field(default_factory=dict)
    dicts: Table = field(default_factory=dict)
    items: Table = field(default_factory=dict)
    themes: Table = field(default_factory=dict)
    grants: Table = field(default_factory=dict)
    """Which account may use which application."""
    organ_apps: set[tuple[str, str]] = field(default_factory=set)
    members: list[tuple[str, str]] = field(default_factory=list)
    """Group and account."""
    files: dict[str, tuple[str, str, bytes]] = field(default_factory=dict)
    """Name, content type and bytes."""
    ids_given: int = 0

    def new_id(self, *, dashed: bool = False) -> str:
        """Give the next id: 32 upper-case digits, for some kinds a UUID with dashes."""
        self.ids_given += 1
        made = uuid.uuid5(uuid.NAMESPACE_OID, f"idaas-{self.ids_given}")
        return str(made) if dashed else made.hex.upper()

    def now(self) -> str:
        """Write the present time."""
        return written(self.clock())

    def add(self, table: Table, row: Row, *, dashed: bool = False, key: str = "") -> Row:
        """Put a row into a table under a new id; the id comes first in the row."""
        made = {"id": key or self.new_id(dashed=dashed)} | row
        table[made["id"]] = made
        return made

    def stamped(self) -> Row:
        """Give the columns that say who made a row, and when."""
        now = self.now()
        return {"createdTime": now, "updatedTime": now, "creator": CREATOR}


def found(table: Table, wanted: Any, what: str) -> Row:
    """Give the row of an id, or refuse."""
    row = table.get(str(wanted))
    if row is None:
        raise Refusal("404", f"{what} does not exist: {str(wanted)[:40]}")
    return row


def taken(table: Table, column: str, value: Any, but: str | None = None) -> bool:
    """Say whether another row has a value."""
    return any(row[column] == value for row in table.values() if row["id"] != but)


def change(row: Row, body: Row, columns: str) -> None:
    """Write those of the columns that the body names; numbers are kept as text."""
    for name in columns.split():
        if body.get(name) is not None:
            value = body[name]
            row[name] = str(value) if isinstance(row.get(name), str) else value


def picked(row: Row, columns: str) -> Row:
    """Show some columns of a row; those that it does not have are null."""
    return {name: row.get(name) for name in columns.split()}
