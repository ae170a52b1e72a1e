"""Devices of the platform."""

from adapters.beaver.marks import Id, Ids, IntegrationId, PageSearch
from adapters.beaver.verbs import BeaverRecord, get, post, put
from adapters.operation import Effect
from adapters.record import Json, Millis, Rows, Whole


class DeviceEntity(BeaverRecord, frozen=True):
    """An entity as its device lists it."""

    id: str | None = None
    key: str | None = None
    name: str | None = None
    type: str | None = None
    value_attribute: Json = None
    """Unit, limits, choices: a free-form map."""
    value_type: str | None = None
    access_mod: str | None = None
    """Sent by running platforms; the document has it with integrations alone."""
    parent: str | None = None
    """Key of the entity that it is a part of."""
    whole: Whole = None


class Device(BeaverRecord, frozen=True):
    """A device, as lists show it."""

    id: str | None = None
    key: str | None = None
    """Integration, `device` and identifier, joined by dots; the keys of its entities begin with it."""
    name: str | None = None
    integration: str | None = None
    additional_data: Json = None
    created_at: Millis | None = None
    updated_at: Millis | None = None
    integration_name: str | None = None
    deletable: bool | None = None
    identifier: str | None = None
    """ESN, EUI or serial number; told by the single read, by newer platforms in lists, too."""
    whole: Whole = None


class DeviceDetail(Device, frozen=True):
    """A device with its entities."""

    entities: list[DeviceEntity] | None = None


class DeviceDraft(BeaverRecord, frozen=True):
    """A device to add."""

    name: str
    integration: IntegrationId
    param_entities: Json
    """Values by key of the entities below the integration's `add_device_service_key`."""


class DeviceSearch(PageSearch, frozen=True):
    """Which devices; the name stands somewhere in a device's name."""

    name: str | None = None


class DeviceUpdate(BeaverRecord, frozen=True):
    """A new name for a device."""

    name: str | None = None


class DeviceIdList(BeaverRecord, frozen=True):
    """Devices to delete."""

    device_id_list: Ids


@post("/device")
def create_device(body: DeviceDraft) -> None:
    """Adds a device to an integration; its id is not told. (Devices)"""


@post("/device/search", effect=Effect.READ)
def search_devices(body: DeviceSearch | None = None) -> Rows[Device]:
    """Devices by name. (Devices)"""


@put("/device/{device_id}")
def update_device(device_id: Id, body: DeviceUpdate) -> None:
    """Renames a device. (Devices)"""


@get("/device/{device_id}")
def get_device(device_id: Id) -> DeviceDetail:
    """One device with its entities. (Devices)"""


@post("/device/batch-delete")
def batch_delete_devices(body: DeviceIdList) -> None:
    """Deletes devices with their entities. (Devices)"""
