"""Roles: who has them and what they grant."""

from adapters.beaver.marks import Id, Ids, PageSearch, ResourceType
from adapters.beaver.verbs import BeaverRecord, delete, get, post, put
from adapters.operation import Effect
from adapters.record import MillisText, Rows, Whole


class Role(BeaverRecord, frozen=True):
    """A role with how many have it and how many integrations it grants."""

    role_id: str | None = None
    name: str | None = None
    description: str | None = None
    created_at: MillisText | None = None
    user_role_count: int | None = None
    role_integration_count: int | None = None
    whole: Whole = None


class RoleDraft(BeaverRecord, frozen=True):
    """A role as it shall be."""

    name: str
    description: str | None = None


class RoleCreated(BeaverRecord, frozen=True):
    """The id of a new role."""

    role_id: str | None = None


class RoleMember(BeaverRecord, frozen=True):
    """A user who has a role."""

    user_id: str | None = None
    user_email: str | None = None
    user_nickname: str | None = None
    role_id: str | None = None
    whole: Whole = None


class ResourceSearch(PageSearch, frozen=True):
    """Which kind of resource."""

    resource_type: ResourceType | None = None


class Resource(BeaverRecord, frozen=True):
    """Something that a role grants."""

    resource_id: str | None = None
    resource_type: str | None = None


class UserIds(BeaverRecord, frozen=True):
    """Users who get or lose a role."""

    user_ids: Ids


class ResourceRef(BeaverRecord, frozen=True):
    """Something to grant or to take back."""

    id: str
    type: ResourceType


class ResourceRefs(BeaverRecord, frozen=True):
    """What to grant or to take back."""

    resources: list[ResourceRef]


@post("/user/roles/search", effect=Effect.READ)
def search_roles(body: PageSearch | None = None) -> Rows[Role]:
    """All roles. (Authentication / role)"""


@post("/user/roles")
def create_role(body: RoleDraft) -> RoleCreated:
    """Creates a role. (Authentication / role)"""


@put("/user/roles/{role_id}")
def update_role(role_id: Id, body: RoleDraft) -> None:
    """Changes name and description of a role. (Authentication / role)"""


@delete("/user/roles/{role_id}")
def delete_role(role_id: Id) -> None:
    """Deletes a role that nobody has. (Authentication / role)"""


@get("/user/roles/{role_id}/members")
def list_role_members(role_id: Id) -> Rows[RoleMember]:
    """Who has a role. (Authentication / role)"""


@post("/user/roles/{role_id}/resources", effect=Effect.READ)
def list_role_resources(role_id: Id, body: ResourceSearch | None = None) -> Rows[Resource]:
    """What a role grants. (Authentication / role)"""


@post("/user/roles/{role_id}/associate-user")
def associate_role_users(role_id: Id, body: UserIds) -> None:
    """Gives users a role. (Authentication / role)"""


@post("/user/roles/{role_id}/disassociate-user")
def disassociate_role_users(role_id: Id, body: UserIds) -> None:
    """Takes a role from users. (Authentication / role)"""


@post("/user/roles/{role_id}/associate-resource")
def associate_role_resources(role_id: Id, body: ResourceRefs) -> None:
    """Lets a role grant more. (Authentication / role)"""


@post("/user/roles/{role_id}/disassociate-resource")
def disassociate_role_resources(role_id: Id, body: ResourceRefs) -> None:
    """Lets a role grant less. (Authentication / role)"""
