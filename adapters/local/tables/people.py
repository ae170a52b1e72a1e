"""Users with their secrets' hashes, roles, organizations, and sessions."""

from sqlalchemy import Index
from sqlmodel import Field

from adapters.local.tables.base import BIG, Stored, table_of


class OrganizationRow(Stored, table=True):
    __tablename__ = "organizations"

    native_id: str = Field(primary_key=True)
    parent_id: str | None = Field(default=None, foreign_key="organizations.native_id", index=True)
    words: str
    body: bytes


class RoleRow(Stored, table=True):
    __tablename__ = "roles"

    native_id: str = Field(primary_key=True)
    code: str | None = Field(default=None, unique=True)
    kind: str
    enabled: bool
    words: str
    body: bytes


class UserRow(Stored, table=True):
    """An account of the gateway: its record, and what signing in needs."""

    __tablename__ = "users"

    native_id: str = Field(primary_key=True)
    username: str = Field(unique=True)
    """Folded, so that two accounts differ in more than case."""
    email: str | None = None
    phone: str | None = None
    status: str
    organization_id: str | None = Field(default=None, foreign_key="organizations.native_id")
    created_at: int = Field(sa_type=BIG)
    last_login_at: int = Field(default=0, sa_type=BIG)
    words: str
    body: bytes
    password_hash: str | None = None
    failures: int = 0
    locked_until: int | None = Field(default=None, sa_type=BIG)

    __table_args__ = (
        Index("ix_users_created", "created_at", "native_id"),
        Index("ix_users_login", "last_login_at", "native_id"),
        Index("ix_users_organization", "organization_id", "native_id"),
        Index("ix_users_email", "email"),
        Index("ix_users_phone", "phone"),
    )


class UserRoleRow(Stored, table=True):
    __tablename__ = "user_roles"

    user_id: str = Field(primary_key=True, foreign_key="users.native_id", ondelete="CASCADE")
    role_id: str = Field(primary_key=True, foreign_key="roles.native_id", ondelete="CASCADE", index=True)


class SessionRow(Stored, table=True):
    """A sign-in that can be refreshed; only hashes of its tokens are kept."""

    __tablename__ = "sessions"

    id: str = Field(primary_key=True)
    username: str = Field(index=True)
    token: bytes = Field(unique=True)
    """Hash of the refresh token that counts now."""
    created_at: int = Field(sa_type=BIG)
    expires_at: int = Field(sa_type=BIG, index=True)
    ended_at: int | None = Field(default=None, sa_type=BIG)


class UsedTokenRow(Stored, table=True):
    """A refresh token that was exchanged: shown again, it ends its session."""

    __tablename__ = "used_tokens"

    token: bytes = Field(primary_key=True)
    session_id: str = Field(foreign_key="sessions.id", ondelete="CASCADE", index=True)


ORGANIZATIONS = table_of(OrganizationRow)
ROLES = table_of(RoleRow)
USERS = table_of(UserRow)
USER_ROLES = table_of(UserRoleRow)
SESSIONS = table_of(SessionRow)
USED_TOKENS = table_of(UsedTokenRow)
