"""An OMC as a source: its dialect, its gateway and the ports over them."""

from adapters.omc.alarm_feed import OmcAlarms
from adapters.omc.department_port import OmcDepartments
from adapters.omc.dialect import OmcDialect
from adapters.omc.element_port import OmcElements
from adapters.omc.role_port import OmcRoles
from adapters.omc.subscriber_port import OmcSubscribers
from adapters.omc.user_port import OmcUsers
from adapters.ports import Source
from adapters.records import Dialect
from adapters.settings import SourceSettings
from adapters.wiring import Wiring


def open_source(settings: SourceSettings, wiring: Wiring) -> Source:
    """The OMC at the configured address; nothing is called before somebody asks."""
    gateway = wiring.gateway(OmcDialect(settings))
    users = OmcUsers(gateway)
    elements = OmcElements(gateway, wiring.clock)
    return Source(
        name=settings.name,
        dialect=Dialect.OMC,
        health=gateway.health,
        probe=gateway.probe,
        close=gateway.close,
        users=users,
        roles=OmcRoles(gateway, users),
        organizations=OmcDepartments(gateway, users),
        network_elements=elements,
        subscribers=OmcSubscribers(gateway, elements),
        alarm_feed=OmcAlarms(gateway),
        gateway=gateway,
    )
