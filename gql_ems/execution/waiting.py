"""What happens to values that have to be awaited, in graphql-core's order."""

from collections.abc import Callable, Coroutine
from typing import Any

from graphql.pyutils import gather_with_cancel

from gql_ems.execution.failures import Fail, Path
from gql_ems.execution.kinds import KINDS, Coroutine as CoroutineClass, awaits
from gql_ems.execution.run import Run

Complete = Callable[[Run, Any, Path, Any], Any]

Waiting = list[tuple[Any, Coroutine[Any, Any, Any]]]


async def resolve_later(
    run: Run, value: Any, path: Path, info: Any, complete: Complete, fail: Fail
) -> Any:
    """Await a value, then complete it."""
    try:
        done = complete(run, await value, path, info)
        if done.__class__ is CoroutineClass:
            done = await done
    except Exception as error:  # noqa: BLE001
        fail(run, error, path)
        return None
    return done


async def finish_later(run: Run, done: Coroutine[Any, Any, Any], path: Path, fail: Fail) -> Any:
    """Await a value that is complete but for parts of it."""
    try:
        return await done
    except Exception as error:  # noqa: BLE001
        fail(run, error, path)
        return None


def landing(complete: Complete, fail: Fail) -> Complete:
    """Make what brings the result of a field home: at once, or as a coroutine."""

    def land(run: Run, value: Any, path: Path, info: Any) -> Any:
        if KINDS[value.__class__] and awaits(value):
            return resolve_later(run, value, path, info, complete, fail)
        done = complete(run, value, path, info)
        if done.__class__ is CoroutineClass:
            return finish_later(run, done, path, fail)
        return done

    return land


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
