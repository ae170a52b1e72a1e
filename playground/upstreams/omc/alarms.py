"""The alarm table of the pretend OMC: raised and cleared while it runs, read by SQL."""

import random
import sqlite3
import threading
from collections.abc import Callable, Sequence
from typing import Any

from playground.upstreams.omc.elements import Elements
from playground.upstreams.omc.rows import Row, local_time

# Figures that the documents write as text are text here, so comparisons with 0 and '0' both hold.
COLUMNS = {
    "id": "integer primary key",
    "alarm_seq": "text",
    "alarm_id": "text",
    "alarm_code": "text",
    "alarm_title": "text",
    "alarm_type": "text",
    "alarm_status": "text",
    "orig_severity": "text",
    "perceived_severity": "text",
    "ne_type": "text",
    "ne_id": "text",
    "ne_name": "text",
    "object_name": "text",
    "object_type": "text",
    "object_uid": "text",
    "event_time": "text",
    "latest_event_time": "text",
    "clear_time": "text",
    "clear_type": "text",
    "clear_user": "text",
    "ack_state": "text",
    "ack_time": "text",
    "ack_user": "text",
    "counter": "integer",
    "add_info": "text",
    "location_info": "text",
    "specific_problem": "text",
    "specific_problem_id": "text",
    "timestamp": "text",
}
# Code, title, type, severity, what is wrong.
KINDS = (
    (
        10000,
        "The system state is abnormal",
        "EquipmentAlarm",
        "Major",
        "No state of the element for 30 seconds",
    ),
    (10001, "N2 interface down", "CommunicationAlarm", "Critical", "SCTP association lost"),
    (10002, "N4 association lost", "CommunicationAlarm", "Critical", "PFCP heartbeat missing"),
    (10003, "CPU load high", "ProcessingFailure", "Minor", "Load above 80 percent for five minutes"),
    (10004, "Licence ends soon", "ProcessingFailure", "Warning", "Less than 30 days are left"),
    (10005, "Session setup success rate low", "QualityOfServiceAlarm", "Major", "Below 95 percent"),
    (10006, "Cabinet temperature high", "EnvironmentalAlarm", "Minor", "Above 45 degrees"),
    (10007, "Backup written", "ProcessingFailure", "Event", "Nightly configuration backup"),
    (10008, "Disk usage high", "EquipmentAlarm", "Warning", "Partition above 80 percent"),
    (
        10009,
        "Cx link to the home subscriber server down",
        "CommunicationAlarm",
        "Major",
        "Diameter peer closed",
    ),
)
PLACES = ("Hall 1, rack 3", "Hall 1, rack 7", "Hall 2, rack 1", "Roof cabinet")
SEEDED = 72
MOST_AT_ONCE = 200
MOST_STANDING = 80
MOST_ROWS = 5000


class Alarms:
    """The table, the hands that raise and clear, and the storm that keeps a demo alive."""

    def __init__(self, clock: Callable[[], float], elements: Elements, storm_seconds: float = 0) -> None:
        self._clock = clock
        self._elements = elements
        self._chance = random.Random(11)
        # A test raises alarms from its own thread while the server's reads.
        self.lock = threading.RLock()
        self.connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self.connection.row_factory = None
        # Text compares without regard to case, as it does in MySQL.
        columns = ", ".join(
            f"{name} {kind}{' collate nocase' if kind == 'text' else ''}" for name, kind in COLUMNS.items()
        )
        self.connection.execute(f"create table alarm ({columns})")
        self._seed()
        self.storm(storm_seconds)

    def storm(self, seconds: float) -> None:
        """Add an alarm each so many seconds from now on, and clear an old one now and then; 0 stops it."""
        self._each = seconds
        self._due = self._clock() + seconds

    def advance(self) -> None:
        """Let happen what the storm has brought since the last look."""
        now = self._clock()
        if self._each <= 0 or self._due > now:
            return
        # After a long silence only the last of it is made up for.
        self._due = max(self._due, now - MOST_AT_ONCE * self._each)
        while self._due <= now:
            self.raise_alarm(at=self._due)
            if self._chance.random() < 0.6 or len(self.standing()) > MOST_STANDING:
                self._clear_oldest(self._due)
            self._due += self._each
        self._execute(
            "delete from alarm where alarm_status = '0' and id <= (select max(id) from alarm) - ?",
            [MOST_ROWS],
        )

    def raise_alarm(self, at: float | None = None, **columns: Any) -> int:
        """Raise an alarm, of a kind and an element by chance where the columns leave it open; gives its id."""
        with self.lock:
            return self._raise(at, columns)

    def _raise(self, at: float | None, columns: Row) -> int:
        now = self._clock() if at is None else at
        element = self._element_for(columns)
        code, title, kind, severity, problem = self._kind_for(columns)
        time = local_time(now)
        count = self._execute("select coalesce(max(id), 0) + 1 from alarm").fetchone()[0]
        ne_type, ne_id, name = element
        row: Row = {
            "id": count,
            "alarm_seq": str(count),
            "alarm_id": f"HX{ne_type}{ne_id}{count:06d}",
            "alarm_code": str(code),
            "alarm_title": title,
            "alarm_type": kind,
            "alarm_status": "1",
            "orig_severity": severity,
            "perceived_severity": severity,
            "ne_type": ne_type,
            "ne_id": ne_id,
            "ne_name": name,
            "object_name": f"{ne_type};SystemManagement",
            "object_type": "SystemState",
            "object_uid": f"4400SB1{ne_type}{ne_id}",
            "event_time": time,
            "latest_event_time": time,
            "clear_time": None,
            "clear_type": "0",
            "clear_user": "",
            "ack_state": "0",
            "ack_time": None,
            "ack_user": "",
            "counter": 1,
            "add_info": "",
            "location_info": PLACES[count % len(PLACES)],
            "specific_problem": problem,
            "specific_problem_id": f"AC{code}",
            "timestamp": time,
        } | {name: value for name, value in columns.items() if name in COLUMNS}
        self._execute(
            f"insert into alarm values ({', '.join('?' * len(COLUMNS))})",  # noqa: S608
            [row[name] for name in COLUMNS],
        )
        return int(row["id"])

    def clear(self, alarm_id: int, *, at: float | None = None, user: str = "") -> bool:
        """Clear a standing alarm; by a user's hand where one is named."""
        time = local_time(self._clock() if at is None else at)
        done = self._execute(
            "update alarm set alarm_status = '0', clear_time = ?, clear_type = ?, clear_user = ?, timestamp = ?"
            " where id = ? and alarm_status = '1'",
            [time, "2" if user else "1", user, time, alarm_id],
        )
        return done.rowcount > 0

    def change(self, alarm_id: int, **columns: Any) -> bool:
        """Change columns of an alarm: its severity, its count, who has acknowledged it."""
        known = {name: value for name, value in columns.items() if name in COLUMNS and name != "id"}
        if not known:
            return False
        settings = ", ".join(f"{name} = ?" for name in known)
        done = self._execute(
            f"update alarm set {settings}, timestamp = ? where id = ?",  # noqa: S608
            [*known.values(), local_time(self._clock()), alarm_id],
        )
        return done.rowcount > 0

    def repeat(self, alarm_id: int, at: float) -> None:
        """Count an alarm that is told again."""
        time = local_time(at)
        self._execute(
            "update alarm set counter = counter + 1, latest_event_time = ?, timestamp = ? where id = ?",
            [time, local_time(self._clock()), alarm_id],
        )

    def standing(self, **columns: Any) -> list[int]:
        """List the ids of the standing alarms that have these columns."""
        condition = "".join(f" and {name} = ?" for name in columns)
        found = self._execute(
            f"select id from alarm where alarm_status = '1'{condition} order by id",  # noqa: S608
            list(columns.values()),
        )
        return [row[0] for row in found]

    def _execute(self, statement: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        with self.lock:
            return self.connection.execute(statement, values)

    def _clear_oldest(self, at: float) -> None:
        standing = self.standing()
        if standing:
            self.clear(standing[0], at=at)

    def _element_for(self, columns: Row) -> tuple[str, str, str]:
        if columns.get("ne_type"):
            found = self._elements.find(columns["ne_type"], columns.get("ne_id"))
            ne_id = str(columns.get("ne_id") or (found.ne_id if found else "001"))
            kind = str(columns["ne_type"]).upper()
            return kind, ne_id, found.title if found else f"{kind}_{ne_id}"
        element = self._chance.choice(list(self._elements))
        return element.ne_type, element.ne_id, element.title

    def _kind_for(self, columns: Row) -> tuple[int, str, str, str, str]:
        fitting = [kind for kind in KINDS if str(kind[0]) == str(columns.get("alarm_code", kind[0]))]
        severity = columns.get("orig_severity")
        fitting = [kind for kind in fitting if severity in {None, kind[3]}] or fitting
        code, title, kind, word, problem = self._chance.choice(fitting or list(KINDS))
        return columns.get("alarm_code", code), title, kind, severity or word, problem

    def _seed(self) -> None:
        start = self._clock() - 3 * 86_400
        elements = list(self._elements)
        for number in range(SEEDED):
            element = elements[number % len(elements)]
            at = start + number * 3600
            code = KINDS[number % len(KINDS)][0]
            raised = self.raise_alarm(at, alarm_code=code, ne_type=element.ne_type, ne_id=element.ne_id)
            if number % 5 in {1, 3}:
                self.clear(raised, at=at + 1200 + number * 7, user="admin" if number % 10 == 3 else "")
            elif number % 7 == 0:
                acked = local_time(at + 300)
                self.change(raised, ack_state="1", ack_time=acked, ack_user="noc-shift-a")
            elif number % 9 == 0:
                self.change(raised, counter=3, latest_event_time=local_time(at + 900))
