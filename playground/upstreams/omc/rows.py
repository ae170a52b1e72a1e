"""Records of one kind, by id, and how lists of them are filtered."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

Row = dict[str, Any]
ZONE = ZoneInfo("Asia/Shanghai")


class Table:
    """Rows by id; ids are numbers written as text, and none is given twice."""

    def __init__(self, key: str, rows: Iterable[Row] = (), *, first: int = 1) -> None:
        self.key = key
        self._rows: dict[str, Row] = {}
        self._next = first
        for row in rows:
            self.add(row)

    def add(self, row: Row) -> Row:
        """Take a row in; one without an id gets the next."""
        known = row.get(self.key)
        name = str(known) if known else str(self._next)
        if name.isdigit():
            self._next = max(self._next, int(name) + 1)
        stored = {self.key: name, **{field: value for field, value in row.items() if field != self.key}}
        self._rows[name] = stored
        return stored

    def get(self, name: Any) -> Row | None:
        """Find a row by its id."""
        return self._rows.get(str(name))

    def all(self) -> list[Row]:
        """List the rows in the order they came."""
        return list(self._rows.values())

    def remove(self, names: Iterable[str]) -> int:
        """Take rows away; tells how many there were."""
        return sum(self._rows.pop(name, None) is not None for name in set(names))

    def clear(self) -> None:
        """Take all rows away; ids go on."""
        self._rows.clear()

    def first(self, fits: Callable[[Row], bool]) -> Row | None:
        """Find the first row that fits."""
        return next((row for row in self._rows.values() if fits(row)), None)

    def __len__(self) -> int:
        return len(self._rows)


def ids_of(text: str) -> list[str]:
    """Split comma-separated ids."""
    return [part.strip() for part in text.split(",") if part.strip()]


def local_time(seconds: float) -> str:
    """Write a time as the OMC does: its own zone, unsaid."""
    return datetime.fromtimestamp(seconds, ZONE).strftime("%Y-%m-%d %H:%M:%S")


def seconds_of(text: Any) -> float | None:
    """Read a local time, a date, or epoch seconds or milliseconds; None when it is none of these."""
    word = str(text).strip()
    if word.isdigit():
        value = int(word)
        return value / 1000 if value > 10**11 else float(value)
    for form in ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"):
        try:
            return datetime.strptime(word, form).replace(tzinfo=ZONE).timestamp()
        except ValueError:
            continue
    return None


def matching(
    rows: Iterable[Row],
    asked: Mapping[str, Any],
    *,
    like: Iterable[str] = (),
    exact: Iterable[str] = (),
    time: str = "",
) -> list[Row]:
    """Filter rows: `like` fields hold the text asked for, `exact` ones equal it, `time` lies in the interval."""
    begin = seconds_of(asked["beginTime"]) if time and asked.get("beginTime") else None
    end = seconds_of(asked["endTime"]) if time and asked.get("endTime") else None
    likes = [(name, str(asked[name]).lower()) for name in like if asked.get(name)]
    equals = [(name, str(asked[name])) for name in exact if asked.get(name)]
    return [
        row
        for row in rows
        if all(part in str(row.get(name, "")).lower() for name, part in likes)
        and all(str(row.get(name, "")) == value for name, value in equals)
        and (begin is None or row[time] / 1000 >= begin)
        and (end is None or row[time] / 1000 <= end)
    ]
