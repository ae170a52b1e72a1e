"""What processes agree on: leases, sessions at sources, and what they watch there."""

from sqlmodel import Field

from adapters.local.tables.base import BIG, Stored, table_of


class LeaseRow(Stored, table=True):
    """One lease; `fence` grows with every change of hands."""

    __tablename__ = "leases"

    name: str = Field(primary_key=True)
    owner: str
    expires_at: int = Field(sa_type=BIG)
    fence: int = Field(sa_type=BIG)
    beat: int = Field(sa_type=BIG)
    """Grows with every renewal: a holder whose beat stands still is gone."""


class VaultRow(Stored, table=True):
    """A source's session that all processes share, sealed."""

    __tablename__ = "vault"

    source: str = Field(primary_key=True)
    sealed: bytes


class WatchedRow(Stored, table=True):
    """What one process watches at a source."""

    __tablename__ = "watched"

    source: str = Field(primary_key=True)
    owner: str = Field(primary_key=True)
    keys: str
    """A JSON list."""
    beat: int = Field(sa_type=BIG)
    """Grows with every exchange: a process whose beat stands still is gone."""


LEASES = table_of(LeaseRow)
VAULT = table_of(VaultRow)
WATCHED = table_of(WatchedRow)
