"""Users, roles, departments and menus in the words of the graph."""

from collections.abc import Collection, Iterable
from typing import Any

from adapters import records
from adapters.omc.departments import Department
from adapters.omc.roles import Role, RoleUser
from adapters.omc.tree import TreeNode
from adapters.omc.users import User
from adapters.records.base import UNSET

ROOT = "0"
"""The parent of the departments at the top."""

STATUSES: dict[str | None, records.UserStatus] = {
    "1": records.UserStatus.ACTIVE,
    "0": records.UserStatus.DISABLED,
}
_UNKNOWN, _GONE = records.UserStatus.UNKNOWN, records.UserStatus.DELETED
DELETED = frozenset({"1", "2"})
"""Deletion flags of accounts that are gone but still listed."""
SWITCHES: dict[str | None, bool] = {"1": True, "0": False}


def user_of(source: str, base_url: str, user: User) -> records.User | None:
    """A user; None without an id or a name."""
    if not user.user_id or not user.user_name:
        return None
    return records.User(
        source=source,
        native_id=user.user_id,
        username=user.user_name,
        status=_GONE if user.del_flag in DELETED else STATUSES.get(user.status, _UNKNOWN),
        display_name=user.nick_name or None,
        email=user.email or None,
        phone=user.phonenumber or None,
        description=user.remark or None,
        avatar_url=avatar_url(base_url, user.avatar),
        created_at=user.create_time,
        updated_at=user.update_time,
        last_login_at=user.login_date,
        last_login_ip=user.login_ip or None,
        expires_at=None,
        organization=_department_of(source, user),
        roles=_roles_of(source, user.roles),
        raw=user.whole,
    )


def holder_of(source: str, user: RoleUser) -> records.User | None:
    """A user as the list of a role's holders tells of them; None without an id or a name."""
    if not user.user_id or not user.user_name:
        return None
    return records.User(
        source=source,
        native_id=user.user_id,
        username=user.user_name,
        status=STATUSES.get(user.status, _UNKNOWN),
        display_name=user.nick_name or None,
        email=user.email or None,
        phone=user.phonenumber or None,
        created_at=user.create_time,
        expires_at=None,
        organization=_department_of(source, user),
        roles=_roles_of(source, user.roles),
        raw=user.whole,
    )


def role_of(source: str, role: Role) -> records.Role | None:
    """A role; None without an id."""
    if not role.role_id:
        return None
    return records.Role(
        source=source,
        native_id=role.role_id,
        name=role.role_name or None,
        code=role.role_key or None,
        description=role.remark or None,
        enabled=switched(role.status),
        created_at=role.create_time,
        raw=role.whole,
    )


def brief_role(source: str, role: Role) -> records.Role | None:
    """A role as it stands inside of a user: what is empty there is told by the role's own read."""
    if not role.role_id:
        return None
    enabled, created = switched(role.status), role.create_time
    return records.Role(
        source=source,
        native_id=role.role_id,
        name=role.role_name or UNSET,
        code=role.role_key or UNSET,
        description=role.remark or UNSET,
        enabled=enabled if enabled is not None else UNSET,
        created_at=created if created is not None else UNSET,
        raw=role.whole,
    )


def organization_of(source: str, department: Department) -> records.Organization | None:
    """A department; None without an id, as a user without one has it."""
    if not department.dept_id:
        return None
    return records.Organization(
        source=source,
        native_id=department.dept_id,
        name=department.dept_name or None,
        code=None,
        parent_id=department.parent_id if department.parent_id not in (None, "", ROOT) else None,
        leader=department.leader or None,
        phone=department.phone or None,
        email=department.email or None,
        enabled=switched(department.status),
        raw=department.whole,
    )


def menus_of(nodes: Iterable[TreeNode], opened: Collection[str] | None) -> tuple[records.Menu, ...]:
    """The menus that are opened, with those above them; all where `opened` is None."""
    kept = []
    for node in nodes:
        below = menus_of(node.children or (), opened)
        if node.id and (opened is None or node.id in opened or below):
            kept.append(records.Menu(native_id=node.id, name=node.label or node.id, children=below))
    return tuple(kept)


def switched(status: str | None) -> bool | None:
    """Whether something is active: 1 is, 0 is not."""
    return SWITCHES.get(status)


def avatar_url(base_url: str, path: str | None) -> str | None:
    """Where a picture lies: a path of the OMC's, below its base URL."""
    if not path:
        return None
    return path if path.startswith(("http://", "https://")) else f"{base_url.rstrip('/')}/{path.lstrip('/')}"


def _roles_of(source: str, told: Iterable[Role] | None) -> Any:
    if told is None:
        return UNSET
    return tuple([role for one in told if (role := brief_role(source, one)) is not None])


def _department_of(source: str, user: User | RoleUser) -> Any:
    known = organization_of(source, user.dept) if user.dept is not None else None
    if known is not None:
        return known
    if user.dept_id is None:
        return UNSET
    if user.dept_id in ("", ROOT):
        return None
    return records.Organization(source=source, native_id=user.dept_id)
