"""An object known by its id alone: what is asked of it beyond that is read when it is asked for."""

from msgspec import UNSET

from adapters import records
from adapters.records import ObjectKind
from resolvers.context import Context


def element_at(context: Context, source: str, ne_type: str, ne_id: str) -> records.NetworkElement | None:
    """The element of a source at which something happened; None where the source knows no elements."""
    if context.port(source, ObjectKind.NETWORK_ELEMENT) is None or not ne_type or not ne_id:
        return None
    ne_type = ne_type.upper()
    return records.NetworkElement(
        source=source, native_id=f"{ne_type}/{ne_id}", ne_type=ne_type, ne_id=ne_id, raw=UNSET
    )
