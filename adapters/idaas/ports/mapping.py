"""The service's accounts, groups and organizations as the records of the graph."""

from msgspec import UNSET

from adapters.idaas.groups import Group, GroupUser
from adapters.idaas.organs import Organ
from adapters.idaas.users import User as Account
from adapters.records import Known, Organization, Role, RoleKind, User, UserStatus

ROOT = "-1"
"""What lies above the roots of the tree; it is no organization itself."""

STATUSES = {"0": UserStatus.DELETED, "1": UserStatus.ACTIVE, "2": UserStatus.DISABLED}


def user_of(source: str, row: Account | GroupUser) -> User | None:
    """An account as a user; its groups are a read of their own."""
    if not row.id:
        return None
    return User(
        source=source,
        native_id=row.id,
        username=row.account_name or row.id,
        status=STATUSES.get(row.status or "", UserStatus.UNKNOWN),
        display_name=row.nick_name or None,
        email=row.email or None,
        phone=row.phone or None,
        description=row.description or None,
        avatar_url=None,
        created_at=row.created_time,
        updated_at=row.updated_time,
        last_login_at=None,
        last_login_ip=None,
        expires_at=row.expiration_time,
        organization=_home(source, row),
        menus=None,
        raw=row.whole,
    )


def role_of(source: str, row: Group) -> Role | None:
    """A group as what grants."""
    if not row.id:
        return None
    return Role(
        source=source,
        native_id=row.id,
        kind=RoleKind.GROUP,
        name=row.name,
        code=None,
        description=row.description or None,
        enabled=None,
        created_at=row.created_time,
        raw=row.whole,
    )


def organization_of(source: str, row: Organ, *, whole: bool) -> Organization | None:
    """An organization; the rows of a page say nothing of its code."""
    if not row.id:
        return None
    return Organization(
        source=source,
        native_id=row.id,
        name=row.name,
        code=row.code or None if whole or row.code else UNSET,
        parent_id=None if row.parent_id in (None, "", ROOT) else row.parent_id,
        leader=None,
        phone=None,
        email=None,
        enabled=row.status == "1" if row.status else None,
        leaf=UNSET if row.is_leaf is None else row.is_leaf,
        raw=row.whole,
    )


def _home(source: str, row: Account | GroupUser) -> Known[Organization]:
    if not row.organization_id or row.organization_id == ROOT:
        return None
    name = row.organ_name if isinstance(row, Account) else None
    return Organization(source=source, native_id=row.organization_id, name=name or UNSET)
