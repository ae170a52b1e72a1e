"""The directory: a light index over every object of every source, and accounts that were linked by hand."""

from sqlalchemy import Index
from sqlmodel import Field

from adapters.local.tables.base import BIG, Stored, table_of


class DirectoryRow(Stored, table=True):
    """One object of one source; texts are folded, addresses normalised."""

    __tablename__ = "directory"

    id: int | None = Field(default=None, primary_key=True, sa_type=BIG)
    kind: str
    source: str
    native_id: str
    name: str = ""
    """Folded, to order by."""
    email: str | None = None
    phone: str | None = None
    identifier: str | None = None
    mac: str | None = None
    organization: str | None = None
    created_at: int = Field(default=0, sa_type=BIG)
    """0 where it is not known."""
    last_login_at: int = Field(default=0, sa_type=BIG)
    words: str
    """Folded text to search in."""
    body: bytes
    """The record as the list gave it, to tell an id that has no single read."""
    swept: int = Field(sa_type=BIG)
    """The sweep that saw it last."""
    seen_at: int = Field(sa_type=BIG)

    __table_args__ = (
        Index("ux_directory_object", "kind", "source", "native_id", unique=True),
        Index("ix_directory_name", "kind", "name", "id"),
        Index("ix_directory_created", "kind", "created_at", "id"),
        Index("ix_directory_login", "kind", "last_login_at", "id"),
        Index("ix_directory_email", "kind", "email"),
        Index("ix_directory_phone", "kind", "phone"),
        Index("ix_directory_identifier", "identifier"),
        Index("ix_directory_mac", "mac"),
        Index("ix_directory_swept", "kind", "source", "swept"),
    )


class LinkRow(Stored, table=True):
    """An account in a group of accounts of one person."""

    __tablename__ = "account_links"

    source: str = Field(primary_key=True)
    native_id: str = Field(primary_key=True)
    group: str = Field(index=True)


DIRECTORY = table_of(DirectoryRow)
LINKS = table_of(LinkRow)
