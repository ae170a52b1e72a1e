"""How the items of a list become their part of the answer."""

from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from typing import Any

from graphql import GraphQLError, GraphQLList, located_error
from graphql.pyutils import is_iterable

from gql_ems.execution.failures import Fail, Path, keys
from gql_ems.execution.field import Field
from gql_ems.execution.kinds import KINDS, Coroutine, awaits
from gql_ems.execution.run import Run
from gql_ems.execution.waiting import Complete, Waiting, abandon, fill, finish_later, resolve_later, wait


def list_completer(of_type: GraphQLList[Any], field: Field, complete: Complete) -> Complete:
    """Make what completes each item of a list with the completer of its items."""
    fail = field.fail(of_type.of_type)
    message = f"Expected Iterable, but did not find one for field '{field.parent}.{field.name}'."

    def complete_list(run: Run, value: Any, path: Path, info: Any) -> Any:
        if value.__class__ is not list and value.__class__ is not tuple:
            if hasattr(value, "__aiter__"):
                return _drain(run, value.__aiter__(), path, info, complete, fail, field)
            if not is_iterable(value):
                raise GraphQLError(message)
        items: list[Any] = []
        append = items.append
        waiting: Waiting | None = None
        iterator = iter(value)
        try:
            for index, item in enumerate(iterator):
                at = (path, index, None)
                if KINDS[item.__class__] and awaits(item):
                    done: Any = resolve_later(run, item, at, info, complete, fail)
                else:
                    try:
                        done = complete(run, item, at, info)
                    except Exception as error:  # noqa: BLE001
                        fail(run, error, at)
                        done = None
                    else:
                        if done.__class__ is Coroutine:
                            done = finish_later(run, done, at, fail)
                append(done)
                if done.__class__ is Coroutine:
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


async def _drain(
    run: Run,
    iterator: AsyncIterator[Any],
    path: Path,
    info: Any,
    complete: Complete,
    fail: Fail,
    field: Field,
) -> list[Any]:
    """Complete the items of an asynchronous list, one after the other."""
    items: list[Any] = []
    waiting: Waiting | None = None
    index = 0
    try:
        while True:
            at = (path, index, None)
            try:
                item = await anext(iterator)
            except StopAsyncIteration:
                break
            except Exception as error:
                raise located_error(error, field.nodes, keys(path)) from error
            if awaits(item):
                done: Any = resolve_later(run, item, at, info, complete, fail)
            else:
                try:
                    done = complete(run, item, at, info)
                except Exception as error:  # noqa: BLE001
                    fail(run, error, at)
                    done = None
                else:
                    if done.__class__ is Coroutine:
                        done = finish_later(run, done, at, fail)
            items.append(done)
            if done.__class__ is Coroutine:
                waiting = wait(waiting, index, done)
            index += 1
    except Exception:
        close = getattr(iterator, "aclose", None)
        if close is not None:
            with suppress(Exception):
                await close()
        if waiting is not None:
            abandon(run, waiting)
        raise
    return items if waiting is None else await fill(items, waiting)
