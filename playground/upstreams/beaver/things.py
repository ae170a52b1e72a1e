"""The integrations, devices and entities that the pretend Beaver IoT starts with."""

from typing import Any

from playground.upstreams.beaver.model import Device, Entity, House, Integration
from playground.upstreams.world import HARDWARE

DAY_MS = 86_400_000
LORA, CAMPUS, SYSTEM = "milesight-gateway", "campus-bridge", "system"
PLAIN_DEVICES = 60
FIRST_EUI = 0x24E124650A000000
_STATES = {"normal": "Normal", "warning": "Warning", "maintenance": "Maintenance"}
_SPECS: tuple[tuple[str, str, str, str, str | None, dict[str, Any]], ...] = (
    # identifier, name, type, value type, access, attributes; a dot in the identifier makes a part.
    (
        "temperature",
        "Temperature",
        "PROPERTY",
        "DOUBLE",
        "R",
        {"unit": "°C", "min": -40, "max": 85, "fraction_digits": 1},
    ),
    ("battery", "Battery", "PROPERTY", "LONG", "R", {"unit": "%", "min": 0, "max": 100}),
    ("online", "Online", "PROPERTY", "BOOLEAN", "R", {"important": 1}),
    ("state", "State", "PROPERTY", "STRING", "RW", {"enum": _STATES}),
    ("frame", "Last frame", "PROPERTY", "BINARY", "R", {"format": "IMAGE:BASE64"}),
    ("config", "Configuration", "PROPERTY", "OBJECT", "RW", {}),
    (
        "config.interval",
        "Reporting interval",
        "PROPERTY",
        "LONG",
        "RW",
        {"unit": "s", "min": 10, "max": 86_400, "optional": True},
    ),
    ("config.label", "Label", "PROPERTY", "STRING", "W", {"max_length": 32}),
    ("alarm", "Alarm", "EVENT", "OBJECT", None, {}),
    ("reboot", "Reboot", "SERVICE", "OBJECT", None, {}),
    ("reboot.delay", "Delay", "SERVICE", "LONG", "W", {"unit": "s", "min": 0, "max": 600}),
)


def add_things(made: House) -> None:
    """Fill the house with integrations, devices and entities."""
    for one in (
        Integration(
            LORA,
            "Gateway",
            "LoRaWAN devices behind our gateways",
            "/public/gateway.svg",
            f"{LORA}.integration.add_device",
            f"{LORA}.integration.delete_device",
        ),
        Integration(
            CAMPUS,
            "Campus bridge",
            "Network devices of the campus",
            "/public/campus.svg",
            f"{CAMPUS}.integration.add_device",
        ),
        Integration(SYSTEM, "System", "The platform itself", "/public/system.svg"),
    ):
        made.integrations[one.id] = one
        _add_services(made, one)
    for number in range(len(HARDWARE) + PLAIN_DEVICES):
        _add_seeded(made, number)


def _put(made: House, spec: dict[str, Any]) -> Entity:
    entity = Entity(id=made.new_id(), **spec)
    made.entities[entity.id] = entity
    return entity


def _add_services(made: House, integration: Integration) -> None:
    common = {"integration": integration.id, "created_at": made.born_ms - 400 * DAY_MS}
    common["updated_at"] = common["created_at"]
    _put(
        made,
        {
            "key": f"{integration.id}.integration.connect_status",
            "name": "Connection",
            "type": "PROPERTY",
            "value_type": "STRING",
            "access_mod": "R",
            "measured": True,
            "attribute": {"enum": _STATES},
            **common,
        },
    )
    for key in (integration.add_device_service_key, integration.delete_device_service_key):
        if key is None:
            continue
        service = {"type": "SERVICE", "value_type": "OBJECT", "name": key.rpartition(".")[2], **common}
        _put(made, {"key": key, **service})
        part = {"type": "SERVICE", "value_type": "STRING", "access_mod": "W", "parent": key, **common}
        _put(made, {"key": f"{key}.eui", "name": "EUI", **part})
        _put(made, {"key": f"{key}.model", "name": "Model", "attribute": {"optional": True}, **part})


def _add_seeded(made: House, number: int) -> None:
    created = made.born_ms - (200 - number) * DAY_MS
    if number < len(HARDWARE):
        box = HARDWARE[number]
        integration = LORA if number == 3 else CAMPUS
        # One is known by its key alone, one by its serial number, two by their MAC as well.
        identifier = f"{FIRST_EUI - 1:016X}" if number == 1 else box.identifier
        data: dict[str, Any] = {"model": box.model}
        if number != 2:
            data["sn"] = box.identifier
        if number in {0, 3}:
            data["mac"] = box.mac.lower().replace(":", "" if number else "-")
        name = box.name
    else:
        at = number - len(HARDWARE)
        # The second key begins with the first one; names repeat: neither tells devices apart.
        identifier = f"{FIRST_EUI:016X}1" if at == 1 else f"{FIRST_EUI + at:016X}"
        integration = LORA
        data = {"model": "EM300-TH", "sn": f"6785A{at:011d}"}
        name = f"Sensor hall {at // 2 + 1:02d}"
    owners = list(made.users)
    user_id = owners[number % len(owners)]
    add_device(made, integration, name, identifier, data, at_ms=created, user_id=user_id, measured=True)


def add_device(
    made: House,
    integration: str,
    name: str,
    identifier: str,
    data: dict[str, Any],
    *,
    at_ms: int,
    user_id: str,
    measured: bool = False,
) -> Device:
    """Put a device and its entities into the house."""
    key = f"{integration}.device.{identifier}"
    device = Device(made.new_id(), key, name, integration, identifier, data, at_ms, at_ms, user_id)
    device.deletable = integration == LORA
    made.devices[device.id] = device
    for path, label, kind, value_type, access, attribute in _SPECS:
        parent, _, _leaf = path.rpartition(".")
        _put(
            made,
            {
                "key": f"{key}.{path}",
                "name": label,
                "type": kind,
                "value_type": value_type,
                "access_mod": access,
                "attribute": dict(attribute),
                "integration": integration,
                "device_id": device.id,
                "parent": f"{key}.{parent}" if parent else None,
                "created_at": at_ms,
                "updated_at": at_ms,
                "measured": measured and kind == "PROPERTY" and access != "W",
            },
        )
    return device


def remove_device(made: House, device_id: str) -> None:
    """Take a device and its entities out, also from roles."""
    for entity in made.entities_of(device_id):
        del made.entities[entity.id]
    del made.devices[device_id]
    for role in made.roles.values():
        role.resources = [one for one in role.resources if one != ("DEVICE", device_id)]
