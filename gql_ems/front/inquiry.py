"""What a request asks, looked up once: the document, the operation of it that is to run, and with what."""

from typing import Any

from graphql import GraphQLError
from msgspec import Struct

from gql_ems.execution import Operation


class Inquiry(Struct, frozen=True):
    """An operation that was looked up, or why there is none, with the variables that it is to run with."""

    text: str
    operation: Operation | list[GraphQLError]
    kind: str
    """`query`, `mutation` or `subscription`; `refused` where there is none."""
    operation_name: str | None
    variables: dict[str, Any]
    at_once: bool = False
    """Whether nobody has to be waited for: the schema alone answers."""
