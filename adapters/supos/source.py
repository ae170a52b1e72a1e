"""A supOS as a source of the graph."""

from adapters.ports import Source
from adapters.records import Dialect
from adapters.settings import SourceSettings
from adapters.supos.dialect import Supos
from adapters.supos.ports.roles import SuposRoles
from adapters.supos.ports.users import SuposUsers
from adapters.wiring import Wiring


def open_source(settings: SourceSettings, wiring: Wiring) -> Source:
    """The users of one company and the roles seen on them; nothing is asked of supOS yet."""
    gateway = wiring.gateway(Supos(settings))
    users = SuposUsers(settings, gateway)
    return Source(
        name=settings.name,
        dialect=Dialect.SUPOS,
        health=gateway.health,
        probe=gateway.probe,
        close=gateway.close,
        users=users,
        roles=SuposRoles(settings.name, gateway, users),
        gateway=gateway,
    )
