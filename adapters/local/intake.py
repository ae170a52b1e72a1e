"""What sources send in: alarm rows that elements post, UE events, call records, measurements."""

from collections.abc import Iterable, Sequence

from adapters.local.alarm_reports import reports_of
from adapters.local.commit import Appended
from adapters.local.entries import Entry, call_entry, measurement_entry, report_entry, ue_entry
from adapters.local.journal import Journal
from adapters.ports import AlarmRow
from adapters.records import CallRecord, Measurement, UeEvent


class Intake:
    """Keeps what is sent in; every method returns only once it is kept."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def alarms(self, source: str, rows: Sequence[AlarmRow], *, match: bool = False) -> list[Appended]:
        """Alarms that an element posts. `match` says that the source's table is polled, too."""
        received = self._journal.clock()
        entries = [
            report_entry(report, "push", match=match)
            for row in rows
            for report in reports_of(source, row, received)
        ]
        return await self._journal.append(entries)

    async def ue_events(self, events: Iterable[UeEvent]) -> list[Appended]:
        """What elements report of UEs."""
        return await self._append(ue_entry(event) for event in events)

    async def call_records(self, records: Iterable[CallRecord]) -> list[Appended]:
        """Call records of an IMS."""
        received = self._journal.clock()
        return await self._append(call_entry(record, received) for record in records)

    async def measurements(self, measurements: Iterable[Measurement]) -> list[Appended]:
        """Measurements and measurement reports."""
        return await self._append(measurement_entry(measurement) for measurement in measurements)

    async def _append(self, entries: Iterable[Entry]) -> list[Appended]:
        return await self._journal.append(list(entries))
