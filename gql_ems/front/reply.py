"""An answer over HTTP: bytes of JSON, under headers that were laid out before."""

from collections.abc import Iterable

from starlette.responses import Response

from gql_ems.front.negotiation import GRAPHQL, JSON

RawHeaders = Iterable[tuple[bytes, bytes]]

_KEPT_BY_NOBODY = (b"cache-control", b"no-store")
_TAKEN_FOR_NOTHING_ELSE = (b"x-content-type-options", b"nosniff")
_HEADS = {
    kind: (
        (b"content-type", f"{kind}; charset=utf-8".encode()),
        _TAKEN_FOR_NOTHING_ELSE,
        _KEPT_BY_NOBODY,
    )
    for kind in (JSON, GRAPHQL)
}


class Reply(Response):
    """What Starlette would make of the same, without looking at each header anew."""

    def __init__(self, body: bytes, status: int, media_type: str, more: RawHeaders = ()) -> None:
        self.status_code = status
        self.body = body
        self.raw_headers = [*_HEADS[media_type], (b"content-length", b"%d" % len(body)), *more]
        self.background = None
