"""Users, roles, organizations and menus."""

from datetime import datetime
from enum import Enum

from msgspec import Struct

from adapters.records.base import UNSET, Known, Sourced


class UserStatus(Enum):
    ACTIVE = "ACTIVE"
    DISABLED = "DISABLED"
    LOCKED = "LOCKED"
    DELETED = "DELETED"
    UNKNOWN = "UNKNOWN"


class RoleKind(Enum):
    """A role proper, or a user group where the source grants by group (IDaaS)."""

    ROLE = "ROLE"
    GROUP = "GROUP"


class Menu(Struct, frozen=True, kw_only=True):
    """A menu or function that may be opened, with those below it."""

    native_id: str
    name: str
    code: str | None = None
    kind: str | None = None
    path: str | None = None
    children: tuple["Menu", ...] = ()


class Organization(Sourced, frozen=True, kw_only=True):
    """A department or organization unit; `parent_id` is a native id, None at a root."""

    name: Known[str] = UNSET
    code: Known[str] = UNSET
    parent_id: Known[str] = UNSET
    leader: Known[str] = UNSET
    phone: Known[str] = UNSET
    email: Known[str] = UNSET
    enabled: Known[bool] = UNSET
    leaf: Known[bool] = UNSET
    """Whether nothing lies below it."""


class Role(Sourced, frozen=True, kw_only=True):
    """A role, or a group that grants."""

    kind: RoleKind = RoleKind.ROLE
    name: Known[str] = UNSET
    code: Known[str] = UNSET
    description: Known[str] = UNSET
    enabled: Known[bool] = UNSET
    created_at: Known[datetime] = UNSET
    holders: "Known[tuple[User, ...]]" = UNSET
    """All who have it, where the list of roles tells that, too."""


class RoleResource(Struct, frozen=True, kw_only=True):
    """Something that a role grants: a device, an entity, an integration, a dashboard, a workflow."""

    kind: str
    native_id: str
    name: str | None = None


class User(Sourced, frozen=True, kw_only=True):
    """An account. Organization and roles may come along as records of which only the id is known."""

    username: str
    """The native id where the source has no name for the account."""
    status: UserStatus = UserStatus.UNKNOWN
    display_name: Known[str] = UNSET
    email: Known[str] = UNSET
    phone: Known[str] = UNSET
    description: Known[str] = UNSET
    avatar_url: Known[str] = UNSET
    created_at: Known[datetime] = UNSET
    updated_at: Known[datetime] = UNSET
    last_login_at: Known[datetime] = UNSET
    last_login_ip: Known[str] = UNSET
    expires_at: Known[datetime] = UNSET
    organization: Known[Organization] = UNSET
    roles: Known[tuple[Role, ...]] = UNSET
    menus: Known[tuple[Menu, ...]] = UNSET
    """Menus and functions that the user may open."""
