"""supOS users as users of the graph."""

import re
from collections.abc import Callable
from typing import Any, NoReturn

from msgspec import UNSET

from adapters.errors import BadInput, ErrorCode, NotFound, Unsupported, UpstreamError, UpstreamRejected
from adapters.gateway import Gateway
from adapters.paging import Numbered, capped, numbered, sifted, whole
from adapters.picking import Picker
from adapters.ports import Outcome, Page, PageRequest, Refusal, UserFilter, Users
from adapters.ports.people import UserChange, UserDraft
from adapters.records import Menu, Role, User, UserStatus
from adapters.settings import SourceSettings
from adapters.supos import menus, roles, users
from adapters.supos.marks import ROLE_CODE, USERNAME

LARGEST = 500
_AT_ONCE = 10
"""Roles in one call."""
_NATIVE = frozenset({"timeZone", "personCode", "companyCode", "accountType", "recoveryDeleted", "lockStatus"})
_SAFE = re.compile(r"[^{}&=]{1,100}")
"""Words for which the signature is known."""


class SuposUsers(Users):
    """Users of one company, by user name; each is bound to a person, whose name it shows."""

    def __init__(self, settings: SourceSettings, gateway: Gateway) -> None:
        self.source = settings.name
        self._settings = settings
        self._send = gateway.send
        self._list = Picker(
            self.fetch(None, None), lambda row: row.username, self.user, LARGEST, alone=self.get
        )

    async def page(self, where: UserFilter, request: PageRequest) -> Page[User]:
        if where.email is not None or where.phone is not None or where.organization is not None:
            return Page(total=0)
        if where.role is not None and not re.fullmatch(ROLE_CODE, where.role):
            return Page(total=0)
        keep = _keeps(where)
        if where.username is not None:
            row = await self._row(where.username)
            return whole([row] if row else [], request, self.user, keep)
        word = where.search if where.search and _SAFE.fullmatch(where.search) else None
        fetch = self.fetch(word, where.role)
        if where.status is None and (word or not where.search):
            return await numbered(fetch, request, self.user, largest=LARGEST)
        return await sifted(fetch, request, self.user, keep)

    async def get(self, native_id: str) -> User | None:
        row = await self._row(native_id)
        return self.user(row) if row else None

    async def get_many(self, native_ids: tuple[str, ...]) -> dict[str, User] | None:
        """Out of the list, whose rows tell all that the single read does, where that is short."""
        return await self._list.pick(filter(is_username, native_ids))

    async def menus_of(self, user: User) -> tuple[Menu, ...] | None:
        rows = await self._send(menus.list_user_menus(user.native_id))
        return tuple(menus_in(rows))

    async def create(self, draft: UserDraft) -> User:
        told = self._native(draft.native)
        for name in ("display_name", "email", "phone", "organization", "expires_at"):
            if getattr(draft, name) is not None:
                raise Unsupported(f"{self.source} keeps no {name.replace('_', ' ')} of its users.")
        if draft.status not in (UserStatus.ACTIVE, UserStatus.LOCKED):
            raise Unsupported(f"{self.source} creates users that are active or locked.")
        person = told.get("personCode")
        if not isinstance(person, str) or not person:
            raise BadInput(
                f"{self.source} binds a user to a person: personCode is needed.", ("native", "personCode")
            )
        body = users.UserDraft(
            username=draft.username,
            password=draft.password,
            time_zone=str(told.get("timeZone") or self._settings.option("time_zone", "GMT+0800")),
            person_code=person,
            account_type=_whole(told.get("accountType", 0), "accountType"),
            company_code=_text(told.get("companyCode"), "companyCode"),
            user_desc=draft.description,
            role_name_list=list(draft.roles) or None,
            recovery_deleted=True if told.get("recoveryDeleted") is True else None,
        )
        await self._send(users.add_user(body))
        if draft.status is UserStatus.LOCKED:
            return await self.set_status(draft.username, UserStatus.LOCKED)
        return await self.get(draft.username) or self._gone(draft.username)

    async def update(self, native_id: str, change: UserChange) -> User:
        told = self._native(change.native)
        for name in ("display_name", "email", "phone", "organization", "expires_at"):
            if getattr(change, name) not in (UNSET, None):
                raise Unsupported(f"{self.source} keeps no {name.replace('_', ' ')} of its users.")
        row = await self._row(native_id) or self._gone(native_id)
        description = row.user_desc if change.description is UNSET else change.description or ""
        await self._send(
            users.update_user(
                native_id,
                users.UserUpdate(
                    user_desc=description if isinstance(description, str) else None,
                    # No read tells the time zone, so it is sent where it changes alone.
                    time_zone=_text(told.get("timeZone"), "timeZone"),
                    person_code=_text(told.get("personCode"), "personCode") or row.person_code,
                    lock_status=_whole(told["lockStatus"], "lockStatus")
                    if told.get("lockStatus") is not None
                    else row.lock_status,
                ),
            )
        )
        return await self.get(native_id) or self._gone(native_id)

    async def set_status(self, native_id: str, status: UserStatus) -> User:
        if status not in (UserStatus.ACTIVE, UserStatus.LOCKED):
            raise Unsupported(f"{self.source} locks users and unlocks them, no more.")
        lock = 1 if status is UserStatus.LOCKED else 0
        row = await self._row(native_id) or self._gone(native_id)
        body = users.UserUpdate(user_desc=row.user_desc, person_code=row.person_code, lock_status=lock)
        await self._send(users.update_user(native_id, body))
        return await self.get(native_id) or self._gone(native_id)

    async def delete(self, native_ids: tuple[str, ...]) -> Outcome[str]:
        names = list(dict.fromkeys(one for one in native_ids if is_username(one)))
        refusals = [
            Refusal(
                code=ErrorCode.NOT_FOUND, message=f"{self.source} has no user {one[:40]!r}.", native_id=one
            )
            for one in dict.fromkeys(native_ids)
            if not is_username(one)
        ]
        done: list[str] = []
        pending = [names] if names else []
        while pending:
            some = pending.pop(0)
            try:
                await self._send(users.batch_delete_users(some))
            except UpstreamRejected as error:
                if len(some) > 1:
                    # Whether a batch is all or nothing is not documented: one by one tells.
                    pending.extend([one] for one in some)
                else:
                    refusals.append(_refusal(error, some[0]))
            except UpstreamError as error:
                if not done:
                    raise
                refusals.extend(_refusal(error, one) for one in some)
            else:
                done.extend(some)
        return Outcome(done=tuple(done), refusals=tuple(refusals))

    async def assign_roles(self, native_id: str, roles: tuple[str, ...]) -> User:
        return await self._bind(native_id, roles, bind=True)

    async def unassign_roles(self, native_id: str, roles: tuple[str, ...]) -> User:
        return await self._bind(native_id, roles, bind=False)

    def fetch(self, keyword: str | None, role: str | None) -> Numbered[users.User]:
        """The company's users page by page, by word or role."""

        async def page(number: int, size: int) -> tuple[list[users.User], int | None]:
            answer = await self._send(
                users.list_users(number, page_size=size, keyword=keyword, role_code=role)
            )
            return list(answer.rows), answer.total

        return capped(page, LARGEST)

    def user(self, row: users.User) -> User | None:
        """A user of the graph; None for a row without its name."""
        if not row.username:
            return None
        status = {0: UserStatus.ACTIVE, 1: UserStatus.LOCKED}
        return User(
            source=self.source,
            native_id=row.username,
            username=row.username,
            status=UserStatus.UNKNOWN
            if row.lock_status is None
            else status.get(row.lock_status, UserStatus.UNKNOWN),
            display_name=row.person_name,
            email=None,
            phone=None,
            description=row.user_desc,
            avatar_url=f"{self._settings.base_url.rstrip('/')}/open-api{row.avatar}" if row.avatar else None,
            created_at=row.create_time,
            updated_at=row.modify_time,
            last_login_at=None,
            last_login_ip=None,
            expires_at=None,
            organization=None,
            roles=tuple(self.role(one) for one in row.user_role_list or () if one.name),
            raw=row.whole,
        )

    def role(self, row: users.UserRole) -> Role:
        """A role as it is seen on a user: its `name` is the code."""
        return Role(
            source=self.source,
            native_id=row.name or "",
            name=row.showname or row.name,
            code=row.name,
            description=row.description,
            enabled=None,
            created_at=None,
        )

    async def _bind(self, native_id: str, codes: tuple[str, ...], *, bind: bool) -> User:
        if not is_username(native_id):
            self._gone(native_id)
        for code in codes:
            if not re.fullmatch(ROLE_CODE, code):
                raise BadInput(f"{self.source} has no role {code[:40]!r}.", ("roles",))
        deed = roles.bind_user_roles if bind else roles.unbind_user_roles
        for start in range(0, len(codes), _AT_ONCE):
            some = roles.RoleCodeList(role_codes=list(codes[start : start + _AT_ONCE]))
            await self._send(deed(native_id, some))
        return await self.get(native_id) or self._gone(native_id)

    async def _row(self, native_id: str) -> users.User | None:
        if not is_username(native_id):
            return None
        try:
            row = await self._send(users.get_user(native_id))
        except UpstreamRejected as error:
            if error.code is ErrorCode.NOT_FOUND:
                return None
            raise
        return row if row.username else None

    def _native(self, native: dict[str, Any] | None) -> dict[str, Any]:
        for name in native or ():
            if name not in _NATIVE:
                raise BadInput(
                    f"native: {name[:40]} is none of {', '.join(sorted(_NATIVE))}", ("native", name)
                )
        return native or {}

    def _gone(self, native_id: str) -> NoReturn:
        raise NotFound(f"{self.source} has no user {native_id[:40]!r}.")


def menus_in(rows: tuple[menus.Menu, ...] | list[menus.Menu]) -> list[Menu]:
    """Menus of the graph; supOS lists them flat."""
    return [
        Menu(native_id=row.code, name=row.name or row.code, code=row.code, path=row.url)
        for row in rows
        if row.code
    ]


def is_username(text: str) -> bool:
    """Whether this can be a user name at all; anything else is never sent."""
    return re.fullmatch(USERNAME, text) is not None and text not in (".", "..")


def _keeps(where: UserFilter) -> Callable[[User], bool]:
    word = (where.search or "").casefold()

    def keeps(user: User) -> bool:
        held = user.roles if isinstance(user.roles, tuple) else ()
        return (
            (where.status is None or user.status in where.status)
            and (where.role is None or any(role.native_id == where.role for role in held))
            and any(
                word in str(text or "").casefold()
                for text in (user.username, user.display_name, user.description)
            )
        )

    return keeps


def _refusal(error: UpstreamError, native_id: str) -> Refusal:
    return Refusal(
        code=error.code, message=error.message, native_id=native_id, upstream_code=error.upstream_code
    )


def _text(value: Any, name: str) -> str | None:
    if value is None or isinstance(value, str):
        return value or None
    raise BadInput(f"native: {name} is a text", ("native", name))


def _whole(value: Any, name: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise BadInput(f"native: {name} is a whole number", ("native", name))
