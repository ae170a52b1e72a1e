"""The audit log: who changed what, and who signed in."""

from sqlalchemy import Index
from sqlmodel import Field

from adapters.local.tables.base import BIG, Stored, table_of


class AuditRow(Stored, table=True):
    __tablename__ = "audit"

    id: int | None = Field(default=None, primary_key=True, sa_type=BIG)
    at: int = Field(sa_type=BIG)
    by: str
    action: str
    target: str | None = None
    source: str | None = None
    outcome: str
    detail: bytes | None = None

    __table_args__ = (
        Index("ix_audit_at", "at", "id"),
        Index("ix_audit_by", "by", "at", "id"),
        Index("ix_audit_action", "action", "at", "id"),
        Index("ix_audit_target", "target", "at", "id"),
    )


AUDIT = table_of(AuditRow)
