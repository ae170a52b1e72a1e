"""Departments of the OMC's staff: a tree that comes as one flat list."""

from typing import NoReturn

from msgspec import UNSET

from adapters import records
from adapters.errors import NotFound, UpstreamBadResponse, UpstreamRejected
from adapters.gateway import Gateway
from adapters.omc import departments, staff_view
from adapters.omc.native_fields import taken
from adapters.omc.refusals import absent, one_by_one
from adapters.omc.staff_view import ROOT
from adapters.omc.user_port import OmcUsers, is_id
from adapters.paging import whole
from adapters.ports import OrganizationFilter, Organizations, Outcome, Page, PageRequest, UserFilter
from adapters.ports.people import OrganizationChange, OrganizationDraft

NATIVE = {"orderNum": int}


class OmcDepartments(Organizations):
    """The departments of one OMC."""

    def __init__(self, gateway: Gateway, users: OmcUsers) -> None:
        self.source = gateway.source
        self._gateway = gateway
        self._users = users

    async def page(self, where: OrganizationFilter, request: PageRequest) -> Page[records.Organization]:
        """Departments, which come all at once."""
        return whole(await self._all(), request, self._organization, lambda found: fits(found, where))

    async def get(self, native_id: str) -> records.Organization | None:
        """One department."""
        department = await self._read(native_id)
        return self._organization(department) if department is not None else None

    async def children_of(
        self, organization: records.Organization
    ) -> tuple[records.Organization, ...] | None:
        """The departments right below."""
        found = (self._organization(department) for department in await self._all())
        return tuple(one for one in found if one is not None and one.parent_id == organization.native_id)

    async def users_of(
        self, organization: records.Organization, request: PageRequest
    ) -> Page[records.User] | None:
        """Who belongs to the department itself."""
        return await self._users.page(UserFilter(organization=organization.native_id), request)

    async def create(self, draft: OrganizationDraft) -> records.Organization:
        """Creates a department; the OMC tells no id, so it is found by its name and parent."""
        if draft.code:
            self.refuse("give departments a code")
        native = taken(draft.native, NATIVE)
        parent = draft.parent or ROOT
        before = {department.dept_id for department in await self._all()}
        await self._gateway.send(
            departments.create_department(
                departments.DepartmentDraft(
                    dept_name=draft.name,
                    parent_id=parent,
                    order_num=native.get("orderNum", 0),
                    leader=draft.leader or "",
                    phone=draft.phone or "",
                    email=draft.email or "",
                    status="1",
                )
            )
        )
        for department in await self._all():
            found = self._organization(department)
            if found and found.name == draft.name and found.native_id not in before:
                return found
        raise UpstreamBadResponse(
            f"{self.source} took the department {draft.name} and does not list it.", source=self.source
        )

    async def update(self, native_id: str, change: OrganizationChange) -> records.Organization:
        """Changes a department; what is not changed is sent back, as the OMC replaces the whole."""
        if isinstance(change.code, str) and change.code:
            self.refuse("give departments a code")
        native = taken(change.native, NATIVE)
        old = await self._read(native_id) or self._unknown(native_id)
        status = old.status or "1"
        if isinstance(change.enabled, bool):
            status = "1" if change.enabled else "0"
        parent = old.parent_id if change.parent is UNSET else change.parent
        await self._gateway.send(
            departments.update_department(
                departments.DepartmentUpdate(
                    dept_id=native_id,
                    dept_name=change.name if isinstance(change.name, str) else old.dept_name or "",
                    parent_id=parent if isinstance(parent, str) and parent else ROOT,
                    order_num=native.get("orderNum", old.order_num or 0),
                    leader=_new(change.leader, old.leader),
                    phone=_new(change.phone, old.phone),
                    email=_new(change.email, old.email),
                    status=status,
                )
            )
        )
        return await self.get(native_id) or self._unknown(native_id)

    async def delete(self, native_id: str) -> Outcome[str]:
        """Deletes one department; the OMC refuses one that has departments or users."""
        return await one_by_one(
            (native_id,), lambda ids: self._gateway.send(departments.delete_department(ids[0]))
        )

    async def _all(self) -> tuple[departments.Department, ...]:
        found = await self._gateway.send(departments.list_departments())
        return tuple(found or ())

    async def _read(self, native_id: str) -> departments.Department | None:
        if not is_id(native_id):
            return None
        try:
            department = await self._gateway.send(departments.get_department(native_id))
        except UpstreamRejected as error:
            if absent(error):
                return None
            raise
        return department if department is not None and department.dept_id else None

    def _organization(self, department: departments.Department) -> records.Organization | None:
        return staff_view.organization_of(self.source, department)

    def _unknown(self, native_id: str) -> NoReturn:
        raise NotFound(f"{self.source} has no department {native_id}.")


def fits(organization: records.Organization, where: OrganizationFilter) -> bool:
    """Whether a department meets every condition."""
    if where.roots_only and organization.parent_id is not None:
        return False
    if where.parent is not None and organization.parent_id != where.parent:
        return False
    return where.search is None or (
        isinstance(organization.name, str) and where.search.casefold() in organization.name.casefold()
    )


def _new(value: object, old: str | None) -> str:
    if value is UNSET:
        return old or ""
    return value if isinstance(value, str) else ""
