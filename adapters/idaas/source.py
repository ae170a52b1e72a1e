"""A tenant's IDaaS as a source of the graph."""

from adapters.idaas.dialect import IdaasDialect
from adapters.idaas.ports.organizations import IdaasOrganizations
from adapters.idaas.ports.roles import IdaasRoles
from adapters.idaas.ports.users import IdaasUsers
from adapters.ports import Source
from adapters.records import Dialect
from adapters.settings import SourceSettings
from adapters.wiring import Wiring


def open_source(settings: SourceSettings, wiring: Wiring) -> Source:
    """The tenant's users, groups and organizations; nothing is asked of it yet.

    The setting `user_type` names the type of accounts that are created without one.
    """
    gateway = wiring.gateway(IdaasDialect(settings))
    user_type = settings.option("user_type")
    return Source(
        name=settings.name,
        dialect=Dialect.IDAAS,
        health=gateway.health,
        probe=gateway.probe,
        close=gateway.close,
        users=IdaasUsers(settings.name, gateway, str(user_type) if user_type else None),
        roles=IdaasRoles(settings.name, gateway),
        organizations=IdaasOrganizations(settings.name, gateway),
        gateway=gateway,
    )
