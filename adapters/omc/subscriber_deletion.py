"""Subscriptions to delete, in runs of consecutive IMSIs that one call can take."""

import re
from typing import NamedTuple

LONGEST = 1000
"""Subscriptions that one call deletes at most."""

_ID = re.compile(r"([A-Za-z0-9_.\-]{1,64})/([0-9]{5,15})")


class Run(NamedTuple):
    """Consecutive IMSIs of one UDM."""

    ne_id: str
    first: str
    native_ids: tuple[str, ...]

    def singles(self) -> tuple["Run", ...]:
        """Each subscription as a run of its own."""
        return tuple(Run(self.ne_id, one.rpartition("/")[2], (one,)) for one in self.native_ids)


def runs_of(native_ids: tuple[str, ...]) -> tuple[tuple[Run, ...], tuple[str, ...]]:
    """The runs, and the ids that are none; an id that comes twice is deleted once."""
    strange: list[str] = []
    found: list[tuple[str, int, int, str]] = []
    for native_id in dict.fromkeys(native_ids):
        parts = _ID.fullmatch(native_id)
        if parts is None:
            strange.append(native_id)
        else:
            found.append((parts[1], len(parts[2]), int(parts[2]), native_id))
    runs: list[Run] = []
    last: tuple[str, int, int] | None = None
    for ne_id, length, number, native_id in sorted(found):
        if last == (ne_id, length, number - 1) and len(runs[-1].native_ids) < LONGEST:
            runs[-1] = runs[-1]._replace(native_ids=(*runs[-1].native_ids, native_id))
        else:
            runs.append(Run(ne_id, native_id.rpartition("/")[2], (native_id,)))
        last = (ne_id, length, number)
    return tuple(runs), tuple(strange)
