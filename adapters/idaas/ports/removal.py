"""Deleting several objects, and telling which could not be deleted."""

from collections.abc import Awaitable, Callable

from adapters.errors import ErrorCode, UpstreamError, UpstreamRejected
from adapters.idaas.marks import is_key
from adapters.ports import Outcome, Refusal

Remove = Callable[[str], Awaitable[object]]
RemoveAll = Callable[[list[str]], Awaitable[object]]


async def removed(
    source: str, native_ids: tuple[str, ...], remove: Remove, *, at_once: RemoveAll | None = None
) -> Outcome[str]:
    """Deletes all in one call where there is one; each on its own otherwise, and where that call is refused."""
    wanted = tuple(dict.fromkeys(native_ids))
    known = [one for one in wanted if is_key(one)]
    refusals = [
        Refusal(code=ErrorCode.NOT_FOUND, message=f"{source} has no {one[:40]!r}.", native_id=one)
        for one in wanted
        if not is_key(one)
    ]
    if at_once is not None and len(known) > 1:
        try:
            await at_once(known)
        except UpstreamRejected:
            # The refusal does not tell whom it is about.
            pass
        else:
            return Outcome(done=tuple(known), refusals=tuple(refusals))
    done: list[str] = []
    for one in known:
        try:
            await remove(one)
        except UpstreamError as error:
            refusals.append(refusal(error, one))
        else:
            done.append(one)
    return Outcome(done=tuple(done), refusals=tuple(refusals))


def refusal(error: UpstreamError, native_id: str) -> Refusal:
    """What the service said no to, about one object."""
    return Refusal(
        code=error.code, message=error.message, native_id=native_id, upstream_code=error.upstream_code
    )
