"""The platform's WebSocket: where it is, and a connection to it that no log ever shows the token of."""

import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import quote, urlsplit

import orjson
from websockets.asyncio.client import ClientConnection, connect

from adapters.dialect import Session
from adapters.settings import SourceSettings

_SILENT = logging.Logger("beaver.socket", level=logging.CRITICAL + 1)  # noqa: LOG001 - nothing may turn it on
"""The client would log the request line, and with it the token: this logger hangs on no other."""


def socket_address(settings: SourceSettings) -> str | None:
    """The address without the token: the host of the base URL unless a setting says another, or `off`."""
    told = str(settings.option("websocket_url", "") or "")
    if told.lower() == "off":
        return None
    if told:
        return told
    base = urlsplit(settings.base_url)
    return f"{'wss' if base.scheme == 'https' else 'ws'}://{base.netloc}/websocket"


@asynccontextmanager
async def opened(settings: SourceSettings, address: str, session: Session) -> AsyncIterator[ClientConnection]:
    """A connection under the account's session; raises InvalidStatus where the platform refuses it."""
    token = quote(session.headers.get("Authorization", ""), safe="")
    joint = "&" if "?" in address else "?"
    context: ssl.SSLContext | None = None
    if address.startswith("wss:"):
        context = ssl.create_default_context()
        if not settings.verify_tls:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
    async with connect(
        f"{address}{joint}Authorization={token}",
        ssl=context,
        logger=_SILENT,
        open_timeout=settings.timeout_seconds,
        close_timeout=1.0,
        # The platform has a heartbeat of its own, and need not answer the protocol's.
        ping_interval=None,
        proxy=None,
    ) as socket:
        yield socket


def subscription(keys: list[str]) -> str:
    """Replaces the set of entities that the account listens to."""
    return orjson.dumps({"event_type": "Exchange", "payload": {"entity_key": keys}}).decode()


HEARTBEAT = '{"event_type":"Heartbeat","payload":"ping"}'


def changed_keys(message: str | bytes) -> tuple[str, ...]:
    """The keys of entities that have a new value; of any other message none."""
    try:
        told: Any = orjson.loads(message)
    except orjson.JSONDecodeError:
        return ()
    if not isinstance(told, dict) or str(told.get("event_type", "")).lower() != "exchange":
        return ()
    payload = told.get("payload")
    keys = payload.get("entity_key") if isinstance(payload, dict) else None
    return tuple(key for key in keys if isinstance(key, str)) if isinstance(keys, list) else ()
