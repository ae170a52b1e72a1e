"""Which classes of values can be completed at once, and which need a closer look first."""

from types import CoroutineType, GeneratorType
from typing import Any, Final

from graphql import Undefined
from graphql.pyutils import is_awaitable

PLAIN: Final = 0
SPECIAL: Final = 1

LIMIT: Final = 4096

Coroutine: Final = CoroutineType


class Kinds(dict[type, int]):
    """Tells by its class whether a value is plain: not null, no exception, nothing to await.

    With a `record`, that class and those below it are all that is plain. Looked up once for each
    value, so an answer is kept for each class; a process that makes classes without end would fill
    it, hence the limit.
    """

    def __init__(self, record: type | None = None) -> None:
        super().__init__()
        self.record = record or object

    def __missing__(self, cls: type) -> int:
        special = (
            cls is type(None)
            or cls is type(Undefined)
            or issubclass(cls, (Exception, CoroutineType, GeneratorType))
            or hasattr(cls, "__await__")
            or not issubclass(cls, self.record)
        )
        if len(self) >= LIMIT:
            self.clear()
        self[cls] = kind = SPECIAL if special else PLAIN
        return kind


KINDS: Final = Kinds()


def awaits(value: Any) -> bool:
    """Tell whether the value has to be awaited."""
    return KINDS[value.__class__] == SPECIAL and is_awaitable(value)
