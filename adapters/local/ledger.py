"""What one commit reads from the journal's tables and writes to them, in as few trips as the database allows."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Spot = tuple[str, str, str, int]
"""Source, element type, element id and code: where two feeds tell of the same alarm."""


class KeptAlarm(NamedTuple):
    """An alarm as its row has it."""

    native_id: str
    born: int
    position: int
    body: bytes
    state: bytes


@dataclass(slots=True)
class Known:
    """The journal's last position, and what of a commit's digests, keys and alarms is kept already."""

    position: int
    digests: set[bytes] = field(default_factory=set)
    aliases: dict[str, str] = field(default_factory=dict)
    alarms: list[KeptAlarm] = field(default_factory=list)


@dataclass(slots=True)
class Near:
    """Alarms at some spots and times, and the feeds that know them."""

    alarms: list[KeptAlarm] = field(default_factory=list)
    vias: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


Row = tuple[Any, ...]


@dataclass(slots=True)
class Rows:
    """The rows of one commit: each as wide as its table, in the order of the columns."""

    journal: list[Row] = field(default_factory=list)
    alarms: list[Row] = field(default_factory=list)
    aliases: list[Row] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether there is anything to write: an alarm changes by an entry alone."""
        return bool(self.journal or self.aliases)


class Ledger(ABC):
    """The journal's tables within one transaction, which holds the head from the first look to the commit.

    Errors of the driver come out as SQLAlchemy's OperationalError.
    """

    @abstractmethod
    async def look(self, digests: Sequence[bytes], keys: Sequence[str], ids: Sequence[str]) -> Known:
        """Lock the head, then look up digests, keys of reports with the alarms behind them, and alarms by id."""

    @abstractmethod
    async def near(self, spots: Mapping[Spot, set[int]], ids: Sequence[str]) -> Near:
        """Look up the alarms at each spot that were raised or last reported at one of its times (ms).

        The feeds are told of these, and of the alarms with these ids.
        """

    @abstractmethod
    async def write(self, rows: Rows, position: int) -> None:
        """Write what is new and what has changed, and move the head to this position."""


FOR_GOOD = frozenset({"born", "native_id", "source", "ne_type", "ne_id"})
"""Columns of an alarm that are written once."""
