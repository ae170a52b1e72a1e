"""The local store as a whole: its database, its journal, and what reads and writes them."""

from adapters.local.accounts import Accounts
from adapters.local.alarm_desk import AlarmDesk
from adapters.local.alarm_queries import AlarmQueries
from adapters.local.alarm_stream import AlarmStream
from adapters.local.audit import AuditLog
from adapters.local.clock import Clock, system_clock
from adapters.local.directory import LocalDirectory
from adapters.local.element_alarms import ElementAlarms
from adapters.local.engine import Database
from adapters.local.event_queries import EventQueries
from adapters.local.event_streams import EventStreams
from adapters.local.gateway_sessions import GatewaySessions
from adapters.local.images import AlarmImages
from adapters.local.intake import Intake
from adapters.local.journal import Journal
from adapters.local.leases import Lease
from adapters.local.links import AccountLinks
from adapters.local.migrate import prepare
from adapters.local.passwords import Passwords
from adapters.local.retention import Retention
from adapters.local.tail import Tail
from adapters.local.timers import AlarmTimers


class LocalStore:
    """Everything that is kept here, over one database."""

    def __init__(self, url: str, clock: Clock = system_clock, passwords: Passwords | None = None) -> None:
        self.database = Database(url)
        self.journal = Journal(self.database, clock)
        self.tail = Tail(self.journal)
        self.intake = Intake(self.journal)
        self.desk = AlarmDesk(self.journal)
        self.alarms = AlarmQueries(self.database)
        self.element_alarms = ElementAlarms(self.database)
        self.alarm_stream = AlarmStream(self.journal, self.tail)
        self.events = EventQueries(self.database)
        self.streams = EventStreams(self.journal, self.tail)
        self.images = AlarmImages(self.journal)
        self.timers = AlarmTimers(self.journal)
        self.retention = Retention(self.journal)
        self.directory = LocalDirectory(self.database, clock)
        self.links = AccountLinks(self.database)
        self.audit = AuditLog(self.database, clock)
        self.passwords = passwords or Passwords()
        self.accounts = Accounts(self.database, self.passwords, clock)
        self.sessions = GatewaySessions(self.database, clock)

    def lease(self, name: str) -> Lease:
        """A lease on a name, for one holder in this process; not yet acquired."""
        return Lease(self.database, name, clock=self.journal.clock)

    async def open(self) -> None:
        """Make the tables ready; an older PostgreSQL schema refuses."""
        await prepare(self.database)

    async def close(self) -> None:
        """Finish what is being kept, and close every connection."""
        await self.journal.close()
        await self.tail.close()
        await self.database.close()
