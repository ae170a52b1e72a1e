"""One session for all callers of a source: signed in once, renewed in time, shared with other processes."""

import asyncio
from collections.abc import Callable

import orjson
import pytest
from depot import Clock, Depot, settings

from adapters.dialect import Session
from adapters.errors import UpstreamUnauthenticated, UpstreamUnavailable
from adapters.exchange import Request, Response
from adapters.sessions import Sessions

Told = dict[str, object]


class Door:
    """Where the source lets its clients in; holds everybody until it is opened, where it was closed."""

    def __init__(self, answer: Callable[[str, int], Told | Exception]) -> None:
        self.answer = answer
        self.asked: list[str] = []
        self.open = asyncio.Event()
        self.open.set()

    async def send(self, request: Request, headers: dict[str, str]) -> Response:
        self.asked.append(request.target)
        count = len(self.asked)
        await self.open.wait()
        told = self.answer(request.target, count)
        if isinstance(told, Exception):
            raise told
        return Response(status=200, headers={}, body=orjson.dumps(told))


class Safe:
    """A vault that two processes share."""

    def __init__(self) -> None:
        self.kept: dict[str, Session | None] = {}

    async def load(self, source: str) -> Session | None:
        return self.kept.get(source)

    async def save(self, source: str, session: Session | None) -> None:
        self.kept[source] = session


def numbered_tokens(_target: str, count: int) -> Told:
    return {"token": f"t{count}", "lasts": 60, "renew": f"r{count}"}


def sessions(door: Door, clock: Clock, vault: Safe | None = None) -> Sessions:
    return Sessions(Depot(settings("http://127.0.0.1:1")), door.send, clock, vault)


def token(session: Session) -> str:
    return session.headers["Authorization"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


async def test_many_callers_share_one_sign_in(clock):
    door = Door(numbered_tokens)
    one = sessions(door, clock)
    found = await asyncio.gather(*(one.current() for _ in range(50)))
    assert door.asked == ["/login"]
    assert {token(s) for s in found} == {"t1"}


async def test_a_caller_who_leaves_does_not_end_the_sign_in_of_the_others(clock):
    door = Door(numbered_tokens)
    door.open.clear()
    one = sessions(door, clock)
    first, second = (asyncio.create_task(one.current()) for _ in range(2))
    while not door.asked:
        await asyncio.sleep(0)
    first.cancel()
    door.open.set()
    assert token(await second) == "t1"
    assert door.asked == ["/login"]


async def test_all_callers_hear_of_a_sign_in_that_failed_and_the_next_one_tries_anew(clock):
    def answer(target: str, count: int) -> Told | Exception:
        return UpstreamUnavailable("depot cannot be reached.") if count == 1 else {"token": "t"}

    door = Door(answer)
    one = sessions(door, clock)
    found = await asyncio.gather(*(one.current() for _ in range(3)), return_exceptions=True)
    assert [type(v) for v in found] == [UpstreamUnavailable] * 3
    assert token(await one.current()) == "t"
    assert door.asked == ["/login", "/login"]


async def test_a_session_is_renewed_when_its_time_has_come_and_not_before(clock):
    door = Door(numbered_tokens)
    one = sessions(door, clock)
    await one.current()
    clock.now += 59
    assert token(await one.current()) == "t1"
    assert one.good() is not None
    clock.now += 1
    assert one.good() is None
    assert token(await one.current()) == "t2"
    assert door.asked == ["/login", "/renew?by=r1"]


async def test_many_callers_share_one_renewal(clock):
    door = Door(numbered_tokens)
    one = sessions(door, clock)
    await one.current()
    clock.now += 60
    await asyncio.gather(*(one.current() for _ in range(20)))
    assert door.asked == ["/login", "/renew?by=r1"]


async def test_a_session_that_tells_no_end_is_kept(clock):
    door = Door(lambda target, count: {"token": "t"})
    one = sessions(door, clock)
    await one.current()
    clock.now += 1e9
    await one.current()
    assert door.asked == ["/login"]


async def test_many_refusals_of_one_session_make_one_new_session(clock):
    door = Door(numbered_tokens)
    one = sessions(door, clock)
    old = await one.current()
    found = await asyncio.gather(*(one.after_refusal(old) for _ in range(20)))
    assert {token(s) for s in found} == {"t2"}
    assert len(door.asked) == 2


async def test_who_was_refused_with_an_old_session_takes_the_new_one_as_it_is(clock):
    door = Door(numbered_tokens)
    one = sessions(door, clock)
    old = await one.current()
    new = await one.after_refusal(old)
    assert await one.after_refusal(old) is new
    assert len(door.asked) == 2


async def test_a_refused_renewal_is_followed_by_the_password(clock):
    def answer(target: str, count: int) -> Told:
        return numbered_tokens(target, count) if target == "/login" else {"code": 5}

    door = Door(answer)
    one = sessions(door, clock)
    await one.after_refusal(await one.current())
    assert door.asked == ["/login", "/renew?by=r1", "/login"]


async def test_a_refused_password_is_not_tried_twice(clock):
    door = Door(lambda target, count: {"code": 5})
    with pytest.raises(UpstreamUnauthenticated):
        await sessions(door, clock).current()
    assert door.asked == ["/login"]


async def test_a_renewal_that_finds_nobody_keeps_the_password_at_home(clock):
    def answer(target: str, count: int) -> Told | Exception:
        down = UpstreamUnavailable("depot cannot be reached.")
        return numbered_tokens(target, count) if count != 2 else down

    door = Door(answer)
    one = sessions(door, clock)
    old = await one.current()
    with pytest.raises(UpstreamUnavailable):
        await one.after_refusal(old)
    assert door.asked == ["/login", "/renew?by=r1"]


async def test_two_processes_share_what_is_in_the_vault(clock):
    door, vault = Door(numbered_tokens), Safe()
    first, second = sessions(door, clock, vault), sessions(door, clock, vault)
    assert token(await first.current()) == "t1"
    assert token(await second.current()) == "t1"
    assert door.asked == ["/login"]


async def test_a_session_that_another_process_renewed_is_taken_from_the_vault(clock):
    door, vault = Door(numbered_tokens), Safe()
    first, second = sessions(door, clock, vault), sessions(door, clock, vault)
    old = await first.current()
    other = await second.current()
    await first.after_refusal(old)
    assert token(await second.after_refusal(other)) == "t2"
    assert door.asked == ["/login", "/renew?by=r1"]


async def test_a_session_in_the_vault_that_was_refused_is_not_taken_again(clock):
    door, vault = Door(numbered_tokens), Safe()
    one = sessions(door, clock, vault)
    old = await one.current()
    assert token(await one.after_refusal(old)) == "t2"
    kept = vault.kept["depot"]
    assert kept is not None
    assert token(kept) == "t2"


def test_a_session_never_prints_its_secrets():
    session = Session(headers={"Authorization": "open-sesame"}, refresh="renew-sesame")
    assert "sesame" not in f"{session!r} {session}"
