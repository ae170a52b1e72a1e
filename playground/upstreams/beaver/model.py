"""What the pretend Beaver IoT keeps: accounts, roles, devices, entities, dashboards and workflows."""

from dataclasses import dataclass, field
from typing import Any

FIRST_ID = 1_934_567_890_123_456_001
"""Ids are consecutive and beyond 2^53, so that whoever reads them as floats mixes them up."""
RESOURCE_TYPES = ("ENTITY", "DEVICE", "INTEGRATION", "DASHBOARD", "WORKFLOW")


@dataclass
class User:
    user_id: str
    nickname: str
    email: str
    password: str
    created_at: int
    super_admin: bool = False


@dataclass
class Menu:
    menu_id: str
    code: str
    name: str
    type: str
    parent_id: str | None = None

    def row(self) -> dict[str, Any]:
        """Show the menu as lists show it: flat, the root ones without a parent."""
        row = {"menu_id": self.menu_id, "code": self.code, "name": self.name, "type": self.type}
        return row | ({"parent_id": self.parent_id} if self.parent_id else {})


@dataclass
class Role:
    role_id: str
    name: str
    description: str | None
    created_at: int
    users: list[str] = field(default_factory=list)
    menus: list[str] = field(default_factory=list)
    resources: list[tuple[str, str]] = field(default_factory=list)
    """Resource type and id."""


@dataclass(frozen=True)
class Integration:
    id: str
    name: str
    description: str
    icon: str
    add_device_service_key: str | None = None
    delete_device_service_key: str | None = None


@dataclass
class Device:
    id: str
    key: str
    name: str
    integration: str
    identifier: str
    additional_data: dict[str, Any]
    created_at: int
    updated_at: int
    user_id: str
    deletable: bool = True


@dataclass
class Entity:
    id: str
    key: str
    name: str
    type: str
    value_type: str
    integration: str
    access_mod: str | None = None
    attribute: dict[str, Any] = field(default_factory=dict)
    device_id: str | None = None
    parent: str | None = None
    """Key of the entity that this one is a part of."""
    created_at: int = 0
    updated_at: int = 0
    measured: bool = False
    """Whether it had values before the start."""
    points: list[tuple[int, Any]] = field(default_factory=list)
    """Values set since the start, oldest first, with their time in milliseconds."""


@dataclass
class Dashboard:
    dashboard_id: str
    user_id: str
    name: str
    created_at: int
    widgets: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Workflow:
    id: str
    name: str
    remark: str | None
    enabled: bool
    user_nickname: str
    created_at: int
    updated_at: int


@dataclass(frozen=True)
class Run:
    id: str
    workflow_id: str
    start_time: int
    time_cost: int
    status: str
    trace: tuple[dict[str, Any], ...]


@dataclass
class House:
    """Everything that changes while the pretend Beaver IoT runs; each dictionary is by id."""

    born_ms: int
    users: dict[str, User] = field(default_factory=dict)
    menus: dict[str, Menu] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    integrations: dict[str, Integration] = field(default_factory=dict)
    devices: dict[str, Device] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    dashboards: dict[str, Dashboard] = field(default_factory=dict)
    workflows: dict[str, Workflow] = field(default_factory=dict)
    runs: dict[str, Run] = field(default_factory=dict)
    ids_given: int = 0

    def new_id(self) -> str:
        """Give the next id."""
        self.ids_given += 1
        return str(FIRST_ID + self.ids_given)

    def user_by_email(self, email: str) -> User | None:
        """Find an account by its sign-in name."""
        return next((u for u in self.users.values() if u.email.casefold() == email.strip().casefold()), None)

    def roles_of(self, user_id: str) -> list[Role]:
        """List the roles of an account."""
        return [role for role in self.roles.values() if user_id in role.users]

    def entity_by_key(self, key: str) -> Entity | None:
        """Find an entity by its key."""
        return next((e for e in self.entities.values() if e.key == key), None)

    def entities_of(self, device_id: str) -> list[Entity]:
        """List the entities of a device, parts included."""
        return [e for e in self.entities.values() if e.device_id == device_id]
