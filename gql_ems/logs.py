"""Logs: one JSON object a line, or coloured text on a terminal; with the request's id, without secrets."""

import logging
import re
import sys
from collections.abc import MutableMapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, TextIO

import orjson
import structlog

from adapters.redaction import HIDDEN, scrubbed

_LINK = re.compile(r"(/files/)[A-Za-z0-9_\-=]{8,}")
"""A link to a file is a secret by itself."""

Event = MutableMapping[str, Any]

REQUEST: ContextVar[str | None] = ContextVar("request", default=None)
"""The id of the request that is being answered, for lines that are logged meanwhile."""


class Told:
    """Facts of which each is known to hold no secret, so a line of them is written as it is: one for each request."""

    __slots__ = ("facts",)

    def __init__(self, **facts: str | float) -> None:
        self.facts = facts

    def __str__(self) -> str:
        return " ".join(f"{name}={value}" for name, value in self.facts.items())


class Lines(structlog.stdlib.ProcessorFormatter):
    """Lays lines out; what was told as harmless takes the short way."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        if not isinstance(record.msg, Told):
            return super().format(record)
        at = datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z")
        facts = record.msg.facts
        head = {"level": record.levelname.lower(), "logger": record.name, "timestamp": at}
        return orjson.dumps({**facts, **head}).decode()


def configure(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Sends what the gateway, its libraries and the server log to a stream, standard error if none is given."""
    stream = stream or sys.stderr
    shared: list[Any] = [
        with_request,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    formatter = (structlog.stdlib.ProcessorFormatter if stream.isatty() else Lines)(
        foreign_pre_chain=[structlog.stdlib.ExtraAdder(), *shared],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            without_secrets,
            structlog.dev.ConsoleRenderer() if stream.isatty() else structlog.processors.JSONRenderer(_dumps),
        ],
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    for old in tuple(root.handlers):
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    # What libraries tell of each request holds its whole address; of a migration, more than a start wants.
    for name in ("httpx", "httpcore", "aiosqlite", "alembic", "asyncio", "websockets"):
        logging.getLogger(name).setLevel(max(logging.getLevelName(level), logging.WARNING))


def with_request(_logger: Any, _method: str, event: Event) -> Event:
    """Names the request that a line is about."""
    request_id = REQUEST.get()
    if request_id is not None:
        event.setdefault("request_id", request_id)
    return event


def without_secrets(_logger: Any, _method: str, event: Event) -> Event:
    """The last word before a line is written: passwords, tokens and links to files are taken out of it."""
    told: Event = scrubbed({name: _plain(value) for name, value in event.items()})
    for name, value in told.items():
        if isinstance(value, str) and "/files/" in value:
            told[name] = _LINK.sub(rf"\1{HIDDEN}", value)
    return told


def _plain(value: Any) -> Any:
    """What is no JSON as its text, so that secrets in that are seen, too."""
    return value if isinstance(value, str | int | float | bool | list | tuple | dict | None) else str(value)


def _dumps(event: Any, **_options: Any) -> str:
    return orjson.dumps(event, default=str, option=orjson.OPT_NON_STR_KEYS).decode()
