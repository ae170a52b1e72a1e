"""Alarms as the journal folds to, the other keys they are known by, and the feeds that bring them."""

from sqlalchemy import Index, text
from sqlmodel import Field

from adapters.local.tables.base import BIG, Stored, table_of


class StoredAlarm(Stored, table=True):
    """One alarm: columns to filter and order by, and the whole state."""

    __tablename__ = "alarms"

    born: int = Field(primary_key=True, sa_type=BIG, sa_column_kwargs={"autoincrement": False})
    """Position of the entry that first told of it."""
    native_id: str = Field(unique=True)
    position: int = Field(sa_type=BIG)
    """Position of its last entry."""
    source: str
    ne_type: str
    ne_id: str
    code: int | None = Field(default=None, sa_type=BIG)
    severity: int
    status: str
    event_type: str
    acknowledged: bool
    shelved: bool
    flapping: bool
    stale: bool
    raised_at: int = Field(sa_type=BIG)
    updated_at: int = Field(sa_type=BIG)
    reported_at: int = Field(sa_type=BIG)
    due_at: int | None = Field(default=None, sa_type=BIG)
    """When time alone changes it next."""
    words: str
    """Folded text to search in."""
    body: bytes
    state: bytes

    __table_args__ = (
        Index("ix_alarms_raised", "raised_at", "born"),
        Index("ix_alarms_updated", "updated_at", "born"),
        Index("ix_alarms_severity", "severity", "born"),
        Index("ix_alarms_standing_raised", "status", "raised_at", "born"),
        Index("ix_alarms_standing_updated", "status", "updated_at", "born"),
        Index("ix_alarms_standing_severity", "status", "severity", "born", "acknowledged"),
        Index(
            "ix_alarms_element", "source", "ne_type", "ne_id", "status", "severity", "acknowledged", "code"
        ),
        Index(
            "ix_alarms_due",
            "due_at",
            sqlite_where=text("due_at IS NOT NULL"),
            postgresql_where=text("due_at IS NOT NULL"),
        ),
    )


class AlarmAlias(Stored, table=True):
    """A key under which reports of an alarm come in."""

    __tablename__ = "alarm_aliases"

    key: str = Field(primary_key=True)
    native_id: str = Field(index=True)
    via: str
    """Pushed by the element, or polled from the source's table."""


class FeedRow(Stored, table=True):
    """A feed of a source: when it was last heard, and how long it may stay silent."""

    __tablename__ = "feeds"

    source: str = Field(primary_key=True)
    heard_at: int = Field(sa_type=BIG)
    silence_ms: int = Field(sa_type=BIG)
    stale: bool = False


class ImageRow(Stored, table=True):
    """A row of a source's alarm table as it was at the last poll."""

    __tablename__ = "alarm_images"

    source: str = Field(primary_key=True)
    row: str = Field(primary_key=True)
    digest: bytes
    body: bytes


ALARMS = table_of(StoredAlarm)
ALIASES = table_of(AlarmAlias)
FEEDS = table_of(FeedRow)
IMAGES = table_of(ImageRow)
