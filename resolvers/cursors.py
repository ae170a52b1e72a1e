"""Cursors of lists over several sources: a position for each, opaque, bound to the list that made it."""

import base64
import binascii
import hashlib
from typing import Any

import msgspec
import orjson
from msgspec import Struct

from adapters.errors import BadInput
from adapters.ports import Position


class Cursor(Struct, frozen=True, kw_only=True):
    """Where each source's list goes on, and what sources that are through had in all."""

    positions: dict[str, Position] = {}
    totals: dict[str, int | None] = {}


def fingerprint(kind: str, where: Any) -> str:
    """A short name of a list: its kind and its conditions."""
    text = orjson.dumps(msgspec.to_builtins(where), option=orjson.OPT_SORT_KEYS)
    return hashlib.blake2s(kind.encode() + b"\0" + text, digest_size=6).hexdigest()


def encode(mark: str, cursor: Cursor) -> str:
    """The opaque text of a cursor."""
    payload = orjson.dumps([mark, cursor.positions, cursor.totals])
    return base64.urlsafe_b64encode(payload).rstrip(b"=").decode()


def decode(mark: str, text: str | None) -> Cursor:
    """A cursor of this very list; BadInput where it is malformed or another list's."""
    if text is None:
        return Cursor()
    try:
        padded = text + "=" * (-len(text) % 4)
        found, positions, totals = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        cursor = msgspec.convert({"positions": positions, "totals": totals}, Cursor)
    except (binascii.Error, ValueError, TypeError, msgspec.ValidationError):
        raise BadInput("the cursor is malformed", ("after",)) from None
    if found != mark:
        raise BadInput("the cursor belongs to another list or other conditions", ("after",))
    return cursor
