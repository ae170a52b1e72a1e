"""Answers of the endpoints beside the graph: JSON that no browser takes for something else."""

from typing import Any

import orjson
from starlette.responses import Response


def json_response(content: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A value as JSON."""
    return Response(
        orjson.dumps(content),
        status,
        {"X-Content-Type-Options": "nosniff", **(headers or {})},
        media_type="application/json",
    )
