"""Departments and organization units created, changed, deleted."""

from typing import Any, cast

import strawberry
from strawberry.scalars import JSON

from adapters.ports import Organizations
from adapters.ports.people import OrganizationChange, OrganizationDraft
from adapters.records import ObjectKind
from resolvers.context import Info
from resolvers.mutations.deeds import deleted_one, port_for, port_of, same_source
from resolvers.mutations.users import DeletePayload
from resolvers.organizations import Organization
from resolvers.payloads import Payload, UserError, answered, given


@strawberry.type
class OrganizationPayload:
    organization: Organization | None
    user_errors: list[UserError]


@strawberry.input
class CreateOrganizationInput:
    source: str = "local"
    name: str
    code: str | None = None
    parent: strawberry.ID | None = None
    leader: str | None = None
    phone: str | None = None
    email: str | None = None
    native: JSON | None = None


@strawberry.input
class UpdateOrganizationInput:
    name: str | None = strawberry.UNSET
    code: str | None = strawberry.UNSET
    parent: strawberry.ID | None = strawberry.UNSET
    leader: str | None = strawberry.UNSET
    phone: str | None = strawberry.UNSET
    email: str | None = strawberry.UNSET
    enabled: bool | None = strawberry.UNSET
    native: JSON | None = None


@strawberry.type
class OrganizationMutations:
    @strawberry.mutation(description="Creates a department or organization unit.")
    async def create_organization(self, info: Info, input: CreateOrganizationInput) -> OrganizationPayload:
        source, port = port_for(info, input.source, ObjectKind.ORGANIZATION)

        async def do() -> Payload:
            field = ("input", "parent")
            parent = (
                same_source(source, input.parent, ObjectKind.ORGANIZATION, field) if input.parent else None
            )
            draft = OrganizationDraft(
                name=input.name,
                code=input.code,
                parent=parent,
                leader=input.leader,
                phone=input.phone,
                email=input.email,
                native=cast("dict[str, Any] | None", input.native),
            )
            return Payload(organization=await cast("Organizations", port).create(draft))

        return await answered(info, source, None, do)

    @strawberry.mutation(description="Changes a department or organization unit; what is left out stays.")
    async def update_organization(
        self, info: Info, id: strawberry.ID, input: UpdateOrganizationInput
    ) -> OrganizationPayload:
        source, native_id, port = port_of(info, id, ObjectKind.ORGANIZATION)

        async def do() -> Payload:
            parent = given(input.parent)
            if isinstance(parent, str):
                parent = same_source(source, parent, ObjectKind.ORGANIZATION, ("input", "parent"))
            change = OrganizationChange(
                name=given(input.name),
                code=given(input.code),
                parent=parent,
                leader=given(input.leader),
                phone=given(input.phone),
                email=given(input.email),
                enabled=given(input.enabled),
                native=cast("dict[str, Any] | None", input.native),
            )
            return Payload(organization=await cast("Organizations", port).update(native_id, change))

        return await answered(info, source, id, do)

    @strawberry.mutation(description="Deletes a department or organization unit.")
    async def delete_organization(self, info: Info, id: strawberry.ID) -> DeletePayload:
        return await deleted_one(info, id, ObjectKind.ORGANIZATION)
