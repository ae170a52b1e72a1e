"""What elements and sources send in by themselves, decoded: alarms, UE events, call records, measurements."""

from abc import ABC, abstractmethod
from datetime import datetime
from typing import Any

from msgspec import Struct

from adapters.ports.alarms import AlarmRow
from adapters.records import CallRecord, Measurement, UeEvent


class Pushed(Struct, frozen=True, kw_only=True):
    """The events of one body. Cursors are empty: the journal gives them."""

    alarms: tuple[AlarmRow, ...] = ()
    ue_events: tuple[UeEvent, ...] = ()
    call_records: tuple[CallRecord, ...] = ()
    measurements: tuple[Measurement, ...] = ()


class PushDecoder(ABC):
    """Knows a source's documented paths on which events are posted, and what their bodies mean. Calls nobody."""

    @abstractmethod
    def accepts(self, path: str) -> bool:
        """Whether events are posted to this path below /ingest/{source}."""

    @abstractmethod
    def decode(self, path: str, body: Any, received: datetime) -> Pushed:
        """The events of a JSON body; raises BadInput naming the field, NotFound for a path that takes none."""
