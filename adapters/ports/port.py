"""What all ports share: pages, single reads, and the words for what a source cannot do."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Generic, NoReturn, TypeVar

from adapters.errors import Unsupported
from adapters.ports.page import Page, PageRequest
from adapters.records import ObjectKind

R = TypeVar("R")
F = TypeVar("F")


class Port(ABC, Generic[R, F]):
    """A kind of object in one source."""

    kind: ClassVar[ObjectKind]
    source: str
    """The configured name of the source."""

    @abstractmethod
    async def page(self, where: F, request: PageRequest) -> Page[R]:
        """Part of the list that matches; every condition is applied, here where the vendor has none."""

    @abstractmethod
    async def get(self, native_id: str) -> R | None:
        """The whole object, or None where the source has none of that id."""

    async def get_many(self, native_ids: tuple[str, ...]) -> dict[str, R] | None:
        """Many at once, where the source has a call for that; None says that it has not."""
        return None

    async def listed(self, native_ids: tuple[str, ...]) -> dict[str, R] | None:
        """These objects as the list tells of them, where it takes fewer calls; None says that it does not."""
        return None

    def writable(self) -> bool:
        """Whether the source offers any change to this kind."""
        own = type(self)
        return any(
            getattr(own, name) is not getattr(base, name)
            for base in own.__mro__
            if base.__module__.startswith("adapters.ports")
            for name in vars(base).get("writes", ())
        )

    writes: ClassVar[tuple[str, ...]] = ()
    """The names of the methods that change something."""

    def refuse(self, deed: str) -> NoReturn:
        """Says in a plain sentence that the source offers no way to do something."""
        raise Unsupported(f"{self.source} offers no way to {deed}.")


Native = dict[str, Any] | None
"""Fields that only one dialect asks for."""
