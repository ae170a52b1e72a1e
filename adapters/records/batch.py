"""Events that are due at once."""

from typing import TypeVar

T = TypeVar("T")


class Batch(tuple[T, ...]):
    """Events in their order. Who watches the same gets the same object, so what is made of it is made once."""

    __slots__ = ()
