import asyncio

import pytest

from adapters.errors import UpstreamUnavailable
from adapters.local.source import local_source
from adapters.ports import DeviceFilter, Devices, Page, PageRequest, Source, UserFilter, Users
from adapters.ports.people import UserDraft
from adapters.records import Device, Dialect, ObjectKind, User
from gql_ems.background.sweep import DirectorySweep

EACH = 600.0


class Staff(Users):
    """Users in memory, three a page, or a failure in their middle."""

    def __init__(self, *names: str) -> None:
        self.source = "staff"
        self.names = names
        self.fails_at: int | None = None
        self.email: str | None = None

    async def page(self, where: UserFilter, request: PageRequest) -> Page[User]:
        start = request.after or 0
        if self.fails_at is not None and start >= self.fails_at:
            raise UpstreamUnavailable("staff cannot be reached.", source="staff")
        part = self.names[start : start + 3]
        told = {} if self.email is None else {"email": self.email}
        return Page(
            records=tuple(User(source="staff", native_id=name, username=name, **told) for name in part),
            positions=tuple(range(start + 1, start + len(part) + 1)),
            more=start + 3 < len(self.names),
        )

    async def get(self, native_id: str) -> User | None:
        return None


def source_of(users: Staff) -> Source:
    async def nothing():
        return None

    return Source(
        name="staff", dialect=Dialect.IDAAS, health=nothing, probe=nothing, close=nothing, users=users
    )


@pytest.fixture
def staff() -> Staff:
    return Staff(*(f"operator-{number}" for number in range(8)))


async def known(store, kind: ObjectKind = ObjectKind.USER) -> int | None:
    return (await store.directory.page(kind, PageRequest(first=1))).total


def sweep_of(store, staff, naps) -> DirectorySweep:
    return DirectorySweep([source_of(staff)], store, EACH, sleep=naps, chance=lambda: 0.0)


async def test_every_page_of_a_list_is_remembered(store, staff, naps, beside):
    async with beside(sweep_of(store, staff, naps)):
        await naps.begun(EACH)

    assert await known(store) == 8


async def test_what_is_gone_from_a_source_is_forgotten_by_the_next_sweep(store, staff, hands, naps, beside):
    async with beside(sweep_of(store, staff, naps)):
        await naps.begun(EACH)
        staff.names = staff.names[:5]
        hands.turn(minutes=10)
        await naps.round(EACH)

    assert await known(store) == 5


async def test_a_source_that_fails_in_the_middle_keeps_its_entries(store, staff, hands, naps, beside):
    async with beside(sweep_of(store, staff, naps)):
        await naps.begun(EACH)
        staff.fails_at = 3
        hands.turn(minutes=10)
        await naps.end(EACH)
        await naps.begun(30.0)

    assert await known(store) == 8


async def test_a_source_that_failed_is_swept_again_before_the_usual_time(store, staff, naps, beside):
    staff.fails_at = 0
    async with beside(sweep_of(store, staff, naps)):
        await naps.end(30.0)
        staff.fails_at = None
        await naps.begun(EACH)

    assert await known(store) == 8


async def test_a_list_that_does_not_get_on_ends_the_sweep_of_it(store, staff, naps):
    class Circle(Staff):
        async def page(self, where, request):
            page = await super().page(where, PageRequest(first=3))
            return Page(records=page.records, positions=(1, 2, 3), more=True)

    assert await sweep_of(store, Circle("a", "b", "c"), naps).sweep(source_of(Circle("a", "b", "c"))) is False


async def test_what_a_list_leaves_open_stays_as_a_single_read_told_it(store, staff, naps):
    sweep, source = sweep_of(store, staff, naps), source_of(staff)
    staff.email = "noc-shift-a@example.test"
    await sweep.sweep(source)
    staff.email = None
    await sweep.sweep(source)

    assert len(await store.directory.by_email("noc-shift-a@example.test")) == 8


class Boxes(Devices):
    """Devices whose list only guesses their identifier; some cannot be read by themselves."""

    def __init__(self, count: int, *broken: str) -> None:
        self.source = "boxes"
        self.count = count
        self.broken = set(broken)
        self.read: list[str] = []
        self.at_once = self.most_at_once = 0

    async def page(self, where: DeviceFilter, request: PageRequest) -> Page[Device]:
        rows = [self.box(str(n), identifier=f"guess-{n}", identifier_guessed=True) for n in range(self.count)]
        return Page(records=tuple(rows), positions=tuple(range(1, len(rows) + 1)))

    async def get(self, native_id: str) -> Device | None:
        self.read.append(native_id)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0)
        self.at_once -= 1
        if native_id in self.broken:
            raise UpstreamUnavailable("boxes cannot be reached.", source="boxes")
        return self.box(native_id, identifier=f"ESN-{native_id}")

    def box(self, native_id: str, **facts) -> Device:
        return Device(source="boxes", native_id=native_id, key=f"key-{native_id}", name="Box", **facts)


async def test_what_a_list_only_guesses_is_read_once_a_few_at_a_time(store, naps):
    boxes = Boxes(30)
    source = Source(name="boxes", dialect=Dialect.BEAVER, health=None, probe=None, close=None, devices=boxes)
    sweep = DirectorySweep([source], store, EACH, sleep=naps)

    assert [await sweep.sweep(source), await sweep.sweep(source)] == [True, True]
    assert sorted(boxes.read, key=int) == [str(n) for n in range(30)]
    assert boxes.most_at_once == 8
    assert len(await store.directory.of_hardware(ObjectKind.DEVICE, ["esn-7", "guess-29"])) == 2


async def test_an_object_that_cannot_be_read_is_left_to_the_next_sweep(store, naps):
    boxes = Boxes(3, "1")
    source = Source(name="boxes", dialect=Dialect.BEAVER, health=None, probe=None, close=None, devices=boxes)
    sweep = DirectorySweep([source], store, EACH, sleep=naps)
    first = await sweep.sweep(source)
    boxes.broken.clear()
    boxes.read.clear()

    assert (first, await sweep.sweep(source), boxes.read) == (True, True, ["1"])
    assert await known(store, ObjectKind.DEVICE) == 3


async def test_an_omc_is_swept_kind_by_kind(store, omc, naps):
    whole = await DirectorySweep([omc], store, EACH, sleep=naps).sweep(omc)
    found = {kind: await known(store, kind) for kind in omc.ports}

    assert (whole, [kind for kind, number in found.items() if not number]) == (True, [])


async def test_the_local_store_is_swept_like_any_other(store, naps):
    source = local_source(store)
    draft = UserDraft(username="noc-shift-b", password="sandbox-Pass-1")
    await source.users.create(draft)
    await DirectorySweep([source], store, EACH, sleep=naps).sweep(source)

    assert await known(store) == 1
