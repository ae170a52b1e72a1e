"""What is answered from the directory: users in an order that no vendor has, and accounts of the same person."""

import asyncio
from typing import Any

from msgspec import UNSET

from adapters import records
from adapters.local.directory import DirectoryOrder
from adapters.ports import Page, PageRequest
from adapters.ports import Source as SourcePort
from adapters.ports import UserFilter as UserConditions
from adapters.ports.directory import DirectoryEntry
from adapters.records import ObjectKind, UserStatus
from resolvers.connections import Slice, merged
from resolvers.context import Info
from resolvers.ordering import OrderDirection

_ORDERS = {
    "USERNAME": DirectoryOrder.NAME,
    "CREATED_AT": DirectoryOrder.CREATED_AT,
    "LAST_LOGIN_AT": DirectoryOrder.LAST_LOGIN_AT,
}


async def ordered_users(
    info: Info,
    where: UserConditions,
    sources: tuple[SourcePort, ...],
    order: str,
    direction: OrderDirection,
    first: int | None,
    after: str | None,
) -> Slice:
    """Users of several sources in one order: who they are from the directory, their details read live."""
    down = direction is OrderDirection.DESC
    names = [source.name for source in sources]
    free = where == UserConditions()

    async def ask(_: SourcePort, request: PageRequest) -> Page[records.User]:
        found: list[records.User] = []
        positions: list[Any] = []
        after, total = request.after, None
        while True:
            step = PageRequest(
                first=request.first, after=after, total=request.total and free and total is None
            )
            page = await info.context.store.directory.page(
                ObjectKind.USER, step, _ORDERS[order], sources=names, down=down
            )
            total = page.total if page.total is not None else total
            users = await asyncio.gather(*(_user(info, entry) for entry in page.records))
            for user, position in zip(users, page.positions, strict=True):
                if user is None or not (free or await _matches(info, user, where)):
                    continue
                if len(found) == request.first:
                    return Page(records=tuple(found), positions=tuple(positions), more=True, total=total)
                found.append(user)
                positions.append(position)
            if not page.more:
                return Page(records=tuple(found), positions=tuple(positions), total=total)
            after = page.positions[-1]

    mark = (where, names, order, down)
    store = next(s for s in info.context.sources.all if s.name == "local")
    return await merged(info, "usersInOrder", mark, (store,), ask, first=first, after=after, strict=True)


async def _user(info: Info, entry: DirectoryEntry) -> records.User | None:
    return await info.context.object(ObjectKind.USER, entry.source, entry.native_id)


async def _matches(info: Info, user: records.User, where: UserConditions) -> bool:
    """Whether a user meets all conditions, told exactly, whatever a vendor's own filters are like."""
    told = {name: getattr(user, name) for name in ("email", "phone", "display_name", "organization", "roles")}
    asked = {
        "email": where.email,
        "phone": where.phone,
        "organization": where.organization,
        "roles": where.role,
    }
    if any(told[name] is UNSET and wanted is not None for name, wanted in asked.items()):
        user = await info.context.details(user) or user
    organization = _known(user.organization)
    roles = _known(user.roles) or ()
    words = "\n".join(
        folded(v)
        for v in (user.username, _known(user.display_name), _known(user.email), _known(user.phone))
        if v
    )
    return (
        (where.username is None or user.username == where.username)
        and (where.email is None or folded(_known(user.email)) == folded(where.email))
        and (where.phone is None or _known(user.phone) == where.phone)
        and (where.status is None or user.status in where.status)
        and (where.organization is None or getattr(organization, "native_id", None) == where.organization)
        and (where.role is None or any(r.native_id == where.role for r in roles))
        and (not where.search or folded(where.search) in words)
    )


async def accounts_of(info: Info, user: records.User) -> list[records.User]:
    """The same person in the other sources: linked by hand, else by an address that nobody shares."""
    store = info.context.store
    me = (user.source, user.native_id)
    linked = (await store.links.linked([me])).get(me, ())
    found: dict[str, list[str]] = {}
    for source, native_id in linked:
        found.setdefault(source, []).append(native_id)
    whole = user
    if user.email is UNSET or user.phone is UNSET:
        whole = await info.context.details(user) or user
    for address, holders in (
        (_known(whole.email), store.directory.by_email),
        (_known(whole.phone), store.directory.by_phone),
    ):
        if not (address or "").strip():
            continue
        for source, native_id in _unshared(await holders(address or ""), me):
            found.setdefault(source, [native_id])
    wanted = [(source, native_id) for source, native_ids in found.items() for native_id in native_ids]
    order = {source.name: position for position, source in enumerate(info.context.sources.all)}
    wanted.sort(key=lambda one: order.get(one[0], len(order)))
    users = await asyncio.gather(
        *(info.context.object(ObjectKind.USER, *one) for one in wanted if one[0] in order)
    )
    return [other for other in users if other is not None and other.status is not UserStatus.DELETED]


def _unshared(entries: tuple[DirectoryEntry, ...], me: tuple[str, str]) -> list[tuple[str, str]]:
    """The holders of an address in other sources; none where two accounts of a source share it."""
    by_source: dict[str, list[str]] = {}
    for entry in entries:
        by_source.setdefault(entry.source, []).append(entry.native_id)
    if set(by_source.get(me[0], [])) - {me[1]}:
        return []
    return [(source, ids[0]) for source, ids in by_source.items() if source != me[0] and len(ids) == 1]


def folded(text: str | None) -> str:
    """A text made comparable: trimmed, without case."""
    return (text or "").strip().casefold()


def _known(value: Any) -> Any:
    return None if value is UNSET else value
