"""What network elements last said of themselves; those of one source are read in one call."""

from typing import cast

from adapters import records
from adapters.ports import NetworkElements
from adapters.records import ObjectKind
from resolvers.context import Info
from resolvers.leaves import from_record


@from_record(records.CpuUsage)
class CpuUsage:
    pass


@from_record(records.MemoryUsage)
class MemoryUsage:
    pass


@from_record(records.DiskUsage)
class DiskUsage:
    pass


@from_record(records.NetworkElementState)
class NetworkElementState:
    """What an element last said of itself."""


async def state_of(info: Info, element: records.NetworkElement) -> records.NetworkElementState | None:
    """The state of an element, read together with those of its neighbours."""
    source = element.source

    async def batch(native_ids: tuple[str, ...]) -> dict[str, records.NetworkElementState]:
        port = cast("NetworkElements", info.context.port(source, ObjectKind.NETWORK_ELEMENT))
        return await port.states(native_ids)

    return await info.context.loader(("states", source), batch).load(element.native_id)
