from datetime import timedelta

import pytest
from sqlalchemy import event

from adapters.errors import BadInput
from adapters.local.directory import DirectoryOrder
from adapters.ports import PageRequest
from adapters.ports.directory import DirectoryEntry
from adapters.records import ObjectKind
from tests.adapters.local.samples import NOON

USER, DEVICE = ObjectKind.USER, ObjectKind.DEVICE


def user(name: str, source: str = "omc", **facts) -> DirectoryEntry:
    return DirectoryEntry(kind=USER, source=source, native_id=f"id-{name}", name=name, **facts)


def device(name: str, **facts) -> DirectoryEntry:
    return DirectoryEntry(kind=DEVICE, source="beaver", native_id=f"id-{name}", name=name, **facts)


async def found(store, text: str, **how) -> list[str | None]:
    return [entry.name for entry in (await store.directory.search(text, PageRequest(), **how)).records]


async def test_what_was_remembered_is_found_by_its_id(store):
    await store.directory.upsert([user("noc-shift-a")])

    assert await store.directory.entry(USER, "omc", "id-noc-shift-a") == user("noc-shift-a")


async def test_what_is_remembered_again_takes_the_place_of_what_was(store):
    await store.directory.upsert([user("noc-shift-a", email="old@example.net")])
    await store.directory.upsert([user("noc-shift-a", email="new@example.net")])

    assert (
        await store.directory.by_email("old@example.net"),
        len(await store.directory.by_email("new@example.net")),
    ) == (
        (),
        1,
    )


async def test_an_address_matches_whatever_its_case_and_blanks(store):
    await store.directory.upsert([user("duty-two", email=" DUTY@Example.net ")])

    assert len(await store.directory.by_email("duty@example.NET")) == 1


@pytest.mark.parametrize("empty", ["", "  "])
async def test_an_empty_address_is_nobodys(store, empty):
    await store.directory.upsert([user("duty-two", email=empty, phone=empty)])

    assert (await store.directory.by_email(empty), await store.directory.by_phone(empty)) == ((), ())


@pytest.mark.parametrize("mac", ["4c:fa:ca:11:22:01", "4CFA-CA11-2201", "4cfaca112201", "4C FA CA 11 22 01"])
async def test_a_mac_matches_however_it_is_written(store, mac):
    await store.directory.upsert([device("gateway", mac="4C-FA-CA-11-22-01")])

    assert [e.name for e in await store.directory.of_hardware(DEVICE, (), [mac])] == ["gateway"]


async def test_what_is_no_mac_matches_nothing(store):
    await store.directory.upsert([device("gateway", mac="")])

    assert await store.directory.of_hardware(DEVICE, [""], ["", "gateway"]) == ()


async def test_hardware_is_found_by_its_serial_number(store):
    await store.directory.upsert([device("gateway", identifier="21500829352SGA900583")])

    assert len(await store.directory.of_hardware(DEVICE, ["21500829352sga900583"])) == 1


async def test_hardware_is_found_by_any_number_on_its_label(store):
    await store.directory.upsert(
        [
            device("by key", identifier="24E124650A000001", numbers=("6785A00000000001",)),
            device("longer", identifier="24E124650A000002", numbers=("6785A000000000011",)),
            device("other", identifier="24E124650A000003"),
        ]
    )

    found = await store.directory.of_hardware(DEVICE, ["6785a00000000001", "24e124650a000003"])
    assert sorted(e.name for e in found) == ["by key", "other"]


async def test_a_number_of_a_device_is_none_of_an_approvals(store):
    await store.directory.upsert(
        [device("gateway", identifier="24E124650A000001", numbers=("6785A0000001",))]
    )

    assert await store.directory.of_hardware(ObjectKind.DEVICE_APPROVAL, ["6785A0000001"]) == ()


async def test_a_hundred_labels_take_three_statements(store):
    await store.directory.upsert(device(f"d{n}", identifier=f"24E124650A{n:06X}") for n in range(50))
    seen: list[str] = []
    engine = store.database._reader.sync_engine
    listening = (engine, "before_cursor_execute", lambda _connection, _cursor, text, *_: seen.append(text))

    event.listen(*listening)
    numbers, macs = [f"24E124650A{n:06X}" for n in range(100)], [f"4CFACA1122{n:02X}" for n in range(100)]
    found = await store.directory.of_hardware(DEVICE, numbers, macs)
    event.remove(*listening)

    assert len(found) == 50
    assert len([text for text in seen if text.startswith("SELECT")]) == 3


async def test_objects_of_a_source_are_told_by_their_ids(store):
    await store.directory.upsert([user("a"), user("b"), user("b", source="idaas")])

    told = await store.directory.entries(USER, "omc", ["id-b", "id-c"])
    assert told == {"id-b": user("b")}


async def test_a_full_sweep_forgets_what_it_has_not_seen(store, hands):
    await store.directory.upsert([user("a"), user("b"), user("c", source="idaas")])
    hands.turn(seconds=1)
    sweep = await store.directory.begin_sweep()
    await store.directory.upsert([user("a")], sweep)
    gone = await store.directory.end_sweep(USER, "omc", sweep)
    left = await store.directory.page(USER, PageRequest())

    assert (gone, [entry.name for entry in left.records]) == (1, ["a", "c"])


async def test_what_a_read_passed_during_a_sweep_is_not_forgotten(store, hands):
    sweep = await store.directory.begin_sweep()
    hands.turn(seconds=1)
    await store.directory.upsert([user("new")])

    assert await store.directory.end_sweep(USER, "omc", sweep) == 0


@pytest.mark.parametrize("text", ["shift", "SHIFT-A", "t-", "noc-shift-a@example"])
async def test_a_search_finds_a_text_anywhere(store, text):
    await store.directory.upsert([user("noc-shift-a", email="noc-shift-a@example.net"), user("auditor")])

    assert await found(store, text) == ["noc-shift-a"]


async def test_the_best_match_comes_first(store):
    await store.directory.upsert([user("the gate"), user("gate keeper"), user("gate")])

    assert await found(store, "gate") == ["gate", "gate keeper", "the gate"]


async def test_a_search_may_ask_for_kinds(store):
    await store.directory.upsert([user("gate keeper"), device("gate")])

    assert await found(store, "gate", kinds=(DEVICE,)) == ["gate"]


@pytest.mark.parametrize("text", ["%", "_", '"', "gate OR", "*", "' OR 1=1 --", "NEAR(", "\\", "a%b"])
async def test_signs_that_mean_something_to_a_database_are_plain_letters_here(store, text):
    await store.directory.upsert([user("gate"), user(f"x{text}y")])

    assert await found(store, text) == [f"x{text}y"]


async def test_a_changed_name_is_searched_for_as_it_is_now(store):
    await store.directory.upsert([device("oldname")])
    await store.directory.upsert(
        [DirectoryEntry(kind=DEVICE, source="beaver", native_id="id-oldname", name="newname")]
    )

    assert (len(await found(store, "newname")), await found(store, "ldnam")) == (1, ["newname"])


async def test_search_pages_show_each_once(store):
    await store.directory.upsert([user(f"gate {i:02}") for i in range(25)])
    names, after = [], None
    for _ in range(5):
        page = await store.directory.search("gate", PageRequest(first=6, after=after))
        names += [entry.name for entry in page.records]
        after = page.positions[-1]

    assert names == [f"gate {i:02}" for i in range(25)]


@pytest.mark.parametrize("down", [True, False])
async def test_users_of_all_sources_come_in_the_order_of_their_creation(store, down):
    await store.directory.upsert(
        [user(f"u{i}", source=f"s{i % 3}", created_at=NOON + timedelta(days=(i * 7) % 10)) for i in range(10)]
    )
    days, after = [], None
    for _ in range(4):
        page = await store.directory.page(
            USER, PageRequest(first=3, after=after), DirectoryOrder.CREATED_AT, down=down
        )
        days += [(entry.created_at - NOON).days for entry in page.records]
        after = page.positions[-1]

    assert days == sorted(range(10), reverse=down)


async def test_a_position_of_another_order_is_refused(sqlite_store):
    await sqlite_store.directory.upsert([user("a"), user("b")])
    page = await sqlite_store.directory.page(USER, PageRequest(first=1))
    with pytest.raises(BadInput):
        await sqlite_store.directory.page(
            USER, PageRequest(after=page.positions[0]), DirectoryOrder.CREATED_AT
        )


async def test_deleted_objects_are_forgotten(store):
    await store.directory.upsert([user("a")])
    await store.directory.forget(USER, "omc", ["id-a"])

    assert await store.directory.entry(USER, "omc", "id-a") is None
