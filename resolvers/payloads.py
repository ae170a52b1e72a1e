"""What a mutation answers: the object as it is now, and refusals that a person can act on.

A business refusal of a source (name exists, not found, invalid value) is a user error. What breaks (source down, bad
payload, not allowed) is raised.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import strawberry
from msgspec import UNSET, Struct

from adapters.errors import BadInput, Conflict, EmsError, ErrorCode, NotFound, Unsupported, UpstreamRejected
from adapters.ports import Refusal
from adapters.ports import Source as SourcePort
from resolvers.context import Info
from resolvers.leaves import from_record
from resolvers.node import Source

REFUSALS = (BadInput, Conflict, NotFound, Unsupported, UpstreamRejected)
"""Errors that are the answer to a request, not a breakdown."""


class Complaint(Struct, frozen=True, kw_only=True):
    """A refusal that a person can act on."""

    code: ErrorCode
    message: str
    id: str | None = None
    field: tuple[str, ...] | None = None
    source: Any = None
    upstream_code: str | None = None


@from_record(Complaint, without=("source", "id", "field", "upstream_code"))
class UserError:
    """A refusal that a person can act on."""

    id: strawberry.ID | None = strawberry.field(description="Which of several ids it is about.")
    field: list[str] | None = strawberry.field(
        description='Path of the input that it is about, e.g. ["input", "email"].'
    )
    source: Source | None
    upstream_code: str | None


class Payload(Struct, frozen=True, kw_only=True):
    """What every mutation answers with: which attribute holds the object depends on its kind."""

    user: Any = None
    role: Any = None
    organization: Any = None
    network_element: Any = None
    subscriber: Any = None
    device: Any = None
    workflow: Any = None
    alarms: tuple[Any, ...] = ()
    approvals: tuple[Any, ...] = ()
    outputs: tuple[str, ...] = ()
    deleted_ids: tuple[str, ...] = ()
    created: int = 0
    user_errors: tuple[Complaint, ...] = ()


_OBJECTS = ("user", "role", "organization", "network_element", "subscriber", "device", "workflow")


def complaint(error: EmsError, source: SourcePort | None = None, about: str | None = None) -> Complaint:
    """A refusal as data; the field of the input is named where the error names one."""
    return Complaint(
        code=error.code,
        message=error.message,
        id=about,
        field=tuple(error.field) if isinstance(error, BadInput) and error.field else None,
        source=source,
        upstream_code=error.upstream_code if isinstance(error, UpstreamRejected) else None,
    )


def told(refusal: Refusal, source: SourcePort, about: str | None) -> Complaint:
    """A refusal of one of several objects as data."""
    return Complaint(
        code=refusal.code,
        message=refusal.message,
        id=about,
        field=refusal.field or None,
        source=source,
        upstream_code=refusal.upstream_code,
    )


async def answered(
    info: Info, source: SourcePort | None, about: str | None, deed: Callable[[], Awaitable[Payload]]
) -> Payload:
    """The payload of a deed, or of its refusal."""
    try:
        payload = await deed()
    except REFUSALS as error:
        return Payload(user_errors=(complaint(error, source, about),))
    info.context.memory.saw(found for name in _OBJECTS if (found := getattr(payload, name)) is not None)
    return payload


def given(value: Any) -> Any:
    """An input field: UNSET where the caller did not mention it."""
    return UNSET if value is strawberry.UNSET else value
