"""A Beaver IoT platform as a source of the graph."""

from adapters.beaver.dialect import Beaver
from adapters.beaver.entities import get_entity_status
from adapters.beaver.live import LiveValues
from adapters.beaver.ports.devices import BeaverDevices
from adapters.beaver.ports.entities import BeaverEntities
from adapters.beaver.ports.roles import BeaverRoles
from adapters.beaver.ports.users import BeaverUsers
from adapters.beaver.ports.values import status_value
from adapters.beaver.ports.workflows import BeaverWorkflows
from adapters.ports import Source
from adapters.records import Dialect, Entity, EntityValue
from adapters.settings import SourceSettings
from adapters.wiring import Wiring


def open_source(settings: SourceSettings, wiring: Wiring) -> Source:
    """The platform's users, roles, devices, entities and workflows; nothing is asked of it yet."""
    gateway = wiring.gateway(Beaver(settings))

    async def read(entity: Entity) -> EntityValue | None:
        # A value that was pushed as changed must not come from a read that began before.
        return status_value(await gateway.fresh(get_entity_status(entity.native_id)))

    live = LiveValues(settings, gateway, read, wiring.watched)

    async def close() -> None:
        await live.close()
        await gateway.close()

    users = BeaverUsers(settings.name, gateway, wiring.directory)
    devices = BeaverDevices(settings.name, gateway)
    return Source(
        name=settings.name,
        dialect=Dialect.BEAVER,
        health=gateway.health,
        probe=gateway.probe,
        close=close,
        users=users,
        roles=BeaverRoles(settings.name, gateway, users),
        devices=devices,
        entities=BeaverEntities(settings.name, gateway, devices, live),
        workflows=BeaverWorkflows(settings.name, gateway, wiring.directory),
        gateway=gateway,
    )
