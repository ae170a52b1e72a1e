"""The service's tree of organizations."""

import asyncio
from typing import NoReturn

from msgspec import UNSET

from adapters.errors import BadInput, NotFound, Unsupported, UpstreamRejected
from adapters.gateway import Gateway
from adapters.idaas import organs, users
from adapters.idaas.marks import is_key
from adapters.idaas.ports.mapping import ROOT, organization_of, user_of
from adapters.idaas.ports.reading import SWEEP, extras, found, numbered_by
from adapters.idaas.ports.removal import removed
from adapters.paging import Numbered, every, numbered, sifted, whole
from adapters.ports import OrganizationFilter, Organizations, Outcome, Page, PageRequest
from adapters.ports.people import OrganizationChange, OrganizationDraft
from adapters.record import Rows
from adapters.records import Organization, User

OWN = ("order", "externalId", "description")
"""What only this service asks for of an organization."""

AT_ONCE = 8
"""Calls under way while the whole tree is read."""


class IdaasOrganizations(Organizations):
    """Organizations, read level by level; those that are switched off are among them."""

    def __init__(self, source: str, gateway: Gateway) -> None:
        self.source = source
        self._send = gateway.send
        self._few = asyncio.Semaphore(AT_ONCE)

    async def page(self, where: OrganizationFilter, request: PageRequest) -> Page[Organization]:
        if where.parent is not None and (
            where.roots_only or where.parent == ROOT or not is_key(where.parent)
        ):
            return Page(total=0)
        word = where.search.strip().casefold() if where.search is not None else ""

        def keeps(row: Organization) -> bool:
            return any(word in str(text or "").casefold() for text in (row.name, row.code))

        if where.parent is None and not where.roots_only:
            return whole(await self._tree(), request, self._row, keeps)
        fetch = self._children(where.parent or ROOT)
        if where.search is None:
            return await numbered(fetch, request, self._row)
        return await sifted(fetch, request, self._row, keeps, size=SWEEP)

    async def get(self, native_id: str) -> Organization | None:
        if not is_key(native_id) or native_id == ROOT:
            return None
        row = await found(self._send(organs.get_organ(native_id)))
        return organization_of(self.source, row, whole=True) if row is not None else None

    async def children_of(self, organization: Organization) -> tuple[Organization, ...] | None:
        rows = await every(self._children(organization.native_id), size=SWEEP)
        return tuple(one for one in map(self._row, rows) if one is not None)

    async def users_of(self, organization: Organization, request: PageRequest) -> Page[User] | None:
        fetch: Numbered[users.User] = numbered_by(
            lambda number, size: self._send(
                users.page_users(number, size, organization_id=organization.native_id)
            )
        )
        return await numbered(fetch, request, lambda row: user_of(self.source, row))

    async def create(self, draft: OrganizationDraft) -> Organization:
        own = extras(draft.native, OWN)
        self._refuse_contacts(draft)
        if not draft.code:
            raise BadInput(f"{self.source} needs the code of an organization.", ("code",))
        self._check(draft.parent)
        body = organs.OrganSave(
            name=draft.name,
            code=draft.code,
            parent_id=draft.parent or ROOT,
            order=own.get("order", 0),
            external_id=own.get("externalId"),
            description=own.get("description"),
        )
        row = await self._send(organs.save_organ(body))
        made = organization_of(self.source, row, whole=True) if row is not None else None
        if made is None:
            raise NotFound(f"{self.source} took the organization, but did not tell its id.")
        return made

    async def update(self, native_id: str, change: OrganizationChange) -> Organization:
        own = extras(change.native, ("order", "description"))
        self._refuse_contacts(change)
        if isinstance(change.parent, str):
            self._check(change.parent)
        if change.code is None:
            raise Unsupported(f"{self.source} has no organizations without a code.")
        there = await self._there(native_id)
        done: list[str] = []
        try:
            if change.name is not UNSET or change.code is not UNSET or own:
                # Everything goes along: what is left out might be taken for nothing.
                name = there.name if change.name is UNSET else change.name
                code = there.code if change.code is UNSET else change.code
                body = organs.OrganSave(id=native_id, name=_text(name), code=_text(code), **own)
                await self._send(organs.save_organ(body))
                done.append("name and code")
            if change.parent is not UNSET and change.parent != there.parent_id:
                await self._send(
                    organs.move_organ(organs.OrganMove(id=native_id, parent_id=change.parent or ROOT))
                )
                done.append("parent")
            if change.enabled is not UNSET:
                await self._send(organs.change_organ_status(native_id, "1" if change.enabled else "2"))
        except UpstreamRejected as error:
            if not done:
                raise
            raise UpstreamRejected(
                f"Changed are {', '.join(done)}, and then: {error.message}",
                source=error.source,
                upstream_code=error.upstream_code,
                upstream_message=error.upstream_message,
                http_status=error.http_status,
                code=error.code,
            ) from error
        return await self._there(native_id)

    async def delete(self, native_id: str) -> Outcome[str]:
        return await removed(self.source, (native_id,), lambda one: self._send(organs.delete_organ(one)))

    async def _tree(self) -> list[organs.Organ]:
        """All organizations, level by level; the parents of a level are asked at the same time."""
        found_rows: list[organs.Organ] = []
        seen: set[str] = set()
        above = [ROOT]
        while above:
            families = await asyncio.gather(*(self._below(parent) for parent in above))
            above = []
            for row in (row for family in families for row in family):
                if row.id is not None and row.id in seen:
                    continue
                found_rows.append(row)
                if row.id:
                    seen.add(row.id)
                    if row.is_leaf is not True:
                        above.append(row.id)
        return found_rows

    async def _below(self, parent: str) -> list[organs.Organ]:
        async with self._few:
            return await every(self._children(parent), size=SWEEP)

    def _children(self, parent: str) -> Numbered[organs.Organ]:
        async def read(number: int, size: int) -> Rows[organs.Organ]:
            answer = await found(self._send(organs.page_sub_organs(parent, number, size)))
            return answer if answer is not None else Rows(total=0)

        return numbered_by(read)

    def _row(self, row: organs.Organ) -> Organization | None:
        return organization_of(self.source, row, whole=False)

    def _refuse_contacts(self, given: OrganizationDraft | OrganizationChange) -> None:
        for name in ("leader", "phone", "email"):
            if getattr(given, name) not in (UNSET, None):
                raise Unsupported(f"{self.source} keeps no {name} of its organizations.")

    def _check(self, parent: str | None) -> None:
        if parent is not None and not is_key(parent):
            raise BadInput(f"{self.source} has no organization {parent[:40]!r}.", ("parent",))

    async def _there(self, native_id: str) -> Organization:
        return await self.get(native_id) or self._gone(native_id)

    def _gone(self, native_id: str) -> NoReturn:
        raise NotFound(f"{self.source} has no organization {native_id[:40]!r}.")


def _text(value: object) -> str | None:
    return str(value) if isinstance(value, str) and value else None
