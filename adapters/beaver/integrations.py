"""Integrations: what connects kinds of devices to the platform."""

from typing import Annotated

from adapters.beaver.marks import IntegrationId
from adapters.beaver.verbs import BeaverRecord, get, post
from adapters.operation import Effect
from adapters.record import Json, Wire


class IntegrationEntity(BeaverRecord, frozen=True):
    """An entity of the integration itself, with its present value."""

    id: str | None = None
    key: str | None = None
    name: str | None = None
    type: str | None = None
    value_attribute: Json = None
    """Unit, limits, choices: a free-form map."""
    value_type: str | None = None
    access_mod: str | None = None
    parent: str | None = None
    value: Json = None
    """By `value_type` a text, number, truth value or object."""


class Integration(BeaverRecord, frozen=True):
    """An integration with the number of its devices and entities."""

    id: str | None = None
    icon: str | None = None
    name: str | None = None
    description: str | None = None
    add_device_service_key: str | None = None
    """The service that adds devices; its entities are the parameters of a new device."""
    device_count: Annotated[int | None, Wire("deviceCount", also=("device_count",))] = None
    entity_count: Annotated[int | None, Wire("entityCount", also=("entity_count",))] = None


class IntegrationDetail(Integration, frozen=True):
    """An integration with its own entities."""

    delete_device_service_key: str | None = None
    integration_entities: list[IntegrationEntity] | None = None


class IntegrationSearch(BeaverRecord, frozen=True):
    """Which integrations."""

    device_addable: bool | None = None
    device_deletable: bool | None = None


@post("/integration/search", effect=Effect.READ)
def search_integrations(body: IntegrationSearch | None = None) -> list[Integration]:
    """Integrations, perhaps those alone to which devices can be added. (Integration)"""


@get("/integration/{integration_id}")
def get_integration(integration_id: IntegrationId) -> IntegrationDetail:
    """One integration with its own entities. (Integration)"""
