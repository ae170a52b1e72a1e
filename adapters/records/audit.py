"""Who changed what through the gateway, and who signed in."""

from datetime import datetime
from typing import Any

from msgspec import Struct


class AuditEntry(Struct, frozen=True, kw_only=True):
    """`target` is a global id; `detail` holds the arguments, secrets taken out."""

    cursor: str
    at: datetime
    by: str
    action: str
    target: str | None = None
    source: str | None = None
    outcome: str
    detail: Any = None
