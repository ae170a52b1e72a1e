"""Devices of the local store."""

import secrets
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, func, select

from adapters.errors import BadInput
from adapters.local.clock import Clock, system_clock, whole
from adapters.local.engine import Database
from adapters.local.plain_text import storable
from adapters.local.shelf import Shelf, encode, words
from adapters.local.tables.things import DEVICES, ENTITIES, INTEGRATIONS
from adapters.ports import DeviceFilter, Devices, Outcome, Page, PageRequest
from adapters.ports.things import DeviceDraft
from adapters.records import Device, Integration

read_integration = msgspec.json.Decoder(Integration).decode


class LocalDevices(Devices):
    """Devices, each under an integration."""

    def __init__(self, database: Database, source: str, clock: Clock = system_clock) -> None:
        self.source = source
        self.shelf = Shelf(database, DEVICES, Device, "device")
        self._clock = clock

    async def page(self, where: DeviceFilter, request: PageRequest) -> Page[Device]:
        """Devices that match."""
        tests: list[ColumnElement[bool]] = self.shelf.holds(where.search)
        if where.integration is not None:
            tests.append(DEVICES.c.integration_id == where.integration)
        if where.identifier is not None:
            tests.append(DEVICES.c.identifier == where.identifier)
        return await self.shelf.page(tests, request)

    async def get(self, native_id: str) -> Device | None:
        """One device."""
        return await self.shelf.get(native_id)

    async def get_many(self, native_ids: tuple[str, ...]) -> dict[str, Device]:
        """Several devices."""
        return await self.shelf.get_many(native_ids)

    async def integration_of(self, device: Device) -> Integration | None:
        """The integration, with how much is under it."""
        d, e = DEVICES.c, ENTITIES.c
        async with self.shelf.database.read() as connection:
            statement = (
                select(INTEGRATIONS)
                .join(DEVICES, d.integration_id == INTEGRATIONS.c.native_id)
                .where(d.native_id == device.native_id)
            )
            row = (await connection.execute(statement)).one_or_none()
            if row is None:
                return None
            devices = select(func.count()).select_from(DEVICES).where(d.integration_id == row.native_id)
            entities = (
                select(func.count())
                .select_from(ENTITIES)
                .join(DEVICES, e.device_id == d.native_id)
                .where(d.integration_id == row.native_id)
            )
            return msgspec.structs.replace(
                read_integration(row.body),
                device_count=int((await connection.execute(devices)).scalar_one()),
                entity_count=int((await connection.execute(entities)).scalar_one()),
            )

    async def create(self, draft: DeviceDraft) -> Device:
        """Add a device; `parameters` may give `identifier`, `model`, `kind`, `mac` and `site`."""
        if not draft.name.strip():
            raise BadInput("A device needs a name.", ("input", "name"))
        told = draft.parameters if isinstance(draft.parameters, dict) else {}
        known: dict[str, Any] = {
            name: _text(told.get(name)) for name in ("identifier", "model", "kind", "mac", "site")
        }
        native_id = secrets.token_hex(6)
        now = whole(self._clock())
        device = Device(
            source=self.source,
            native_id=native_id,
            key=f"{draft.integration}.device.{known['identifier'] or native_id}",
            name=storable(draft.name).strip(),
            integration=Integration(native_id=draft.integration, name=draft.integration),
            deletable=True,
            created_at=now,
            updated_at=now,
            attributes={name: value for name, value in told.items() if name not in known},
            **known,
        )
        await self.shelf.insert(device_row(device))
        return device

    async def update(self, native_id: str, name: str) -> Device:
        """Rename a device."""
        if not name.strip():
            raise BadInput("A device needs a name.", ("name",))
        device = msgspec.structs.replace(
            await self.shelf.need(native_id), name=storable(name).strip(), updated_at=whole(self._clock())
        )
        await self.shelf.update(native_id, device_row(device))
        return device

    async def delete(self, native_ids: tuple[str, ...]) -> Outcome[str]:
        """Remove devices with their entities."""
        return await self.shelf.delete(native_ids)


def device_row(device: Device) -> dict[str, Any]:
    """Lay a device out in columns."""
    return {
        "native_id": device.native_id,
        "integration_id": device.integration.native_id if device.integration else None,
        "key": device.key,
        "identifier": device.identifier or None,
        "words": words(device.name, device.key, device.identifier, device.mac, device.model, device.site),
        "body": encode(device),
    }


def _text(value: object) -> str | None:
    return storable(value) if isinstance(value, str) and value else None
