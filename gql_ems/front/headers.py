"""The headers of a request, read once."""

from starlette.types import Scope


def headers_of(scope: Scope) -> dict[str, str]:
    """By their names in small letters, as servers give them; of one that was sent twice the first counts."""
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in reversed(scope["headers"])}
