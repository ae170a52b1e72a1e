"""What the directory remembers of each kind of object: by what it is called, found and joined."""

from datetime import UTC, datetime

import pytest
from msgspec import UNSET

from adapters import records
from adapters.indexing import KINDS, entry_of, identifiers_of
from adapters.ports.directory import DirectoryEntry
from adapters.records import ObjectKind

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
AT = {"source": "s", "native_id": "7"}


def told(entry: DirectoryEntry) -> dict[str, object]:
    """What an entry holds beside what it is the entry of."""
    facts = {name: getattr(entry, name) for name in entry.__struct_fields__}
    plain = DirectoryEntry(kind=entry.kind, source="s", native_id="7", whole=True)
    return {name: value for name, value in facts.items() if value != getattr(plain, name)}


CASES = {
    "a user": (
        records.User(
            **AT,
            username="noc-a",
            display_name="NOC A",
            email="noc-a@example.test",
            phone="139",
            organization=records.Organization(source="s", native_id="12"),
            created_at=NOON,
            last_login_at=NOON,
        ),
        {
            "name": "noc-a",
            "label": "NOC A",
            "email": "noc-a@example.test",
            "phone": "139",
            "organization": "12",
            "created_at": NOON,
            "last_login_at": NOON,
        },
    ),
    "a user of whom a list tells little": (records.User(**AT, username="noc-a"), {"name": "noc-a"}),
    "a user without an organization": (
        records.User(**AT, username="noc-a", organization=None),
        {"name": "noc-a"},
    ),
    "a role": (records.Role(**AT, name="Watch", code="watch"), {"name": "Watch", "label": "watch"}),
    "an organization": (
        records.Organization(**AT, name="Hall", code="hall", email="hall@example.test", phone="1"),
        {"name": "Hall", "label": "hall", "email": "hall@example.test", "phone": "1"},
    ),
    "an element": (
        records.NetworkElement(source="s", native_id="7", ne_type="SMF", ne_id="001", name="SMF_001"),
        {"name": "SMF_001", "label": "7"},
    ),
    "an element whose name is not told": (
        records.NetworkElement(source="s", native_id="7", ne_type="SMF", ne_id="001"),
        {"name": "7", "label": "7"},
    ),
    "a subscriber": (
        records.Subscriber(**AT, ne_id="001", imsi="460001", msisdn="139"),
        {"name": "460001", "label": "139", "phone": "139", "identifier": "460001"},
    ),
    "a device": (
        records.Device(
            **AT,
            key="lora.device.24E1",
            name="Sensor",
            identifier="24e1",
            mac="4C:FA",
            attributes={"sn": "67"},
        ),
        {
            "name": "Sensor",
            "label": "lora.device.24E1",
            "identifier": "24e1",
            "numbers": ("67", "24E1"),
            "mac": "4C:FA",
        },
    ),
    "a device whose identifier is guessed": (
        records.Device(**AT, key="lora.device.24E1", identifier="24E1", identifier_guessed=True),
        {"label": "lora.device.24E1", "identifier": "24E1", "whole": False},
    ),
    "an entity": (records.Entity(**AT, key="lora.t", name="Heat"), {"name": "Heat", "label": "lora.t"}),
    "a workflow": (records.Workflow(**AT, name="Night"), {"name": "Night"}),
    "an approval": (
        records.DeviceApproval(**AT, name="gate", identifier="2150", mac="4C-FA"),
        {"name": "gate", "identifier": "2150", "mac": "4C-FA"},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_an_entry_holds_what_a_record_tells(case):
    record, wanted = CASES[case]
    entry = entry_of(record)

    assert (entry.kind, entry.source, entry.native_id) == (KINDS[type(record)], "s", "7")
    assert told(entry) == wanted


def test_every_kind_that_the_directory_holds_is_among_the_cases():
    assert {type(record) for record, _ in CASES.values()} == set(KINDS)
    assert set(ObjectKind) - set(KINDS.values()) == {ObjectKind.ALARM}


@pytest.mark.parametrize(
    ("facts", "numbers"),
    [
        ({"identifier": " 2150 ", "attributes": {"sn": 2150}}, ("2150",)),
        ({"identifier": None, "attributes": {"sn": ""}, "key": "lora.device.24E1"}, ("24E1",)),
        ({"identifier": UNSET, "attributes": ["sn"], "key": UNSET}, ()),
        ({"identifier": "2150", "attributes": {"sn": None}, "key": "2150"}, ("2150",)),
    ],
)
def test_numbers_are_trimmed_and_told_once(facts, numbers):
    assert identifiers_of(records.Device(**AT, **facts)) == numbers
