"""Deleting several objects at once, and telling which could not be deleted."""

from collections.abc import Awaitable, Callable

from adapters.beaver.ports.ids import is_id
from adapters.errors import ErrorCode, UpstreamError, UpstreamRejected
from adapters.ports import Outcome, Refusal


def refusal(error: UpstreamError, native_id: str) -> Refusal:
    """What a source said no to, about one object."""
    return Refusal(
        code=error.code, message=error.message, native_id=native_id, upstream_code=error.upstream_code
    )


async def removed(
    source: str, native_ids: tuple[str, ...], remove: Callable[[list[str]], Awaitable[None]]
) -> Outcome[str]:
    """Removes all in one call; where that is refused, one by one, to tell the refused from the others."""
    known = list(dict.fromkeys(one for one in native_ids if is_id(one)))
    refusals = [
        Refusal(code=ErrorCode.NOT_FOUND, message=f"{source} has no {one[:40]!r}.", native_id=one)
        for one in dict.fromkeys(native_ids)
        if not is_id(one)
    ]
    if not known:
        return Outcome(refusals=tuple(refusals))
    try:
        await remove(known)
    except UpstreamRejected as error:
        if len(known) == 1:
            return Outcome(refusals=(*refusals, refusal(error, known[0])))
    else:
        return Outcome(done=tuple(known), refusals=tuple(refusals))
    done: list[str] = []
    for one in known:
        try:
            await remove([one])
        except UpstreamError as error:
            refusals.append(refusal(error, one))
        else:
            done.append(one)
    return Outcome(done=tuple(done), refusals=tuple(refusals))
