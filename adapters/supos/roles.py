"""Which roles users have."""

from adapters.supos.marks import IdentityIds, RoleCodes, Username
from adapters.supos.verbs import SuposRecord, delete, post


class RoleCodeList(SuposRecord, frozen=True):
    """Roles to give or to take, at most ten."""

    role_codes: RoleCodes


@post("/open-api/auth/v2/users/{username}/role")
def bind_user_roles(username: Username, body: RoleCodeList) -> None:
    """Gives a user roles. (Roles / Bind User)"""


@delete("/open-api/auth/v2/users/{username}/role")
def unbind_user_roles(username: Username, body: RoleCodeList) -> None:
    """Takes roles from a user. (Roles / Unbind User)"""


@delete("/open-api/auth/v2/users/{username}/role/third/identity")
def unbind_third_party_roles(username: Username, identity_ids: IdentityIds) -> None:
    """Takes up to ten third-party roles from a user; one that is not held is passed over. (Roles / Unbind Third-party Role)"""
