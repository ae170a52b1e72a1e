"""A port of values as they happen: entities whose source pushes them, or is asked again and again."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from typing import Protocol

from adapters.records import Entity, EntityValue


class LiveEntities(ABC):
    """Entities whose new values can be followed; a source's `entities` port may be one, too."""

    @abstractmethod
    def watch(self, entities: tuple[Entity, ...]) -> AsyncIterator[tuple[Entity, EntityValue]]:
        """New values of these entities from now on, until the iterator is closed.

        A reader who is slower than the values gets the latest of each entity. A source that is away for a
        while ends nothing: what changed meanwhile is told once it is back.
        """


class Watched(Protocol):
    """What all processes of this gateway watch, for a source that knows one subscription of its account."""

    async def exchange(self, source: str, keys: frozenset[str]) -> frozenset[str]:
        """Tells what this process watches at a source, and gives what all do."""
