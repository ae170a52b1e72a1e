"""What the directory remembers of a unified record."""

from typing import Any

from msgspec import UNSET

from adapters import records
from adapters.ports.directory import DirectoryEntry
from adapters.records import ObjectKind, Sourced

KINDS: dict[type[Sourced], ObjectKind] = {
    records.User: ObjectKind.USER,
    records.Role: ObjectKind.ROLE,
    records.Organization: ObjectKind.ORGANIZATION,
    records.NetworkElement: ObjectKind.NETWORK_ELEMENT,
    records.Subscriber: ObjectKind.SUBSCRIBER,
    records.Device: ObjectKind.DEVICE,
    records.Entity: ObjectKind.ENTITY,
    records.Workflow: ObjectKind.WORKFLOW,
    records.DeviceApproval: ObjectKind.DEVICE_APPROVAL,
}
"""The kinds that the directory holds; alarms are searched in the journal's own table."""


def entry_of(record: Sourced) -> DirectoryEntry:
    """The entry of a record; facts that a list did not tell are left out."""
    name, label = _names(record)
    organization = _known(record, "organization")
    identifiers = identifiers_of(record)
    return DirectoryEntry(
        kind=KINDS[type(record)],
        source=record.source,
        native_id=record.native_id,
        name=name,
        label=label,
        email=_known(record, "email"),
        phone=_known(record, "phone") or _known(record, "msisdn"),
        identifier=next(iter(identifiers), None),
        numbers=identifiers[1:],
        whole=not is_guessed(record),
        mac=_known(record, "mac"),
        organization=getattr(organization, "native_id", None),
        created_at=_known(record, "created_at"),
        last_login_at=_known(record, "last_login_at"),
    )


def identifiers_of(record: Sourced) -> tuple[str, ...]:
    """What hardware or a subscription is identified by, the surest first."""
    if isinstance(record, records.Subscriber):
        return (record.imsi,)
    if isinstance(record, records.DeviceApproval):
        return _texts(_known(record, "identifier"))
    if isinstance(record, records.Device):
        attributes = _known(record, "attributes")
        serial = attributes.get("sn") if isinstance(attributes, dict) else None
        key = _known(record, "key")
        return _texts(_known(record, "identifier"), serial, key.rpartition(".")[2] if key else None)
    return ()


def is_guessed(record: Sourced) -> bool:
    """Whether only a read of the object itself tells the surest of its numbers."""
    return isinstance(record, records.Device) and record.identifier_guessed


def _names(record: Sourced) -> tuple[str | None, str | None]:
    if isinstance(record, records.User):
        return record.username, _known(record, "display_name")
    if isinstance(record, records.NetworkElement):
        return _known(record, "name") or record.native_id, record.native_id
    if isinstance(record, records.Subscriber):
        return record.imsi, _known(record, "msisdn")
    return _known(record, "name"), _known(record, "code") or _known(record, "key")


def _known(record: Sourced, field: str) -> Any:
    value = getattr(record, field, None)
    return None if value is UNSET else value


def _texts(*values: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(v).strip() for v in values if v is not None and str(v).strip()))
