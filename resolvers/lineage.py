"""The directives that are printed on fields: which documented operations serve it, which permission it needs."""

import strawberry
from strawberry.schema_directive import Location

from adapters.operation import Operation
from adapters.records import Dialect

strawberry.enum(Dialect, description="Whose API a source speaks.")


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="rest",
    repeatable=True,
    description=(
        "Where a field's data comes from. Repeatable: one for each documented operation that can serve the field. "
        "Printed in schema.graphql, so the graph shows its own lineage."
    ),
)
class Rest:
    dialect: Dialect
    method: str
    path: str


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION, Location.OBJECT],
    name="requires",
    description="The permission a caller needs, e.g. `subscriber:secrets`.",
)
class Requires:
    permission: str


def rest(dialect: Dialect, *operations: Operation[..., object]) -> list[object]:
    """The lineage of a field that these operations serve."""
    return [Rest(dialect=dialect, method=o.method, path=o.path) for o in operations]
