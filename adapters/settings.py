"""How one source is reached: what every dialect needs, and what only one of them asks for."""

from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import Any


@dataclass(frozen=True, kw_only=True)
class SourceSettings:
    """One `[[sources]]` table, checked; secrets never print."""

    name: str
    dialect: str
    base_url: str
    timezone: tzinfo = UTC
    timeout_seconds: float = 10.0
    max_connections: int = 64
    ttl_seconds: float = 0.0
    verify_tls: bool = True
    username: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    access_key: str = ""
    secret_key: str = field(default="", repr=False)
    code: str = field(default="", repr=False)
    options: dict[str, Any] = field(default_factory=dict)
    """Settings of the dialect's own: `udm_prefix`, `company_code`, `path_prefix`, ..."""
    max_answer_bytes: int = 64 * 1024 * 1024

    def option(self, name: str, default: Any = None) -> Any:
        """A setting of the dialect's own, or what the documents say."""
        return self.options.get(name, default)
