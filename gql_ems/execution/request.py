"""What a caller brings to an operation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Request:
    """The raw variables, the context and root value for resolvers, the extensions that came along."""

    variables: Mapping[str, Any] = field(default_factory=dict)
    context: Any = None
    root: Any = None
    extensions: dict[str, Any] | None = None
