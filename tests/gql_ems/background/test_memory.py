import pytest

from adapters.ports import PageRequest
from adapters.records import Device, ObjectKind, User
from gql_ems.background import memory as module
from gql_ems.background.memory import FLUSH_SECONDS, Memory


def user(number: int = 1, **facts) -> User:
    return User(source="omc", native_id=str(number), username=f"operator-{number}", **facts)


@pytest.fixture
def memory(store, naps) -> Memory:
    return Memory(store.directory, sleep=naps, monotonic=lambda: 0.0)


async def names(store) -> list[str | None]:
    page = await store.directory.page(ObjectKind.USER, PageRequest(first=500))
    return [entry.name for entry in page.records]


async def test_what_passed_is_in_the_directory_a_moment_later(memory, store, naps, beside):
    async with beside(memory):
        memory.saw([user(1), user(2)])
        before = await names(store)
        await naps.round(FLUSH_SECONDS)

        assert (before, await names(store)) == ([], ["operator-1", "operator-2"])


async def test_what_was_written_lately_is_not_written_again(memory):
    memory.saw([user()])
    first = await memory.flush()
    memory.saw([user()])

    assert (first, await memory.flush()) == (1, 0)


async def test_what_has_changed_since_is_written_again(memory, store):
    memory.saw([user(email="old@example.test")])
    await memory.flush()
    memory.saw([user(email="new@example.test")])
    await memory.flush()

    assert len(await store.directory.by_email("new@example.test")) == 1


async def test_a_list_that_leaves_the_address_open_does_not_take_it_away(memory, store):
    memory.saw([user(email="noc-shift-a@example.test")])
    await memory.flush()
    memory.saw([user()])
    await memory.flush()

    assert len(await store.directory.by_email("noc-shift-a@example.test")) == 1


def sensor(identifier: str = "24E124650A000001", **facts) -> Device:
    key = "milesight-gateway.device.24E124650A000001"
    return Device(
        source="beaver", native_id="7", key=key, identifier=identifier, **{"name": "Sensor"} | facts
    )


async def numbers(store) -> tuple[str | None, tuple[str, ...]]:
    entry = await store.directory.entry(ObjectKind.DEVICE, "beaver", "7")
    return entry.identifier, entry.numbers


async def test_the_number_that_a_single_read_told_stays_whatever_lists_guess(memory, store):
    memory.saw([sensor(identifier_guessed=True)])
    memory.saw([sensor("21500829352SGA900584")], whole=True)
    memory.saw([sensor(identifier_guessed=True)])
    await memory.flush()
    told = await numbers(store)
    other = Memory(store.directory)
    other.saw([sensor(identifier_guessed=True, name="Renamed")])
    await other.flush()

    assert told == await numbers(store) == ("21500829352SGA900584", ("24E124650A000001",))


async def test_a_list_renames_what_was_read_whole_before(memory, store):
    memory.saw([sensor()], whole=True)
    memory.saw([sensor(identifier_guessed=True, name="Renamed")])
    await memory.flush()

    entry = await store.directory.entry(ObjectKind.DEVICE, "beaver", "7")
    assert (entry.name, entry.whole) == ("Renamed", True)


async def test_an_older_row_of_a_list_is_not_put_over_a_single_read(memory, store):
    memory.saw([sensor(identifier_guessed=True, name="Old")])
    memory.saw([sensor(name="New")], whole=True)
    await memory.flush()

    assert (await store.directory.entry(ObjectKind.DEVICE, "beaver", "7")).name == "New"


async def test_an_address_that_is_known_to_be_none_is_taken_away(memory, store):
    memory.saw([user(email="noc-shift-a@example.test")])
    await memory.flush()
    memory.saw([user(email=None)])
    await memory.flush()

    assert await store.directory.by_email("noc-shift-a@example.test") == ()


async def test_another_process_s_memory_of_an_address_is_kept_too(memory, store):
    memory.saw([user(email="noc-shift-a@example.test")])
    await memory.flush()
    other = Memory(store.directory)
    other.saw([user()])
    await other.flush()

    assert len(await store.directory.by_email("noc-shift-a@example.test")) == 1


async def test_what_waits_is_bounded(memory):
    memory.saw(user(number) for number in range(module.MOST_WAITING + 5))

    assert (len(memory), memory.dropped) == (module.MOST_WAITING, 5)


async def test_what_waits_at_the_end_is_written_before_it(memory, store, naps, beside):
    async with beside(memory):
        await naps.begun(FLUSH_SECONDS)
        memory.saw([user()])

    assert await names(store) == ["operator-1"]


async def test_what_the_directory_does_not_hold_is_let_pass(memory):
    memory.saw([PageRequest(), "operator-1", None])

    assert len(memory) == 0


async def test_what_was_deleted_is_forgotten_even_while_it_waits(memory, store):
    memory.saw([user(1), user(2)])
    await memory.flush()
    memory.saw([user(1)])
    await memory.forget(ObjectKind.USER, "omc", ["1"])
    await memory.flush()

    assert await names(store) == ["operator-2"]


async def test_what_could_not_be_written_is_tried_again(store):
    class Full:
        """A directory on a disk that has no room at first."""

        room = False

        async def upsert(self, entries):
            if not self.room:
                raise OSError("no space left on device")
            await store.directory.upsert(entries)

        async def entry(self, kind, source, native_id):
            return await store.directory.entry(kind, source, native_id)

    directory = Full()
    memory = Memory(directory)
    memory.saw([user()])
    with pytest.raises(OSError, match="no space"):
        await memory.flush()
    directory.room = True
    await memory.flush()

    assert await names(store) == ["operator-1"]
