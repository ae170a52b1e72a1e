"""One `[[sources]]` table: checked, its secrets fetched from where they are, never printed."""

from datetime import UTC
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationInfo, field_validator, model_validator

from adapters.settings import SourceSettings

SECRETS = ("password", "token", "client_secret", "secret_key", "code")
"""Keys that may be given by `<key>_env` (a variable's name) or `<key>_file` (a file's path), too."""

NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "omc": (("username", "password"),),
    "beaver": (("username", "password"),),
    "supos": (("access_key", "secret_key"), ("token",)),
    "idaas": (
        ("token",),
        ("client_id", "client_secret", "code"),
        ("client_id", "client_secret", "main_account", "app_id"),
    ),
    "nce": (("username", "password"), ("token",)),
}
"""Which keys a dialect signs in with; one of these groups must be whole."""

OPTIONS: dict[str, dict[str, str]] = {
    "omc": {
        "udm_prefix": "Where the UDM's operations are; default /ne/udm, newer systems /neData/udm.",
        "alarms_from": "`ingest`, `poll` or `both` (default).",
        "poll_seconds": "How often the alarm table is polled; default 10.",
        "objects": 'Table of `objectId` to `TYPE/id` for alarms that elements post, e.g. SMF_0 = "SMF/001".',
    },
    "beaver": {
        "websocket_url": "Where values are pushed; default the host of base_url, path /websocket; `off` polls.",
        "poll_seconds": "How often values are read where no WebSocket is to be had.",
        "tenant_id": "Sent as TENANT-ID where given.",
        "members_method": "GET (documented) or POST (newer systems) for the members of a role.",
    },
    "supos": {
        "company_code": "Goes wherever the document requires companyCode; default `default`.",
        "enable_reset": "Whether the reset of the admin password may be called; default false.",
        "unbind_method": "DELETE (default) or PUT.",
        "unbind_third_party_method": "DELETE (default) or another, for roles of third parties.",
        "reset_method": "PUT (default) or another, for the reset of the admin password.",
        "time_zone": "Time zone of new users where none is given, e.g. GMT+0800.",
        "delete_method": "DELETE (default) or POST.",
        "content_type": "The Content-Type that is sent and signed.",
    },
    "idaas": {
        "path_prefix": "In place of the repeated /idaas/v1 of the documented paths.",
        "import_method": "Method of the import that the document calls GET.",
        "tenant_url": "The tenant address of sign-in where it differs from base_url.",
        "token_header": "Header of the token; default Authorization.",
        "token_prefix": "What stands before the token; default Bearer.",
        "main_account": "Main account of the tenant, for its sign-in page.",
        "app_id": "Application id, for its sign-in page.",
        "user_type": "Type of new accounts where none is given.",
    },
    "nce": {
        "header": "Header of the token; default X-ACCESS-TOKEN.",
        "roles": "Roles that a device may be given; default ACC, AGG, CORE, AP.",
        "token_path": "Where tokens are asked for; default /controller/v2/tokens.",
        "language": "Accept-Language; default en-US.",
    },
}
"""Settings of one dialect alone, with what they mean."""


class SourceTable(BaseModel):
    """How one source is reached."""

    model_config = ConfigDict(extra="allow", frozen=True)

    name: str = Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}$", description="Unique; every `sources:` filter takes it."
    )
    dialect: Literal["omc", "beaver", "supos", "idaas", "nce"] = Field(description="Whose API it speaks.")
    base_url: str = Field(description="Where its documented paths start.")
    timezone: str = Field(default="UTC", description="Of its zoneless local times.")
    timeout_seconds: float = Field(default=10.0, gt=0, description="For each call.")
    max_connections: int = Field(default=64, ge=1, description="Open at the same time.")
    ttl_seconds: float | None = Field(None, ge=0, description="How long its reads are kept.")
    verify_tls: bool = Field(default=True, description="Whether its certificate is checked.")
    username: str = Field(default="", description="Account to sign in with.")
    password: SecretStr = Field(default=SecretStr(""), description="Its password.")
    token: SecretStr = Field(default=SecretStr(""), description="A token in place of an account.")
    client_id: str = Field(default="", description="OAuth client.")
    client_secret: SecretStr = Field(default=SecretStr(""), description="Its secret.")
    access_key: str = Field(default="", description="Access key of a signature.")
    secret_key: SecretStr = Field(default=SecretStr(""), description="Its secret.")
    code: SecretStr = Field(default=SecretStr(""), description="A one-time code.")

    @model_validator(mode="before")
    @classmethod
    def _fetch_secrets(cls, table: Any, info: ValidationInfo) -> Any:
        if not isinstance(table, dict):
            return table
        environment = (info.context or {}).get("environment", {})
        found = dict(table)
        for key in SECRETS:
            variable, path = found.pop(f"{key}_env", None), found.pop(f"{key}_file", None)
            if (key in found) + (variable is not None) + (path is not None) > 1:
                raise ValueError(f"{key}, {key}_env and {key}_file exclude each other")
            if variable is not None:
                if variable not in environment:
                    raise ValueError(f"{key}_env: the variable {variable} is not set")
                found[key] = environment[variable]
            if path is not None:
                try:
                    found[key] = Path(path).read_text(encoding="utf-8").strip()
                except OSError as error:
                    raise ValueError(f"{key}_file: {path}: {error.strerror or 'cannot be read'}") from None
        return found

    @field_validator("base_url")
    @classmethod
    def _is_url(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.username:
            raise ValueError("is not a URL like https://host:port/path")
        return value.rstrip("/")

    @field_validator("timezone")
    @classmethod
    def _is_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"{value!r} is no time zone") from None
        return value

    @model_validator(mode="after")
    def _complete(self) -> "SourceTable":
        for key in self.model_extra or {}:
            if key not in OPTIONS[self.dialect]:
                raise ValueError(f"{key} is not a setting of the dialect {self.dialect}")
        groups = NEEDED[self.dialect]
        missing = [[key for key in group if not self._has(key)] for group in groups]
        if all(missing):
            raise ValueError(f"{' and '.join(missing[0])} {'is' if len(missing[0]) == 1 else 'are'} missing")
        return self

    def _has(self, key: str) -> bool:
        value = getattr(self, key, None)
        return bool(value.get_secret_value() if isinstance(value, SecretStr) else value)

    def settings(self, default_ttl: float) -> SourceSettings:
        """What the adapter takes."""
        return SourceSettings(
            name=self.name,
            dialect=self.dialect,
            base_url=self.base_url,
            timezone=UTC if self.timezone == "UTC" else ZoneInfo(self.timezone),
            timeout_seconds=self.timeout_seconds,
            max_connections=self.max_connections,
            ttl_seconds=default_ttl if self.ttl_seconds is None else self.ttl_seconds,
            verify_tls=self.verify_tls,
            username=self.username,
            password=self.password.get_secret_value(),
            token=self.token.get_secret_value(),
            client_id=self.client_id,
            client_secret=self.client_secret.get_secret_value(),
            access_key=self.access_key,
            secret_key=self.secret_key.get_secret_value(),
            code=self.code.get_secret_value(),
            options=dict(self.model_extra or {}),
        )
