"""Parts of an answer that are awaited together, with a task only for those that need one.

What only waits for a future (a loader's, for instance) is resumed by that future itself. Everything
else may ask for its task (timeouts do), so it gets one. Either way the turns of the event loop are
those that graphql-core's tasks and `gather` take, so errors come in the same order.
"""

from asyncio import (
    AbstractEventLoop,
    CancelledError,
    Future,
    Task,
    current_task,
    ensure_future,
    gather,
    isfuture,
)
from asyncio import get_running_loop as running_loop
from collections.abc import Awaitable
from functools import partial
from typing import Any, Final

# Stands as the name of a coroutine that only waits for futures until its first value is there.
LIGHT: Final = "light"

Waiting = list[tuple[Any, Any]]


class Whole(Future[None]):
    """Done when all members are; to cancel it is to cancel them."""

    def __init__(self, loop: AbstractEventLoop) -> None:
        super().__init__(loop=loop)
        self.members: list[Task[Any] | Light] = []

    def cancel(self, msg: Any | None = None) -> bool:
        """Cancel what still runs; it is over when one of them has ended."""
        return not self.done() and sum(member.cancel(msg) for member in self.members) > 0

    def finish(self, error: BaseException | None) -> None:
        """Wake whoever waits for the whole."""
        if self.done():
            return
        if error is None:
            self.set_result(None)
        else:
            self.set_exception(error)


class Gathering:
    """Awaits all of them and puts what they give into the answer; the first failure ends the rest."""

    __slots__ = ("answer", "arriving", "left", "loop", "sleeping", "whole")

    def __init__(self, answer: Any, waiting: Waiting) -> None:
        self.answer = answer
        self.left = len(waiting)
        self.loop: AbstractEventLoop = running_loop()
        self.whole = Whole(self.loop)
        self.arriving: Waiting = []
        self.sleeping: dict[Future[Any], list[Light]] = {}
        members = self.whole.members
        light: list[Light] = []
        for key, later in waiting:
            if later.__name__ is LIGHT:
                member = Light(self, key, later)
                light.append(member)
                members.append(member)
            else:
                if light:
                    self.loop.call_soon(begin, light)
                    light = []
                task = self.loop.create_task(later)
                task.add_done_callback(partial(self.settled, key))
                members.append(task)
        if light:
            self.loop.call_soon(begin, light)

    def settled(self, key: Any, task: Task[Any]) -> None:
        """Take what a task gave."""
        if task.cancelled():
            self.whole.finish(CancelledError())
            return
        error = task.exception()
        if error is not None:
            self.whole.finish(error)
        else:
            self.arrived(key, task.result())

    def arrived(self, key: Any, value: Any) -> None:
        """Put a value into the answer; with the last one the answer is complete."""
        self.answer[key] = value
        self.left -= 1
        if not self.left:
            self.whole.finish(None)

    def sleep(self, future: Future[Any], light: "Light") -> None:
        """Let a coroutine wait for a future; those that wait for the same one are woken in one go."""
        sleeping = self.sleeping.get(future)
        if sleeping is None:
            self.sleeping[future] = [light]
            future.add_done_callback(self.wake)
        else:
            sleeping.append(light)

    def wake(self, future: Future[Any]) -> None:
        """Resume what waited for a future, in the order in which it came."""
        for light in self.sleeping.pop(future):
            light.resume()

    def arrive(self, key: Any, value: Any) -> None:
        """Take what a coroutine gave, with the next turn of the loop."""
        if not self.arriving:
            self.loop.call_soon(self.land)
        self.arriving.append((key, value))

    def land(self) -> None:
        """Put what came in one turn into the answer."""
        arrived, self.arriving = self.arriving, []
        for key, value in arrived:
            self.arrived(key, value)

    async def result(self) -> Any:
        """Wait for the whole; what still runs when it fails is ended first."""
        whole = self.whole
        try:
            await whole
        except Exception:
            tasks = [member for member in whole.members if not isinstance(member, Light)]
            for member in whole.members:
                member.cancel()
            await gather(*tasks, return_exceptions=True)
            raise
        except BaseException:
            for member in whole.members:
                member.cancel()
            raise
        # They refer to this in turn: what they hold would wait for the garbage collector.
        whole.members.clear()
        return self.answer


class Light:
    """A coroutine that is resumed by the futures it waits for."""

    __slots__ = ("ended", "gathering", "key", "later")

    def __init__(self, gathering: Gathering, key: Any, later: Any) -> None:
        self.gathering = gathering
        self.key = key
        self.later = later
        self.ended = False

    def resume(self) -> None:
        """Let it go on until it waits again or is done."""
        if self.ended:
            return
        try:
            future = self.later.send(None)
        except StopIteration as done:
            self.ended = True
            self.gathering.arrive(self.key, done.value)
        except (Exception, CancelledError) as error:  # noqa: BLE001
            self.ended = True
            self.gathering.loop.call_soon(self.gathering.whole.finish, error)
        else:
            if future is None:
                self.gathering.loop.call_soon(self.resume)
            else:
                future._asyncio_future_blocking = False  # noqa: SLF001
                self.gathering.sleep(future, self)

    def cancel(self, _: Any = None) -> bool:
        """End it where it waits; the futures themselves may be others', too, and go on."""
        if self.ended or self.later.cr_running:
            return False
        self.ended = True
        self.later.close()
        self.gathering.loop.call_soon(self.gathering.whole.finish, CancelledError())
        return True


def begin(members: list[Light]) -> None:
    """Start them one after the other, in one turn of the loop."""
    for member in members:
        member.resume()


def in_task(value: Awaitable[Any]) -> Awaitable[Any]:
    """Give something to await that is sure to run in a task, for what may ask for it."""
    return value if isfuture(value) or current_task() is not None else ensure_future(value)
