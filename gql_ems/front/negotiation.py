"""Which media type an answer has, by what the request accepts."""

from functools import lru_cache

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"
EVENTS = "text/event-stream"
MIXED = "multipart/mixed"

_OFFERED = (JSON, GRAPHQL, EVENTS, MIXED)


@lru_cache(maxsize=256)
def preferred(accept: str | None) -> str | None:
    """The best media type that is offered and accepted, or None; JSON where the request does not say."""
    if not accept:
        return JSON
    best: tuple[float, int] | None = None
    chosen: str | None = None
    for position, entry in enumerate(accept.split(",")):
        name, *rest = (part.strip().lower() for part in entry.split(";"))
        quality = 1.0
        for part in rest:
            if part.startswith("q="):
                try:
                    quality = float(part[2:])
                except ValueError:
                    quality = 0.0
        found = _matching(name)
        if found is None or quality <= 0:
            continue
        if best is None or (-quality, position) < best:
            best, chosen = (-quality, position), found
    return chosen


def _matching(name: str) -> str | None:
    if name in ("*/*", "application/*"):
        return JSON
    if name in _OFFERED:
        return name
    return None
