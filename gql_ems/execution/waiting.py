"""What happens to values that have to be awaited, in graphql-core's order."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from graphql import FieldNode
from graphql.pyutils import gather_with_cancel

from gql_ems.execution.failures import Fail, Path
from gql_ems.execution.kinds import KINDS, awaits
from gql_ems.execution.kinds import Coroutine as Later
from gql_ems.execution.run import Run

Complete = Callable[[Run, Any, Path, Any], Any]

Waiting = list[tuple[Any, Coroutine[Any, Any, Any]]]


@dataclass(frozen=True, slots=True, eq=False)
class Landing:
    """Where values of one type arrive: what completes them, and what is done when that fails."""

    complete: Complete
    fail: Fail
    nodes: list[FieldNode]

    def land(self, run: Run, value: Any, path: Path, info: Any) -> Any:
        """Bring a value home: at once, or as a coroutine that raises no errors but for its parents."""
        if KINDS[value.__class__] and awaits(value):
            return resolve_later(self, run, value, path, info)
        done = self.complete(run, value, path, info)
        if done.__class__ is Later:
            return finish_later(self, run, done, path)
        return done

    def land_item(self, run: Run, value: Any, path: Path, info: Any) -> Any:
        """Bring an item of a list home, whose failure is its own unless it must not be null."""
        try:
            return self.land(run, value, path, info)
        except Exception as error:  # noqa: BLE001
            self.fail(run, error, path)
            return None


async def resolve_later(landing: Landing, run: Run, value: Any, path: Path, info: Any) -> Any:
    """Await a value, then complete it."""
    try:
        done = landing.complete(run, await value, path, info)
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


def wait(waiting: Waiting | None, key: Any, later: Coroutine[Any, Any, Any]) -> Waiting:
    """Note that the value at a key is still to come."""
    if waiting is None:
        return [(key, later)]
    waiting.append((key, later))
    return waiting


async def fill(answer: Any, waiting: Waiting) -> Any:
    """Await what is still to come, all at once, and put it into the answer."""
    if len(waiting) == 1:
        key, later = waiting[0]
        answer[key] = await later
        return answer
    values = await gather_with_cancel(*[later for _, later in waiting])
    for (key, _), value in zip(waiting, values, strict=True):
        answer[key] = value
    return answer


def abandon(run: Run, waiting: Waiting) -> None:
    """Let what was begun end in the background, since its place in the answer is gone."""
    run.settle([later for _, later in waiting])
