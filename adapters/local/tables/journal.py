"""The journal: its head, its entries, and the checkpoint that stands in for what retention removed."""

from sqlalchemy import Index, text
from sqlmodel import Field

from adapters.local.tables.base import BIG, Stored, table_of


class JournalHead(Stored, table=True):
    """The one row that hands out positions; locked by whoever appends until the commit."""

    __tablename__ = "journal_head"

    id: int = Field(primary_key=True)
    journal: str
    """Names this journal, so that a cursor of another one is told apart."""
    position: int = Field(sa_type=BIG)
    low_water: int = Field(sa_type=BIG)
    """Entries up to here are gone."""


class JournalRow(Stored, table=True):
    """One entry; its position is never reused and leaves no gap."""

    __tablename__ = "journal"

    position: int = Field(primary_key=True, sa_type=BIG, sa_column_kwargs={"autoincrement": False})
    kind: str
    source: str
    digest: bytes
    """Hash of kind, source and normalised body."""
    at: int = Field(sa_type=BIG)
    received: int = Field(sa_type=BIG)
    subject: str
    """Alarm id, IMSI, caller, or element."""
    other: str | None = None
    """The called party of a call."""
    variant: str | None = None
    """What changed in an alarm, or the kind of UE event."""
    late: bool = False
    """Told after what happened later: history alone."""
    previous: int | None = Field(default=None, sa_type=BIG)
    """Position of the alarm's last change before this one."""
    body: bytes
    after: bytes | None = None
    """The alarm as it stood after this entry."""

    __table_args__ = (
        Index("ux_journal_digest", "digest", "source", "kind", unique=True),
        Index("ix_journal_subject", "kind", "subject", "at", "position"),
        Index("ix_journal_time", "kind", "at", "position"),
        Index(
            "ix_journal_other",
            "kind",
            "other",
            "at",
            "position",
            sqlite_where=text("other IS NOT NULL"),
            postgresql_where=text("other IS NOT NULL"),
        ),
        Index("ix_journal_kind", "kind", "position"),
    )


class AlarmCheckpoint(Stored, table=True):
    """An alarm as it stood at the journal's low-water mark."""

    __tablename__ = "alarm_checkpoints"

    native_id: str = Field(primary_key=True)
    position: int = Field(sa_type=BIG)
    """Of its last entry that is covered."""
    born: int = Field(sa_type=BIG)
    state: bytes


HEAD = table_of(JournalHead)
JOURNAL = table_of(JournalRow)
CHECKPOINTS = table_of(AlarmCheckpoint)
