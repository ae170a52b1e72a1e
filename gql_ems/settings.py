"""Settings: one frozen object, read from TOML and the environment; whatever is wrong is told in one line."""

import os
import tomllib
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from gql_ems.source_settings import SourceTable

ENV_PREFIX = "EMS_"


class ConfigurationError(Exception):
    """The configuration cannot be used; the message is one line that names the key."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ServerSettings(_Section):
    """Where the gateway listens."""

    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    allowed_origins: tuple[str, ...] = Field(
        default=(), description="Origins of CORS and WebSocket requests."
    )
    heartbeat_seconds: float = Field(
        default=15.0, gt=0, description="How often an open stream shows that it is alive."
    )

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach it."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False


class StorageSettings(_Section):
    """The local store."""

    url: str = Field(
        default="sqlite+aiosqlite:///ems.db", description="SQLite (aiosqlite) or PostgreSQL (asyncpg) by URL."
    )
    retention_days: int = Field(
        default=90, ge=1, description="How long cleared alarms, events and call records are kept."
    )

    @field_validator("url")
    @classmethod
    def _known(cls, value: str) -> str:
        if not value.startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
            raise ValueError("is sqlite+aiosqlite:///FILE or postgresql+asyncpg://USER@HOST/NAME")
        return value


class AuthSettings(_Section):
    """Who may ask."""

    mode: Literal["token", "none"] = Field(
        default="token", description="`none` only while listening on loopback."
    )
    secret_file: str = Field(
        default="ems.key", description="Signing key, made on first start with mode 0600."
    )
    issuer: str = Field(default="", description="Issuer of an outside identity provider (OIDC).")
    audience: str = Field(default="", description="Audience that its tokens must name.")
    jwks_url: str = Field(default="", description="Where its public keys are.")
    roles_claim: str = Field(
        default="roles", description="The claim that holds a caller's roles; a dot leads inside of one."
    )
    role_map: dict[str, str] = Field(
        default={},
        description="The provider's name of a role to the role here, e.g. `ems-admins` to `admin`.",
    )
    access_minutes: int = Field(default=15, ge=1, description="How long an access token lives.")
    refresh_days: int = Field(
        default=30, ge=1, description="How long a session lives without being refreshed."
    )


class LimitSettings(_Section):
    """What one request or caller may take."""

    depth: int = Field(default=15, ge=1, description="Nesting of a query; introspection is outside of it.")
    fanout: int = Field(default=500, ge=1, description="Calls to one source that a single answer may take.")
    cost: int = Field(default=10_000, ge=1, description="Price of a query; sizes of lists count.")
    aliases: int = Field(default=50, ge=1, description="Aliases in one operation.")
    tokens: int = Field(default=10_000, ge=100, description="Lexical tokens of one document.")
    page_size: int = Field(default=500, ge=1, description="The largest `first`.")
    body_bytes: int = Field(default=1_048_576, ge=1024, description="Size of a request.")
    upload_bytes: int = Field(
        default=104_857_600, ge=1024, description="Size of a multipart request with files."
    )
    requests_per_minute: int = Field(default=6000, ge=1, description="By caller; /ingest is outside of it.")
    subscriptions: int = Field(default=50, ge=1, description="Subscriptions on one connection.")
    batch: int = Field(default=10, ge=1, description="Operations in one array.")
    seconds: float = Field(default=60.0, gt=0, description="How long a query may take in all.")
    introspection: bool = Field(default=True, description="Whether the schema may be asked for.")


class DirectorySettings(_Section):
    """The index over all sources."""

    seconds: float = Field(default=600.0, gt=0, description="How often every source is swept.")


class CacheSettings(_Section):
    """Answers that are kept."""

    default_ttl_seconds: float = Field(
        default=0.0, ge=0, description="Reads are coalesced, not kept, unless a source says so."
    )


class ExecutionSettings(_Section):
    """How queries run."""

    compiled: bool = Field(default=True, description="Compile documents; off, graphql-core runs everything.")


class DocumentSettings(_Section):
    """Persisted documents."""

    path: str = Field(
        default="", description="A JSON file of hash to document; empty, none are known beforehand."
    )
    only: bool = Field(default=False, description="Take nothing but persisted documents.")


class TelemetrySettings(_Section):
    """Logs and traces."""

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="Least level that is logged."
    )
    otlp_endpoint: str = Field(default="", description="Where OpenTelemetry spans go; empty, nowhere.")


class Settings(_Section):
    """Everything that can be configured."""

    server: ServerSettings = ServerSettings()
    storage: StorageSettings = StorageSettings()
    auth: AuthSettings = AuthSettings()
    limits: LimitSettings = LimitSettings()
    directory: DirectorySettings = DirectorySettings()
    cache: CacheSettings = CacheSettings()
    execution: ExecutionSettings = ExecutionSettings()
    documents: DocumentSettings = DocumentSettings()
    telemetry: TelemetrySettings = TelemetrySettings()
    sources: tuple[SourceTable, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> "Settings":
        names = [source.name for source in self.sources]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise ValueError(f"sources: two are called {twice!r}")
        if "local" in names:
            raise ValueError("sources: the name 'local' is the local store's")
        if self.auth.mode == "none" and not self.server.loopback:
            raise ValueError("auth.mode: 'none' is refused unless server.host is loopback")
        if len({bool(self.auth.issuer), bool(self.auth.jwks_url), bool(self.auth.audience)}) > 1:
            raise ValueError("auth.issuer, auth.audience and auth.jwks_url go together")
        if self.auth.jwks_url and urlsplit(self.auth.jwks_url).scheme not in ("http", "https"):
            raise ValueError("auth.jwks_url: is not a URL")
        return self


def read(path: Path | None, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of a TOML file (or of ./ems.toml, or none) under those of the environment."""
    environment = os.environ if environment is None else environment
    if path is None and Path("ems.toml").is_file():
        path = Path("ems.toml")
    tables: dict[str, Any] = {}
    if path is not None:
        try:
            tables = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise ConfigurationError(f"{path}: {error.strerror or 'cannot be read'}") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigurationError(f"{path}: {error}") from None
    return build(_overlaid(tables, environment), environment)


def build(tables: Mapping[str, Any], environment: Mapping[str, str]) -> Settings:
    """Checked settings of plain tables; ConfigurationError names the first key that is wrong."""
    try:
        return Settings.model_validate(tables, context={"environment": environment})
    except ValidationError as error:
        raise ConfigurationError(_one_line(error, tables)) from None


def _overlaid(tables: dict[str, Any], environment: Mapping[str, str]) -> dict[str, Any]:
    """`EMS_SERVER__PORT=9000` is `[server] port`; `EMS_SOURCES__0__URL` reaches into a list."""
    for variable, text in sorted(environment.items()):
        if not variable.startswith(ENV_PREFIX) or "__" not in variable:
            continue
        *way, last = variable[len(ENV_PREFIX) :].lower().split("__")
        place: Any = tables
        for step in way:
            place = _entered(place, step, variable)
        value = _read_value(text)
        if isinstance(place, list):
            raise ConfigurationError(f"{variable}: names no key")
        place[last] = value
    return tables


def _entered(place: Any, step: str, variable: str) -> Any:
    if isinstance(place, list):
        if not step.isdecimal() or int(step) > len(place):
            raise ConfigurationError(f"{variable}: {step} is no index of a list of {len(place)}")
        if int(step) == len(place):
            place.append({})
        return place[int(step)]
    return place.setdefault(step, [] if step == "sources" else {})


def _read_value(text: str) -> Any:
    """A list or table in TOML's form; anything else as it stands, so that a password of digits stays one."""
    if not text.startswith(("[", "{")):
        return text
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _one_line(error: ValidationError, tables: Mapping[str, Any]) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(_named(first["loc"], tables))
    message = first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        message = "is not a setting"
    return f"{where}: {message}" if where else message


def _named(place: tuple[int | str, ...], tables: Mapping[str, Any]) -> list[str]:
    """The path of a key; a source is told by its name where it has one."""
    words: list[str] = []
    for index, step in enumerate(place):
        if isinstance(step, int) and index == 1 and place[0] == "sources":
            table = tables["sources"][step]
            name = table.get("name") if isinstance(table, dict) else None
            words[-1] = f"sources[{name or step}]"
        else:
            words.append(str(step))
    return words
