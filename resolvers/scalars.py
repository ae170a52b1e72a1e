"""The scalars of the graph and how each is written and read."""

import re
from datetime import UTC, date, datetime
from typing import Any, NewType

import strawberry
from graphql import GraphQLError
from strawberry.file_uploads import Upload
from strawberry.scalars import JSON
from strawberry.types.scalar import ScalarDefinition

Long = NewType("Long", int)
"""A whole number beyond 32 bits."""

_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")
_SAFE = 2**53 - 1


def write_instant(value: datetime) -> str:
    """RFC 3339 in UTC, with a fraction only where there is one."""
    if not isinstance(value, datetime):
        raise GraphQLError(f"DateTime cannot represent {type(value).__name__}")
    text = value.astimezone(UTC).isoformat()
    return text.removesuffix("+00:00") + "Z"


def read_instant(value: Any) -> datetime:
    """An instant with its offset; one without is refused, since it would be guessed."""
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        try:
            return datetime.fromisoformat(value).astimezone(UTC)
        except ValueError:
            pass
    raise GraphQLError("DateTime is an instant with its offset, like 2023-03-29T15:56:09Z")


def write_day(value: date) -> str:
    """A calendar day."""
    if not isinstance(value, date):
        raise GraphQLError(f"Date cannot represent {type(value).__name__}")
    return value.isoformat()


def read_day(value: Any) -> date:
    """A calendar day, `2024-12-31`."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise GraphQLError("Date is a calendar day, like 2024-12-31") from None


def write_long(value: int) -> int | str:
    """A JSON number where every client can hold it, else a string."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise GraphQLError(f"Long cannot represent {type(value).__name__}")
    return value if -_SAFE <= value <= _SAFE else str(value)


def read_long(value: Any) -> int:
    """A whole number, or one written as a string."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,30}", value):
        return int(value)
    raise GraphQLError("Long is a whole number")


def write_json(value: Any) -> Any:
    """Any JSON value; instants inside of it become texts."""
    if isinstance(value, datetime):
        return write_instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(k): write_json(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [write_json(v) for v in value]
    return value


def read_json(value: Any) -> Any:
    """Any JSON value."""
    return value


def read_upload(value: Any) -> Any:
    """A file that came as a part of a multipart request; nothing else can stand for one."""
    if isinstance(value, str | int | float | bool | list | dict):
        raise GraphQLError("Upload is a file sent with the GraphQL multipart request convention")
    return value


SCALARS: dict[object, ScalarDefinition] = {
    datetime: strawberry.scalar(
        name="DateTime",
        description="An instant in UTC, RFC 3339, e.g. `2023-03-29T15:56:09Z`.",
        serialize=write_instant,
        parse_value=read_instant,
    ),
    date: strawberry.scalar(
        name="Date",
        description="A calendar day, `2024-12-31`.",
        serialize=write_day,
        parse_value=read_day,
    ),
    Long: strawberry.scalar(
        name="Long",
        description=(
            "A whole number beyond 32 bits (bytes, counters, milliseconds); "
            "a JSON number within 2^53, else a string."
        ),
        serialize=write_long,
        parse_value=read_long,
    ),
    JSON: strawberry.scalar(
        name="JSON",
        description="Any JSON value, as the source gave it.",
        serialize=write_json,
        parse_value=read_json,
    ),
    Upload: strawberry.scalar(
        name="Upload",
        description="A file sent with the GraphQL multipart request convention.",
        parse_value=read_upload,
    ),
}
