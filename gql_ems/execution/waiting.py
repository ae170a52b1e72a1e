"""What happens to values that have to be awaited, in graphql-core's order."""

from asyncio import Future, isfuture
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from graphql import FieldNode

from gql_ems.execution.failures import Fail, Path
from gql_ems.execution.gathering import LIGHT, Gathering, Waiting, in_task
from gql_ems.execution.kinds import KINDS, awaits
from gql_ems.execution.kinds import Coroutine as Later
from gql_ems.execution.leaves import UsualItems
from gql_ems.execution.run import Run

# Completes a value to one type: the value and its place in, its part of the answer out.
Complete = Callable[[Run, Any, Path], Any]


@dataclass(frozen=True, slots=True, eq=False)
class Landing:
    """Where values of one type arrive: what completes them, and what is done when that fails.

    `light` says that what is awaited here never asks for its task: it only waits for futures. With
    `usual`, a record that several places wait for is told once for all of them.
    """

    complete: Complete
    fail: Fail
    nodes: list[FieldNode]
    required: bool
    light: bool = False
    usual: UsualItems | None = None

    def land(self, run: Run, value: Any, path: Path) -> Any:
        """Bring a value home: at once, or as a coroutine that raises no errors but for its parents."""
        later: Any
        if value.__class__ is Future:
            resolve = resolve_later if self.usual is None else resolve_shared
            later = resolve(self, run, value, path)
            later.__name__ = LIGHT
            return later
        if value.__class__ is Later or (KINDS[value.__class__] and awaits(value)):
            later = resolve_later(self, run, value, path)
            if self.light or isfuture(value):
                later.__name__ = LIGHT
            return later
        done = self.complete(run, value, path)
        return self.rest(run, done, path) if done.__class__ is Later else done

    def rest(self, run: Run, done: Any, path: Path) -> Any:
        """Give a coroutine that waits for the parts that a value lacks."""
        if self.required and done.cr_code in FILLING:
            # It raises nothing but what fields below have located, for the field above.
            return done
        later: Any = finish_later(self, run, done, path)
        later.__name__ = done.__name__
        return later

    def land_item(self, run: Run, value: Any, path: Path) -> Any:
        """Bring an item of a list home, whose failure is its own unless it must not be null."""
        try:
            return self.land(run, value, path)
        except Exception as error:  # noqa: BLE001
            self.fail(run, error, path)
            return None


async def resolve_later(landing: Landing, run: Run, value: Any, path: Path) -> Any:
    """Await a value, then complete it."""
    try:
        if value.__class__ is Later and not landing.light:
            value = in_task(value)
        done = landing.complete(run, await value, path)
        if done.__class__ is Later:
            done = await done
    except Exception as error:  # noqa: BLE001
        landing.fail(run, error, path)
        return None
    return done


async def resolve_shared(landing: Landing, run: Run, future: Future[Any], path: Path) -> Any:
    """Await a future that others may await, too, then give what its record was told as already."""
    assert landing.usual is not None
    try:
        record = await future
        key = (landing, id(record))
        known = run.told.get(key)
        if known is None:
            # The record is kept beside it, so its identity is not given to another meanwhile.
            known = run.told[key] = (record, landing.usual((record,)))
        if known[1] is not None:
            return known[1][0]
        done = landing.complete(run, record, path)
        if done.__class__ is Later:
            done = await done
    except Exception as error:  # noqa: BLE001
        landing.fail(run, error, path)
        return None
    return done


async def finish_later(landing: Landing, run: Run, done: Any, path: Path) -> Any:
    """Await a value that is complete but for parts of it."""
    try:
        return await done
    except Exception as error:  # noqa: BLE001
        landing.fail(run, error, path)
        return None


def wait(waiting: Waiting | None, key: Any, later: Any) -> Waiting:
    """Note that the value at a key is still to come."""
    if waiting is None:
        return [(key, later)]
    waiting.append((key, later))
    return waiting


def fill(answer: Any, waiting: Waiting) -> Any:
    """Give a coroutine of the answer with what is still to come in its place."""
    whole: Any
    if len(waiting) > 1:
        whole = _fill_all(answer, waiting)
        if all(later.__name__ is LIGHT for _, later in waiting):
            whole.__name__ = LIGHT
        return whole
    key, later = waiting[0]
    whole = _fill_one(answer, key, later)
    whole.__name__ = later.__name__
    return whole


async def _fill_one(answer: Any, key: Any, later: Any) -> Any:
    answer[key] = await later
    return answer


async def _fill_all(answer: Any, waiting: Waiting) -> Any:
    return await Gathering(answer, waiting).result()


def abandon(run: Run, waiting: Waiting) -> None:
    """Let what was begun end in the background, since its place in the answer is gone."""
    run.settle([later for _, later in waiting])


FILLING: Final = (_fill_one.__code__, _fill_all.__code__)
