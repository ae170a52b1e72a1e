"""What a caller brings to an operation."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct


class Request(Struct, frozen=True):
    """The raw variables, the context and root value for resolvers, the extensions that came along."""

    variables: Mapping[str, Any] = {}
    context: Any = None
    root: Any = None
    extensions: dict[str, Any] | None = None
