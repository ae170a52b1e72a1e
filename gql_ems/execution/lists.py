"""How the items of a list become their part of the answer."""

from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import suppress
from typing import Any

from graphql import GraphQLError, GraphQLList, is_non_null_type, located_error
from graphql.pyutils import is_iterable

from gql_ems.execution.failures import Path, keys
from gql_ems.execution.field import Field
from gql_ems.execution.gathering import Waiting, in_task
from gql_ems.execution.kinds import Coroutine as Later
from gql_ems.execution.kinds import Kinds, awaits
from gql_ems.execution.leaves import UsualItems
from gql_ems.execution.run import Run
from gql_ems.execution.waiting import Complete, Landing, abandon, fill, wait


def list_completer(
    of_type: GraphQLList[Any],
    field: Field,
    complete: Complete,
    kinds: Kinds,
    direct: Complete,
    usual: UsualItems | None = None,
) -> Complete:
    """Make what completes each item of a list.

    That is `direct` for items of a class that is plain to `kinds`, else `complete`. Lists for which
    `usual` gives something need neither.
    """
    item_type = of_type.of_type
    landing = Landing(complete, field.fail(item_type), field.nodes, is_non_null_type(item_type))
    land_item, rest, fail = landing.land_item, landing.rest, landing.fail
    message = f"Expected Iterable, but did not find one for field '{field.parent}.{field.name}'."

    def complete_list(run: Run, value: Any, path: Path) -> Any:
        if value.__class__ is not list and value.__class__ is not tuple:
            if hasattr(value, "__aiter__"):
                return _drained(_drain(landing, run, value.__aiter__(), path))
            if not is_iterable(value):
                raise GraphQLError(message)
        elif usual is not None and (found := usual(value)) is not None:
            return found
        items: list[Any] = []
        append = items.append
        waiting: Waiting | None = None
        iterator = iter(value)
        try:
            for index, item in enumerate(iterator):
                place = (path, index, None)
                if kinds[item.__class__]:
                    done = land_item(run, item, place)
                else:
                    try:
                        done = direct(run, item, place)
                    except Exception as error:  # noqa: BLE001
                        fail(run, error, place)
                        done = None
                    if done.__class__ is Later:
                        done = rest(run, done, place)
                append(done)
                if done.__class__ is Later:
                    waiting = wait(waiting, index, done)
        except Exception:
            _leave(run, waiting, iterator)
            raise
        return items if waiting is None else fill(items, waiting)

    return complete_list


def _leave(run: Run, waiting: Waiting | None, iterator: Iterator[Any]) -> None:
    """Settle what the list has begun, and what it still holds to be awaited."""
    begun = [] if waiting is None else [later for _, later in waiting]
    with suppress(Exception):
        begun.extend(item for item in iterator if awaits(item))
    if begun:
        run.settle(begun)


async def _drained(draining: Coroutine[Any, Any, list[Any]]) -> list[Any]:
    drained: list[Any] = await in_task(draining)
    return drained


async def _drain(landing: Landing, run: Run, iterator: AsyncIterator[Any], path: Path) -> list[Any]:
    """Complete the items of an asynchronous list, one after the other."""
    items: list[Any] = []
    waiting: Waiting | None = None
    try:
        while True:
            try:
                item = await anext(iterator)
            except StopAsyncIteration:
                break
            except Exception as error:
                raise located_error(error, landing.nodes, keys(path)) from error
            index = len(items)
            done = landing.land_item(run, item, (path, index, None))
            items.append(done)
            if done.__class__ is Later:
                waiting = wait(waiting, index, done)
    except Exception:
        close = getattr(iterator, "aclose", None)
        if close is not None:
            with suppress(Exception):
                await close()
        if waiting is not None:
            abandon(run, waiting)
        raise
    return items if waiting is None else await fill(items, waiting)
