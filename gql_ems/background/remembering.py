"""Entries of the directory from records that lists gave in part: what a list does not tell stays as it was known."""

from functools import cache
from operator import attrgetter
from typing import Any

import msgspec
from msgspec import UNSET

from adapters.indexing import entry_of, is_guessed
from adapters.local.directory import LocalDirectory
from adapters.ports.directory import DirectoryEntry
from adapters.records import Sourced

TELLING: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "label": ("display_name", "msisdn", "code", "key"),
    "email": ("email",),
    "phone": ("phone", "msisdn"),
    "identifier": ("identifier", "attributes", "key"),
    "mac": ("mac",),
    "organization": ("organization",),
    "created_at": ("created_at",),
    "last_login_at": ("last_login_at",),
}
"""Which fields of a record tell each fact of its entry."""


_ELSEWHERE = frozenset({"raw", "roles", "menus"})
"""Fields that no entry is made of."""


def facts_of(record: Sourced) -> tuple[Any, ...]:
    """Everything that an entry may be made of: a record with equal facts makes an equal entry."""
    return _facts(type(record))(record)  # type: ignore[no-any-return]


@cache
def _facts(kind: type[Sourced]) -> Any:
    return attrgetter(*(field for field in kind.__struct_fields__ if field not in _ELSEWHERE))


def untold(record: Sourced) -> tuple[str, ...]:
    """The facts of which a record leaves open whether there is anything to know."""
    open_facts = []
    for fact, fields in _telling(type(record)):
        for field in fields:
            if getattr(record, field) is UNSET:
                open_facts.append(fact)
                break
    return tuple(open_facts)


@cache
def _telling(kind: type[Sourced]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The facts that records of a class can tell, each with the fields that do."""
    known = set(kind.__struct_fields__)
    told = ((fact, tuple(field for field in fields if field in known)) for fact, fields in TELLING.items())
    return tuple((fact, fields) for fact, fields in told if fields)


async def entry_for(
    record: Sourced, directory: LocalDirectory, known: DirectoryEntry | None = None
) -> DirectoryEntry:
    """The entry of a record, with what it leaves open taken from what is remembered already (`known`, or read)."""
    entry = entry_of(record)
    missing = [fact for fact in untold(record) if getattr(entry, fact) is None]
    if not missing and entry.whole:
        return entry
    known = known or await directory.entry(entry.kind, entry.source, entry.native_id)
    if known is None:
        return entry
    entry = msgspec.structs.replace(entry, **{fact: getattr(known, fact) for fact in missing})
    return _numbered(entry, known) if is_guessed(record) and known.whole else entry


def _numbered(entry: DirectoryEntry, known: DirectoryEntry) -> DirectoryEntry:
    """An entry whose numbers are guessed, with the sure one that is known."""
    told = (known.identifier, entry.identifier, *entry.numbers)
    numbers = tuple(dict.fromkeys(number for number in told if number))
    surest = next(iter(numbers), None)
    return msgspec.structs.replace(entry, identifier=surest, numbers=numbers[1:], whole=True)
