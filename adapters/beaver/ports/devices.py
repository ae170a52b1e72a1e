"""The platform's devices as devices of the graph."""

from collections.abc import Callable
from typing import Any, NoReturn

from adapters.beaver import devices, integrations
from adapters.beaver.pages import first_of, numbered_by
from adapters.beaver.ports.ids import is_id
from adapters.beaver.ports.removal import removed
from adapters.errors import BadInput, NotFound, UpstreamRejected
from adapters.gateway import Gateway
from adapters.paging import Numbered, every, numbered, sifted
from adapters.picking import Picker
from adapters.ports import DeviceFilter, Devices, Outcome, Page, PageRequest
from adapters.ports.things import DeviceDraft
from adapters.record import Rows
from adapters.records import Device, Integration

LARGEST = 500
"""Rows in one page."""


class BeaverDevices(Devices):
    """Devices; one is known by its identifier, its serial number, or the tail of its key."""

    def __init__(self, source: str, gateway: Gateway) -> None:
        self.source = source
        self._send = gateway.send
        self._list = Picker(self._fetch(None), lambda row: row.id, self._device, LARGEST, alone=self.get)

    async def page(self, where: DeviceFilter, request: PageRequest) -> Page[Device]:
        fetch = self._fetch(where.search)
        if where.integration is None and where.identifier is None:
            return await numbered(fetch, request, self._device)
        return await sifted(fetch, request, self._device, _keeps(where))

    async def get(self, native_id: str) -> Device | None:
        row = await self.detail(native_id)
        return self._device(row) if row else None

    async def listed(self, native_ids: tuple[str, ...]) -> dict[str, Device] | None:
        """Out of the list where it is short; one alone is read by itself, which tells more."""
        return await self._list.pick(filter(is_id, native_ids)) if native_ids[1:] else None

    async def detail(self, native_id: str) -> devices.DeviceDetail | None:
        """A device with its entities as the platform tells it, None where there is none."""
        if not is_id(native_id):
            return None
        try:
            row = await self._send(devices.get_device(native_id))
        except UpstreamRejected as error:
            if error.code is NotFound.code:
                return None
            raise
        return row if row.id else None

    async def integration_of(self, device: Device) -> Integration | None:
        if not isinstance(device.integration, Integration):
            return None
        row = await self._send(integrations.get_integration(device.integration.native_id))
        return Integration(
            native_id=row.id or device.integration.native_id,
            name=row.name or device.integration.name,
            description=row.description,
            icon=row.icon,
            device_count=row.device_count,
            entity_count=row.entity_count,
        )

    async def owner_of(self, entity_key: str, device_name: str | None) -> Device | None:
        """The device whose key begins an entity's key; the name only says where to look first."""

        def owns(row: devices.Device) -> bool:
            return bool(row.key) and entity_key.startswith(f"{row.key}.")

        row = None
        if device_name:
            row = await first_of(self._fetch(device_name), owns)
        if row is None:
            row = await first_of(self._fetch(None), owns)
        return self._device(row) if row else None

    async def create(self, draft: DeviceDraft) -> Device:
        parameters = {} if draft.parameters is None else draft.parameters
        if not isinstance(parameters, dict):
            raise BadInput("parameters is a map from entity key to value", ("parameters",))
        await self._send(
            devices.create_device(
                devices.DeviceDraft(name=draft.name, integration=draft.integration, param_entities=parameters)
            )
        )
        rows = [
            row
            for row in await every(self._fetch(draft.name))
            if row.name == draft.name and row.integration == draft.integration and row.id
        ]
        # Names repeat: what was sent as a parameter ends the new key, and ids grow with time.
        sent = {str(value).casefold() for value in parameters.values()}
        rows.sort(key=lambda row: (_tail(row.key).casefold() in sent, int(row.id or 0)))
        found = self._device(rows[-1]) if rows else None
        if found is None:
            raise NotFound(f"{self.source} took the device but does not list {draft.name!r}.")
        return found

    async def update(self, native_id: str, name: str) -> Device:
        if not is_id(native_id):
            self._gone(native_id)
        await self._send(devices.update_device(native_id, devices.DeviceUpdate(name=name)))
        return await self.get(native_id) or self._gone(native_id)

    async def delete(self, native_ids: tuple[str, ...]) -> Outcome[str]:
        async def remove(ids: list[str]) -> None:
            await self._send(devices.batch_delete_devices(devices.DeviceIdList(device_id_list=ids)))

        return await removed(self.source, native_ids, remove)

    def _device(self, row: devices.Device) -> Device | None:
        if not row.id:
            return None
        data: dict[str, Any] = row.additional_data if isinstance(row.additional_data, dict) else {}
        return Device(
            source=self.source,
            native_id=row.id,
            key=row.key,
            name=row.name,
            identifier=row.identifier or _tail(row.key) or _text(data.get("sn")),
            identifier_guessed=row.identifier is None and not isinstance(row, devices.DeviceDetail),
            model=_text(data.get("model")),
            kind=None,
            mac=_text(data.get("mac")),
            site=None,
            integration=Integration(native_id=row.integration, name=row.integration_name or row.integration)
            if row.integration
            else None,
            deletable=row.deletable,
            created_at=row.created_at,
            updated_at=row.updated_at,
            attributes=row.additional_data,
            raw=row.whole,
        )

    def _fetch(self, name: str | None) -> Numbered[devices.Device]:
        async def search(number: int, size: int) -> Rows[devices.Device]:
            body = devices.DeviceSearch(name=name or None, page_number=number, page_size=size)
            return await self._send(devices.search_devices(body))

        return numbered_by(search)

    def _gone(self, native_id: str) -> NoReturn:
        raise NotFound(f"{self.source} has no device {native_id[:40]!r}.")


def identifiers_of(device: Device) -> frozenset[str]:
    """Everything that a device may be known by on its label, folded: identifier, serial number, tail of its key."""
    data = device.attributes if isinstance(device.attributes, dict) else {}
    key = device.key if isinstance(device.key, str) else None
    named = device.identifier if isinstance(device.identifier, str) else None
    told = (named, _text(data.get("sn")), _tail(key))
    return frozenset(text.strip().casefold() for text in told if text)


def _keeps(where: DeviceFilter) -> Callable[[Device], bool]:
    wanted = None if where.identifier is None else where.identifier.strip().casefold()

    def keeps(device: Device) -> bool:
        integration = device.integration if isinstance(device.integration, Integration) else None
        return (
            where.integration is None
            or (integration is not None and integration.native_id == where.integration)
        ) and (wanted is None or wanted in identifiers_of(device))

    return keeps


def _tail(key: str | None) -> str:
    return (key or "").rpartition(".")[2]


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else str(value) if type(value) is int else None
