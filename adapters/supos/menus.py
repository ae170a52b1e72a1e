"""Which menus users and roles open."""

from typing import Annotated

from adapters.record import OneOf
from adapters.supos.marks import RoleCode, Username
from adapters.supos.verbs import SuposRecord, get


class Menu(SuposRecord, frozen=True):
    """A menu and where it leads."""

    name: str | None = None
    url: str | None = None
    code: str | None = None


@get("/open-api/rbac/v2/users/{username}/permissions/menus")
def list_user_menus(
    username: Username,
    *,
    company_code: str | None = None,
    source: Annotated[str, OneOf(("IDE", ""))] | None = None,
) -> list[Menu]:
    """Menus that a user may open in a company; `IDE` gives those made in the app designer. (Menus / Get Accessible Menus by Username)"""


@get("/open-api/rbac/v2/roles/{rolecode}/permissions/menus")
def list_role_menus(
    role_code: RoleCode,
    *,
    company_code: str | None = None,
    scope: Annotated[str, OneOf(("0", "1", ""))] | None = None,
) -> list[Menu]:
    """Menus that a role opens in a company: 0 design center, 1 operation center. (Menus / Get Accessible Menus by Role)"""
