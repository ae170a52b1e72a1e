"""Ids as the platform makes them, and words of its enumerations."""

from enum import Enum
from typing import TypeVar

E = TypeVar("E", bound=Enum)


def is_id(text: str) -> bool:
    """Whether this can be an id at all; anything else is never sent."""
    return text.isascii() and text.isdecimal() and len(text) <= 19


def member(kind: type[E], word: str | None, unknown: E) -> E:
    """The member that a word names, whatever its case; a word that nobody documented is unknown."""
    try:
        return kind((word or "").strip().upper())
    except ValueError:
        return unknown
