"""Ports of users, roles and organizations, with what can be asked of and changed in each."""

from datetime import datetime
from typing import ClassVar

from msgspec import UNSET, Struct, UnsetType

from adapters.ports.page import Outcome, Page, PageRequest
from adapters.ports.port import Native, Port
from adapters.records import Menu, ObjectKind, Organization, Role, RoleKind, RoleResource, User, UserStatus


class UserFilter(Struct, frozen=True, kw_only=True):
    """Conditions on users; `organization` and `role` are native ids. Texts but `search` match exactly."""

    search: str | None = None
    username: str | None = None
    email: str | None = None
    phone: str | None = None
    status: tuple[UserStatus, ...] | None = None
    organization: str | None = None
    role: str | None = None


class UserDraft(Struct, frozen=True, kw_only=True):
    """A user to create; `organization` and `roles` are native ids."""

    username: str
    password: str
    display_name: str | None = None
    email: str | None = None
    phone: str | None = None
    description: str | None = None
    status: UserStatus = UserStatus.ACTIVE
    organization: str | None = None
    roles: tuple[str, ...] = ()
    expires_at: datetime | None = None
    native: Native = None

    def __repr__(self) -> str:
        return f"UserDraft(username={self.username!r})"


class UserChange(Struct, frozen=True, kw_only=True):
    """What to change; UNSET stays as it is."""

    display_name: str | None | UnsetType = UNSET
    email: str | None | UnsetType = UNSET
    phone: str | None | UnsetType = UNSET
    description: str | None | UnsetType = UNSET
    organization: str | None | UnsetType = UNSET
    expires_at: datetime | None | UnsetType = UNSET
    native: Native = None


class Users(Port[User, UserFilter]):
    """Accounts of people."""

    kind: ClassVar[ObjectKind] = ObjectKind.USER
    writes: ClassVar[tuple[str, ...]] = (
        "create",
        "update",
        "set_status",
        "reset_password",
        "delete",
        "assign_roles",
        "unassign_roles",
    )

    async def organization_of(self, user: User) -> Organization | None:
        """The organization, for a user whose own read does not tell it."""
        return None

    async def roles_of(self, user: User) -> tuple[Role, ...] | None:
        return None

    async def menus_of(self, user: User) -> tuple[Menu, ...] | None:
        return None

    async def create(self, draft: UserDraft) -> User:
        """Creates a user; raises UpstreamRejected or Conflict where the source refuses."""
        self.refuse("create users")

    async def update(self, native_id: str, change: UserChange) -> User:
        self.refuse("change users")

    async def set_status(self, native_id: str, status: UserStatus) -> User:
        self.refuse("change the status of users")

    async def reset_password(self, native_id: str, password: str) -> User:
        self.refuse("reset passwords")

    async def delete(self, native_ids: tuple[str, ...]) -> Outcome[str]:
        self.refuse("delete users")

    async def assign_roles(self, native_id: str, roles: tuple[str, ...]) -> User:
        self.refuse("assign roles")

    async def unassign_roles(self, native_id: str, roles: tuple[str, ...]) -> User:
        self.refuse("take roles away")


class RoleFilter(Struct, frozen=True, kw_only=True):
    search: str | None = None
    kind: RoleKind | None = None
    enabled: bool | None = None


class RoleDraft(Struct, frozen=True, kw_only=True):
    name: str
    code: str | None = None
    description: str | None = None
    kind: RoleKind = RoleKind.ROLE
    native: Native = None


class RoleChange(Struct, frozen=True, kw_only=True):
    name: str | UnsetType = UNSET
    code: str | None | UnsetType = UNSET
    description: str | None | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET
    native: Native = None


class Roles(Port[Role, RoleFilter]):
    """Roles, or groups where the source grants by group."""

    kind: ClassVar[ObjectKind] = ObjectKind.ROLE
    writes: ClassVar[tuple[str, ...]] = ("create", "update", "delete")

    async def users_of(self, role: Role, request: PageRequest) -> Page[User] | None:
        return None

    async def menus_of(self, role: Role) -> tuple[Menu, ...] | None:
        return None

    async def resources_of(self, role: Role, kind: str | None) -> tuple[RoleResource, ...] | None:
        return None

    async def create(self, draft: RoleDraft) -> Role:
        self.refuse("create roles")

    async def update(self, native_id: str, change: RoleChange) -> Role:
        self.refuse("change roles")

    async def delete(self, native_ids: tuple[str, ...]) -> Outcome[str]:
        self.refuse("delete roles")


class OrganizationFilter(Struct, frozen=True, kw_only=True):
    """Conditions on organizations; `parent` is a native id."""

    search: str | None = None
    parent: str | None = None
    roots_only: bool = False


class OrganizationDraft(Struct, frozen=True, kw_only=True):
    name: str
    code: str | None = None
    parent: str | None = None
    leader: str | None = None
    phone: str | None = None
    email: str | None = None
    native: Native = None


class OrganizationChange(Struct, frozen=True, kw_only=True):
    name: str | UnsetType = UNSET
    code: str | None | UnsetType = UNSET
    parent: str | None | UnsetType = UNSET
    leader: str | None | UnsetType = UNSET
    phone: str | None | UnsetType = UNSET
    email: str | None | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET
    native: Native = None


class Organizations(Port[Organization, OrganizationFilter]):
    """Departments and organization units."""

    kind: ClassVar[ObjectKind] = ObjectKind.ORGANIZATION
    writes: ClassVar[tuple[str, ...]] = ("create", "update", "delete")

    async def children_of(self, organization: Organization) -> tuple[Organization, ...] | None:
        return None

    async def users_of(self, organization: Organization, request: PageRequest) -> Page[User] | None:
        return None

    async def create(self, draft: OrganizationDraft) -> Organization:
        self.refuse("create organizations")

    async def update(self, native_id: str, change: OrganizationChange) -> Organization:
        self.refuse("change organizations")

    async def delete(self, native_id: str) -> Outcome[str]:
        self.refuse("delete organizations")
