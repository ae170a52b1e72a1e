"""The directory: a light index over every source, for what no vendor can look up, sort or join by itself."""

from datetime import datetime
from typing import Protocol

from msgspec import Struct

from adapters.records import ObjectKind


class DirectoryEntry(Struct, frozen=True, kw_only=True):
    """What is remembered of one object: enough to find it again and to join it, nothing more."""

    kind: ObjectKind
    source: str
    native_id: str
    name: str | None = None
    """Username, title, or what else the object is called first."""
    label: str | None = None
    """The second name: display name, key, code."""
    email: str | None = None
    """Trimmed and case-folded."""
    phone: str | None = None
    identifier: str | None = None
    """ESN, EUI, serial number, imsi: the surest of those that are known."""
    numbers: tuple[str, ...] = ()
    """The others that stand on its label."""
    whole: bool = False
    """Whether no number is left that only a read of the object itself would tell."""
    mac: str | None = None
    """Twelve hexadecimal digits, lower case, no separators."""
    organization: str | None = None
    created_at: datetime | None = None
    last_login_at: datetime | None = None


class Directory(Protocol):
    """What a source may ask of the directory."""

    async def entry(self, kind: ObjectKind, source: str, native_id: str) -> DirectoryEntry | None:
        """What is remembered of one object, or None."""
