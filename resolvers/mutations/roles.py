"""Roles and groups created, changed, deleted."""

from typing import Any, cast

import strawberry
from strawberry.scalars import JSON

from adapters.ports import Roles
from adapters.ports.people import RoleChange, RoleDraft
from adapters.records import ObjectKind, RoleKind
from resolvers.context import Info
from resolvers.mutations.deeds import deleted, port_for, port_of
from resolvers.mutations.users import DeletePayload
from resolvers.payloads import Payload, UserError, answered, given
from resolvers.roles import Role


@strawberry.type
class RolePayload:
    role: Role | None
    user_errors: list[UserError]


@strawberry.input
class CreateRoleInput:
    source: str = "local"
    name: str
    code: str | None = None
    description: str | None = None
    kind: RoleKind | None = RoleKind.ROLE
    native: JSON | None = None


@strawberry.input
class UpdateRoleInput:
    name: str | None = strawberry.UNSET
    code: str | None = strawberry.UNSET
    description: str | None = strawberry.UNSET
    enabled: bool | None = strawberry.UNSET
    native: JSON | None = None


@strawberry.type
class RoleMutations:
    @strawberry.mutation(description="Creates a role, or a group where the source grants by group.")
    async def create_role(self, info: Info, input: CreateRoleInput) -> RolePayload:
        source, port = port_for(info, input.source, ObjectKind.ROLE)

        async def do() -> Payload:
            draft = RoleDraft(
                name=input.name,
                code=input.code,
                description=input.description,
                kind=input.kind or RoleKind.ROLE,
                native=cast("dict[str, Any] | None", input.native),
            )
            return Payload(role=await cast("Roles", port).create(draft))

        return await answered(info, source, None, do)

    @strawberry.mutation(description="Changes a role; what is left out stays.")
    async def update_role(self, info: Info, id: strawberry.ID, input: UpdateRoleInput) -> RolePayload:
        source, native_id, port = port_of(info, id, ObjectKind.ROLE)

        async def do() -> Payload:
            change = RoleChange(
                name=given(input.name),
                code=given(input.code),
                description=given(input.description),
                enabled=given(input.enabled),
                native=cast("dict[str, Any] | None", input.native),
            )
            return Payload(role=await cast("Roles", port).update(native_id, change))

        return await answered(info, source, id, do)

    @strawberry.mutation(description="Deletes roles; those that could not be deleted are told.")
    async def delete_roles(self, info: Info, ids: list[strawberry.ID]) -> DeletePayload:
        return await deleted(info, ids, ObjectKind.ROLE)
