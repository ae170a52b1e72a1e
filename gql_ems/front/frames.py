"""WebSocket frames of many `next` messages, laid out once for all operation ids of one length."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gql_ems.front.payloads import Payload

FRAMES = "ems.websocket.frames"
"""An extension of ASGI that a server may offer: its `write` takes frames, which go on the wire as they are."""

_BEFORE, _BETWEEN, _BEHIND = b'{"id":', b',"type":"next","payload":', b"}"
_AROUND = len(_BEFORE) + len(_BETWEEN) + len(_BEHIND)


def message(operation_id: bytes, body: bytes) -> bytes:
    """One `next` message; the id is JSON already."""
    return _BEFORE + operation_id + _BETWEEN + body + _BEHIND


def cut_frames(payloads: "Sequence[Payload]", id_length: int) -> list[bytes]:
    """The frames of the payloads' messages, cut wherever the id stands: `id.join(...)` of it is what is sent."""
    pieces = []
    behind = b""
    for payload in payloads:
        pieces.append(behind + _head(_AROUND + id_length + len(payload.body)) + _BEFORE)
        behind = _BETWEEN + payload.body + _BEHIND
    return [*pieces, behind]


def _head(size: int) -> bytes:
    """The head of an unmasked frame that holds one whole text (RFC 6455, 5.2)."""
    if size < 126:
        return bytes((0x81, size))
    if size < 65_536:
        return b"\x81\x7e" + size.to_bytes(2, "big")
    return b"\x81\x7f" + size.to_bytes(8, "big")
