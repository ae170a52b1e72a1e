"""A campus controller as a source of the graph."""

from adapters.nce.dialect import Nce
from adapters.nce.ports.device_approvals import NceDeviceApprovals
from adapters.ports import Source
from adapters.records import Dialect
from adapters.settings import SourceSettings
from adapters.wiring import Wiring


def open_source(settings: SourceSettings, wiring: Wiring) -> Source:
    """The devices at the door of the campus network; nothing is asked of the controller yet."""
    gateway = wiring.gateway(Nce(settings))
    return Source(
        name=settings.name,
        dialect=Dialect.NCE,
        health=gateway.health,
        probe=gateway.probe,
        close=gateway.close,
        device_approvals=NceDeviceApprovals(settings.name, gateway, wiring.directory),
        gateway=gateway,
    )
