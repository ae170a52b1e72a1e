"""One read on its way, for everybody who asks the same meanwhile."""

from asyncio import Future, get_running_loop
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

R = TypeVar("R")


class Flight(Generic[R]):
    """Made by whoever asks first; the others wait for what it brings, each on a future of its own."""

    __slots__ = ("_waiting", "value")

    value: R

    def __init__(self) -> None:
        self._waiting: list[Future[bool]] = []

    async def landed(self) -> bool:
        """Waits; true once `value` is there, false where whoever began it left before it was."""
        future: Future[bool] = get_running_loop().create_future()
        self._waiting.append(future)
        return await future

    def end(self, error: Exception | None = None) -> None:
        """Tells all who wait: that the value is there, that there is none, or what went wrong."""
        waiting, self._waiting = self._waiting, []
        there = hasattr(self, "value")
        for future in waiting:
            if future.done():
                continue
            if error is None:
                future.set_result(there)
            else:
                future.set_exception(error)


class Flights(Generic[R]):
    """What is being made now, by a key: who asks for the same meanwhile gets the same."""

    def __init__(self) -> None:
        self._under_way: dict[Hashable, Flight[R]] = {}

    async def share(self, key: Hashable, make: Callable[[], Awaitable[R]]) -> R:
        """The value of a key. Who leaves early lets the next of them begin anew."""
        while (flight := self._under_way.get(key)) is not None:
            if await flight.landed():
                return flight.value
        flight = self._under_way[key] = Flight()
        try:
            value = flight.value = await make()
        except Exception as error:
            flight.end(error)
            raise
        finally:
            if self._under_way.get(key) is flight:
                del self._under_way[key]
            flight.end()
        return value
