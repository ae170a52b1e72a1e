"""All that the pretend OMC remembers; made anew, it is as it was at the start."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import orjson

from playground.upstreams.omc import staff
from playground.upstreams.omc.alarms import Alarms
from playground.upstreams.omc.elements import Elements
from playground.upstreams.omc.logs_seed import operations_before, sign_ins_before
from playground.upstreams.omc.menus_seed import menus
from playground.upstreams.omc.records_seed import calls_before, records_of_start
from playground.upstreams.omc.rows import Row, Table, local_time
from playground.upstreams.omc.sessions import Sessions
from playground.upstreams.omc.settings_seed import dictionary_types, dictionary_values, parameters
from playground.upstreams.omc.subscribers_seed import SIZES, authentication, policy, subscriber
from playground.upstreams.omc.tasks_seed import job_logs, jobs, measure_tasks, trace_tasks
from playground.upstreams.vendor import Call
from playground.upstreams.world import PEOPLE, Person

BUSINESS_TYPES = {"POST": "1", "PUT": "2", "PATCH": "2", "DELETE": "3"}


class Omc:
    """The memory of the pretend OMC."""

    def __init__(
        self,
        clock: Callable[[], float],
        people: Sequence[Person] = PEOPLE,
        storm_seconds: float = 0,
    ) -> None:
        self.clock = clock
        self._people = people
        self._storm_seconds = storm_seconds
        self.fill()

    def fill(self) -> None:
        """Go back to the start."""
        self.started = self.clock()
        self.started_ms = int(self.started * 1000)
        self.sessions = Sessions(self.clock)
        self.recent_writes: dict[str, float] = {}
        self.cleared_cache: set[str] = set()
        self.captchas: dict[str, tuple[str, float]] = {}
        self.users = staff.users(self._people)
        self.roles = staff.roles()
        self.departments = staff.departments()
        self.positions = staff.positions()
        self.menus = menus()
        self.parameters = parameters()
        self.dictionary_types = dictionary_types()
        self.dictionary_values = dictionary_values()
        self.elements = Elements()
        self.alarms = Alarms(self.clock, self.elements, self._storm_seconds)
        self.alarm_log = Table("id")
        self.events: list[Row] = []
        self.call_records: list[Row] = calls_before(self.started)
        self.measurements: list[Row] = []
        self.configuration = records_of_start()
        self.software: dict[tuple[str, str], bytes] = {
            (kind, version): f"sandbox software {kind} {version}\n".encode() * 40
            for kind, version in (("AMF", "2.2404.1"), ("SMF", "2.2404.1"), ("UDM", "2.2404.2"))
        }
        self.backups: dict[str, bytes] = {}
        self.files: dict[str, bytes] = {"/upload/download/sandbox.txt": b"A file to download.\n" * 500}
        self.chunks: dict[str, dict[int, bytes]] = {}
        self._kept = 0
        self.measure_tasks = measure_tasks()
        self.trace_tasks = trace_tasks()
        self.jobs = jobs()
        self.job_logs = job_logs(self.started_ms)
        self.operations = operations_before(self.started_ms)
        self.sign_ins = sign_ins_before(self.started_ms)
        for name in ("supervisor", "noc-shift-a"):
            holder = self.users.first(lambda row, name=name: row["userName"] == name)  # type: ignore[misc]
            if holder:
                self.sessions.open(holder, "192.168.2.219", "Edge 123.0.0.0", 0)
        self.subscribers = self._by_imsi(subscriber)
        self.authentications = self._by_imsi(authentication)
        self.policies: dict[str, dict[str, Row]] = {
            "001": {
                row["imsi"]: row
                for ne_id, size in SIZES.items()
                # One subscriber in eight has no policy.
                for row in (policy(ne_id, number) for number in range(1, size + 1) if number % 8)
            }
        }

    @property
    def now_ms(self) -> int:
        """The time in milliseconds since the epoch."""
        return int(self.clock() * 1000)

    def local_now(self) -> str:
        """Write the time of now as the OMC does."""
        return local_time(self.clock())

    def month(self) -> str:
        """Name the month's folder of uploads."""
        return self.local_now()[:7].replace("-", "/")

    def keep_file(self, folder: str, name: str, content: bytes) -> str:
        """Keep an uploaded file under a name of its own; gives its path."""
        self._kept += 1
        stem, dot, suffix = re.sub(r"[^\w.-]", "_", name.replace("\\", "/").rsplit("/", 1)[-1]).rpartition(
            "."
        )
        path = (
            f"/upload/{folder}/{self.month()}/{stem or suffix}_{self._kept:06d}{dot}{suffix if stem else ''}"
        )
        self.files[path] = content
        return path

    def next_id(self) -> str:
        """Give an id to a record of a data manager."""
        self._last_id += 1
        return str(self._last_id)

    def setting(self, key: str) -> str:
        """Read a parameter; empty when there is none of the key."""
        row = self.parameters.first(lambda row: row["configKey"] == key)
        return str(row["configValue"]) if row else ""

    def refresh_cache(self, name: str) -> None:
        """Read into the cache again what has been cleared from it."""
        self.cleared_cache = {key for key in self.cleared_cache if not key.startswith(f"{name}:")}

    def line_of(self, dept: str) -> list[str]:
        """List a department and those above it."""
        row = self.departments.get(dept)
        return [*str(row["ancestors"]).split(","), dept] if row else [dept]

    def permissions(self, user: Row) -> list[str]:
        """List what the roles of an account permit, by the menus that they hold."""
        held = {
            menu for role_id in user["roleIds"] for menu in (self.roles.get(role_id) or {}).get("menuIds", [])
        }
        found = (self.menus.get(menu) for menu in held)
        return sorted({str(menu["perms"]) for menu in found if menu and menu["perms"]})

    def made(self, by: str) -> Row:
        """Give the fields that tell who has made a record, and when."""
        return {"createBy": by, "createTime": self.now_ms, "updateBy": "", "updateTime": 0}

    def note_change(self, row: Row, by: str) -> None:
        """Tell in a record who has changed it, and when."""
        row["updateBy"], row["updateTime"] = by, self.now_ms

    def add_user(self, given: Row, by: str) -> Row:
        """Take an account in, complete."""
        blank = dict.fromkeys(
            ("deptId", "nickName", "email", "phonenumber", "avatar", "loginIp", "remark"), ""
        )
        kept = {name: value for name, value in given.items() if value is not None}
        fixed = {"userType": "sys", "sex": "0", "status": "1", "delFlag": "0", "loginDate": 0}
        return self.users.add({**blank, **fixed, **self.made(by), **kept})

    def log_sign_in(self, name: str, ip: str, msg: str, *, done: bool) -> None:
        """Write an attempt to sign in, or out, into the login log."""
        self.sign_ins.add(
            {
                "userName": name,
                "ipaddr": ip,
                "loginLocation": "Intranet",
                "browser": "Unknown",
                "os": "Unknown",
                "status": "1" if done else "0",
                "msg": msg,
                "loginTime": self.now_ms,
            }
        )

    def log_operation(self, call: Call, title: str, answer: Any) -> None:
        """Write what somebody has done into the operation log, its body as it was sent."""
        told = orjson.dumps(answer).decode() if isinstance(answer, dict) else "{}"
        done = not isinstance(answer, dict) or answer.get("code") == 1
        self.operations.add(
            {
                "title": title.replace("_", " ").capitalize(),
                "businessType": BUSINESS_TYPES[call.method],
                "method": f"controller.{title}",
                "requestMethod": call.method,
                "operatorType": "1",
                "operName": call.account.user["userName"],
                "deptName": "",
                "operUrl": call.path,
                "operIp": call.client,
                "operLocation": "Intranet",
                "operParam": call.body.decode("utf-8", "replace")[:2000] if not call.files else "{}",
                "operMsg": told[:2000],
                "status": "1" if done else "0",
                "operTime": self.now_ms,
                "costTime": max(0, int((self.clock() - call.now) * 1000)),
            }
        )

    def _by_imsi(self, make: Callable[[str, int], Row]) -> dict[str, dict[str, Row]]:
        made = {}
        first = 137_000
        for ne_id, size in SIZES.items():
            rows = [make(ne_id, number) for number in range(1, size + 1)]
            made[ne_id] = {row["imsi"]: {"id": str(first + place), **row} for place, row in enumerate(rows)}
            first += size
        self._last_id = first
        return made
