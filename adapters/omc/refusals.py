"""What a refusal of the OMC means where one object of several was refused, or one was looked up."""

from collections.abc import Awaitable, Callable

from adapters.errors import BadInput, ErrorCode, UpstreamRejected
from adapters.ports import Outcome, Refusal


def refusal(error: UpstreamRejected, native_id: str | None = None) -> Refusal:
    """A refusal as data, under the object that it is about."""
    return Refusal(
        code=error.code,
        message=error.message,
        native_id=native_id,
        upstream_code=error.upstream_code,
    )


def absent(error: UpstreamRejected) -> bool:
    """Whether a lookup found nothing: the OMC says 404, or its plain business no, code 0."""
    return error.code is ErrorCode.NOT_FOUND or error.upstream_code == "0"


async def one_by_one(
    native_ids: tuple[str, ...], delete: Callable[[tuple[str, ...]], Awaitable[object]]
) -> Outcome[str]:
    """Deletes all at once; where that is refused, each alone, so that every one is told of."""
    if not native_ids:
        return Outcome()
    try:
        await delete(native_ids)
    except (BadInput, UpstreamRejected) as error:
        if len(native_ids) == 1:
            return Outcome(refusals=(_told(error, native_ids[0]),))
    else:
        return Outcome(done=native_ids)
    outcomes = [await one_by_one((native_id,), delete) for native_id in native_ids]
    return Outcome(
        done=tuple(done for outcome in outcomes for done in outcome.done),
        refusals=tuple(refused for outcome in outcomes for refused in outcome.refusals),
    )


def _told(error: BadInput | UpstreamRejected, native_id: str) -> Refusal:
    if isinstance(error, UpstreamRejected):
        return refusal(error, native_id)
    return Refusal(code=error.code, message=error.message, native_id=native_id)
