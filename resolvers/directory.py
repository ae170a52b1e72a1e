"""What is answered from the directory: users in an order that no vendor has, and accounts of the same person."""

import asyncio
from collections import defaultdict
from typing import Any, NamedTuple

from msgspec import UNSET

from adapters import records
from adapters.local.directory import DirectoryOrder
from adapters.local.links import Account
from adapters.local.store import LocalStore
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


class Person(NamedTuple):
    """An account, and the addresses by which it may be found again; folded, empty where there is none."""

    account: Account
    email: str
    phone: str


async def accounts_of(info: Info, user: records.User) -> list[records.User]:
    """The same person in the other sources: linked by hand, else by an address that nobody shares."""
    store = info.context.store

    async def batch(people: tuple[Person, ...]) -> dict[Person, list[Account]]:
        return await _accounts(store, people)

    whole = user
    if user.email is UNSET or user.phone is UNSET:
        whole = await info.context.details(user) or user
    person = Person((user.source, user.native_id), folded(_known(whole.email)), folded(_known(whole.phone)))
    found = await info.context.loader("accounts", batch).load(person) or []
    order = {source.name: position for position, source in enumerate(info.context.sources.all)}
    wanted = sorted((one for one in found if one[0] in order), key=lambda one: order[one[0]])
    users = await asyncio.gather(*(info.context.object(ObjectKind.USER, *one) for one in wanted))
    return [other for other in users if other is not None and other.status is not UserStatus.DELETED]


async def _accounts(store: LocalStore, people: tuple[Person, ...]) -> dict[Person, list[Account]]:
    """The other accounts of several people, in as few statements as for one."""
    linked = await store.links.linked([person.account for person in people])
    by_email, by_phone = defaultdict(list), defaultdict(list)
    for entry in await store.directory.by_email(*(person.email for person in people)):
        by_email[folded(entry.email)].append((entry.source, entry.native_id))
    for entry in await store.directory.by_phone(*(person.phone for person in people)):
        by_phone[folded(entry.phone)].append((entry.source, entry.native_id))
    told: dict[Person, list[Account]] = {}
    for person in people:
        found: dict[str, list[Account]] = defaultdict(list)
        for other in linked.get(person.account, ()):
            found[other[0]].append(other)
        for holders in (by_email[person.email], by_phone[person.phone]):
            for other in _unshared(holders, person.account):
                found.setdefault(other[0], [other])
        told[person] = [other for others in found.values() for other in others]
    return told


def _unshared(holders: list[Account], me: Account) -> list[Account]:
    """The holders of an address in other sources; none where two accounts of a source share it."""
    by_source: dict[str, list[Account]] = defaultdict(list)
    for holder in holders:
        by_source[holder[0]].append(holder)
    if set(by_source.pop(me[0], [])) - {me}:
        return []
    return [others[0] for others in by_source.values() if len(others) == 1]


def folded(text: str | None) -> str:
    """A text made comparable: trimmed, without case."""
    return (text or "").strip().casefold()


def _known(value: Any) -> Any:
    return None if value is UNSET else value
