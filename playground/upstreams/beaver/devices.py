"""The Beaver IoT chapters on integrations and devices."""

from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from playground.upstreams.beaver import values
from playground.upstreams.beaver.answers import PAGE, Refusal, matches, ok, page
from playground.upstreams.beaver.chapter import Chapter, Line
from playground.upstreams.beaver.model import Device, Entity, Integration
from playground.upstreams.beaver.things import add_device, remove_device
from playground.upstreams.calls import Call


class Devices(Chapter):
    def lines(self) -> Sequence[Line]:
        one = "/device/{device_id}"
        return (
            Line(
                "POST",
                "/integration/search",
                "search_integrations",
                self.integrations,
                "device_addable:boolean? device_deletable:boolean?",
            ),
            Line("GET", "/integration/{integration_id}", "get_integration", self.integration),
            Line("POST", "/device", "create_device", self.create, "name integration param_entities:object"),
            Line("POST", "/device/search", "search_devices", self.search, PAGE + "name?"),
            Line("PUT", one, "update_device", self.update, "name?"),
            Line("GET", one, "get_device", self.detail),
            Line(
                "POST",
                "/device/batch-delete",
                "batch_delete_devices",
                self.delete,
                "device_id_list:array<string|integer>",
            ),
        )

    def integrations(self, call: Call) -> Response:
        asked = call.object()
        rows = [
            one
            for one in self.house.integrations.values()
            if asked.get("device_addable") in {None, one.add_device_service_key is not None}
            and asked.get("device_deletable") in {None, one.delete_device_service_key is not None}
        ]
        return ok([self._row(one) | self._counts(one, "deviceCount", "entityCount") for one in rows])

    def integration(self, call: Call) -> Response:
        one = self.house.integrations[self.known(self.house.integrations, call.params["integration_id"])]
        own = [e for e in self.house.entities.values() if e.integration == one.id and e.device_id is None]
        return ok(
            self._row(one)
            # The running platform writes these counts in its own way here.
            | self._counts(one, "device_count", "entity_count")
            | {
                "delete_device_service_key": one.delete_device_service_key,
                "integration_entities": [self._own_entity(entity) for entity in own],
            }
        )

    def create(self, call: Call) -> Response:
        body = call.object()
        self._check_name(body["name"])
        integration = self.house.integrations[self.known(self.house.integrations, body["integration"])]
        service = integration.add_device_service_key
        if service is None:
            raise Refusal("parameter_validation_failed", "the integration takes no devices")
        parts = {e.key: e for e in self.house.entities.values() if e.parent == service}
        given: dict[str, Any] = body["param_entities"]
        strange = [key for key in given if key not in parts]
        missing = [
            key for key, part in parts.items() if not part.attribute.get("optional") and key not in given
        ]
        if strange or missing:
            text = f"param_entities: unknown {strange}, missing {missing}"
            call.complain(text)
            raise Refusal("parameter_validation_failed", text)
        for key, value in given.items():
            wrong = values.misfit(parts[key], value)
            if wrong:
                raise Refusal(wrong, key)
        self._add(call, integration, body["name"], given, service)
        return ok()

    def _add(
        self, call: Call, integration: Integration, name: str, given: dict[str, Any], service: str
    ) -> None:
        identifier = given[f"{service}.eui"]
        if any(d.identifier == identifier for d in self.house.devices.values()):
            raise Refusal("parameter_validation_failed", "a device has this EUI")
        data = {"sn": identifier}
        model = given.get(f"{service}.model")
        add_device(
            self.house,
            integration.id,
            name,
            identifier,
            data | ({"model": model} if model else {}),
            at_ms=self.beaver.now_ms,
            user_id=call.account.user_id,
        )

    def search(self, call: Call) -> Response:
        asked = call.object()
        found = [
            device
            for device in self.house.devices.values()
            if matches(asked.get("name"), device.name) and matches(asked.get("keyword"), device.name)
        ]
        return page(found, asked, self._device)

    def update(self, call: Call) -> Response:
        device = self._find(call)
        name = call.object().get("name")
        if name is not None:
            self._check_name(name)
            device.name, device.updated_at = name, self.beaver.now_ms
        return ok()

    def detail(self, call: Call) -> Response:
        device = self._find(call)
        entities = [
            {
                "id": entity.id,
                "key": entity.key,
                "name": entity.name,
                "type": entity.type,
                "value_attribute": entity.attribute,
                "value_type": entity.value_type,
                "access_mod": entity.access_mod,
                "parent": entity.parent,
            }
            for entity in self.house.entities_of(device.id)
        ]
        return ok(self._device(device) | {"identifier": device.identifier, "entities": entities})

    def delete(self, call: Call) -> Response:
        ids = [self.known(self.house.devices, one) for one in call.object()["device_id_list"]]
        if not all(self.house.devices[one].deletable for one in ids):
            raise Refusal("forbidden_permission", "a device of this integration cannot be deleted")
        for one in ids:
            remove_device(self.house, one)
        return ok()

    def _find(self, call: Call) -> Device:
        return self.house.devices[self.known(self.house.devices, call.params["device_id"])]

    @staticmethod
    def _check_name(name: str) -> None:
        if not 1 <= len(name) <= 64:
            raise Refusal("parameter_size_invalid", "name")

    def _device(self, device: Device) -> dict[str, Any]:
        return {
            "id": device.id,
            "key": device.key,
            "name": device.name,
            "integration": device.integration,
            "additional_data": device.additional_data,
            "created_at": device.created_at,
            "updated_at": device.updated_at,
            "integration_name": self.house.integrations[device.integration].name,
            "deletable": device.deletable,
        }

    @staticmethod
    def _row(one: Integration) -> dict[str, Any]:
        return {
            "id": one.id,
            "icon": one.icon,
            "name": one.name,
            "description": one.description,
            "add_device_service_key": one.add_device_service_key,
        }

    def _counts(self, one: Integration, devices: str, entities: str) -> dict[str, Any]:
        return {
            devices: sum(device.integration == one.id for device in self.house.devices.values()),
            entities: sum(entity.integration == one.id for entity in self.house.entities.values()),
        }

    def _own_entity(self, entity: Entity) -> dict[str, Any]:
        last = values.latest(entity, self.house.born_ms)
        return {
            "id": entity.id,
            "key": entity.key,
            "name": entity.name,
            "type": entity.type,
            "value_attribute": entity.attribute,
            "value_type": entity.value_type,
            "access_mod": entity.access_mod,
            "parent": entity.parent,
            "value": values.as_sent(entity, last[1]) if last else None,
        }
