"""Links to files: the pending call is sealed into the link itself, and made when the link is fetched.

A link is good for five minutes from when it was made, on any worker and any machine that has the gateway's key. It is
encrypted and signed, so nobody can guess one, read what it asks for, or change it. It holds until it expires: no
worker keeps a list of links that were used, so one that is fetched twice makes its call twice. Only calls that give a
file can be in a link.
"""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import msgspec
from cryptography.fernet import Fernet, InvalidToken
from msgspec import UNSET, Struct

from adapters.errors import BadInput, NotFound
from adapters.local.clock import system_clock
from adapters.operation import Call, Operation
from adapters.ports import Source
from resolvers.context import Sources
from resolvers.files import Link
from resolvers.vendors import OPERATIONS

LIFETIME = timedelta(minutes=5)
LONGEST_TOKEN = 6000
"""Characters: what proxies let through as part of a URL."""


class Pending(Struct, frozen=True, array_like=True):
    """What a link asks for."""

    source: str
    operation: str
    arguments: dict[str, Any]
    owner: str
    """Who was given the link."""


class FileLinks:
    """Makes links and reads them; every worker with the same key reads the links of the others."""

    def __init__(self, sources: Sources, key: bytes, clock: Callable[[], datetime] = system_clock) -> None:
        self._sources = sources
        self._seal = Fernet(urlsafe_b64encode(sha256(b"files" + key).digest()))
        self._clock = clock

    async def link(self, source: str, call: Call[Any], owner: str) -> Link:
        """A link that makes the call when it is fetched; BadInput where the call could never be made."""
        found = self._sources.named(source)
        found.gateway.dialect.request(call)
        given = {name: value for name, value in call.arguments.items() if value not in (None, UNSET)}
        pending = Pending(source, call.operation.name, given, owner)
        now = self._clock()
        token = self._seal.encrypt_at_time(msgspec.json.encode(pending), int(now.timestamp())).decode()
        if len(token) > LONGEST_TOKEN:
            raise BadInput("what the file is asked with is too long for a link")
        return Link(url=f"/files/{token}", expires_at=now.replace(microsecond=0) + LIFETIME)

    def pending(self, token: str) -> tuple[Source, Call[Any], str]:
        """The source, the call and the owner of a link; NotFound where it is none, or no longer."""
        try:
            told = self._seal.decrypt_at_time(
                token, int(LIFETIME.total_seconds()), int(self._clock().timestamp())
            )
            pending = msgspec.json.decode(told, type=Pending)
            source = self._sources.named(pending.source)
            operation = _file_operation(source, pending.operation)
            return source, operation(**_read_arguments(operation, pending.arguments)), pending.owner
        except (InvalidToken, ValueError, TypeError, BadInput):
            # One answer for all, so that nothing can be learnt by trying.
            raise NotFound("there is no such file, or its link has expired") from None


def _file_operation(source: Source, name: str) -> Operation[Any, Any]:
    for operation in OPERATIONS.get(source.dialect, ()):
        if operation.name == name and operation.is_file:
            return operation
    raise ValueError(name)


def _read_arguments(operation: Operation[Any, Any], told: dict[str, Any]) -> dict[str, Any]:
    """Arguments as they were before they were written; msgspec's errors are ValueErrors."""
    kinds = {parameter.name: parameter.type for parameter in operation.parameters}
    return {name: msgspec.convert(value, kinds[name]) for name, value in told.items() if name in kinds}
