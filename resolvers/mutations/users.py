"""Users created, changed, switched, deleted, given roles, and linked as one person."""

from datetime import datetime
from typing import Any, cast

import strawberry
from strawberry.scalars import JSON

from adapters.errors import BadInput
from adapters.ports import Source as SourcePort
from adapters.ports import Users
from adapters.ports.people import UserChange, UserDraft
from adapters.records import ObjectKind, UserStatus
from resolvers import ids as global_ids
from resolvers.context import Info
from resolvers.mutations.deeds import deleted, port_for, port_of, same_source
from resolvers.payloads import Payload, UserError, answered, given
from resolvers.users import User


@strawberry.type
class UserPayload:
    user: User | None
    user_errors: list[UserError]


@strawberry.type
class DeletePayload:
    deleted_ids: list[strawberry.ID]
    user_errors: list[UserError]


@strawberry.input(description="`source` is the name of the source to create it in; `local` where left out.")
class CreateUserInput:
    source: str = "local"
    username: str
    password: str
    display_name: str | None = None
    email: str | None = None
    phone: str | None = None
    description: str | None = None
    status: UserStatus | None = UserStatus.ACTIVE
    organization: strawberry.ID | None = None
    roles: list[strawberry.ID] | None = None
    expires_at: datetime | None = None
    native: JSON | None = strawberry.field(
        default=None,
        description="Fields that only this source's dialect asks for, e.g. supOS `timeZone`, `personCode`, `companyCode`.",
    )


@strawberry.input
class UpdateUserInput:
    display_name: str | None = strawberry.UNSET
    email: str | None = strawberry.UNSET
    phone: str | None = strawberry.UNSET
    description: str | None = strawberry.UNSET
    organization: strawberry.ID | None = strawberry.UNSET
    expires_at: datetime | None = strawberry.UNSET
    native: JSON | None = None


@strawberry.type
class UserMutations:
    @strawberry.mutation(description="Creates an account in one source.")
    async def create_user(self, info: Info, input: CreateUserInput) -> UserPayload:
        source, port = port_for(info, input.source, ObjectKind.USER)

        async def do() -> Payload:
            draft = UserDraft(
                username=input.username,
                password=input.password,
                display_name=input.display_name,
                email=input.email,
                phone=input.phone,
                description=input.description,
                status=input.status or UserStatus.ACTIVE,
                organization=_in(source, input.organization, ObjectKind.ORGANIZATION, "organization"),
                roles=tuple(_all_in(source, input.roles or [], "roles")),
                expires_at=input.expires_at,
                native=cast("dict[str, Any] | None", input.native),
            )
            return Payload(user=await cast("Users", port).create(draft))

        return await answered(info, source, None, do)

    @strawberry.mutation(description="Changes an account; what is left out stays, null empties.")
    async def update_user(self, info: Info, id: strawberry.ID, input: UpdateUserInput) -> UserPayload:
        source, native_id, port = port_of(info, id, ObjectKind.USER)

        async def do() -> Payload:
            organization = given(input.organization)
            if isinstance(organization, str):
                organization = _in(
                    source, strawberry.ID(organization), ObjectKind.ORGANIZATION, "organization"
                )
            change = UserChange(
                display_name=given(input.display_name),
                email=given(input.email),
                phone=given(input.phone),
                description=given(input.description),
                organization=organization,
                expires_at=given(input.expires_at),
                native=cast("dict[str, Any] | None", input.native),
            )
            return Payload(user=await cast("Users", port).update(native_id, change))

        return await answered(info, source, id, do)

    @strawberry.mutation(
        description="Enables, disables or locks an account, as far as its source knows such states."
    )
    async def set_user_status(self, info: Info, id: strawberry.ID, status: UserStatus) -> UserPayload:
        source, native_id, port = port_of(info, id, ObjectKind.USER)

        async def do() -> Payload:
            return Payload(user=await cast("Users", port).set_status(native_id, status))

        return await answered(info, source, id, do)

    @strawberry.mutation(description="Gives an account another password.")
    async def reset_user_password(self, info: Info, id: strawberry.ID, password: str) -> UserPayload:
        source, native_id, port = port_of(info, id, ObjectKind.USER)

        async def do() -> Payload:
            return Payload(user=await cast("Users", port).reset_password(native_id, password))

        return await answered(info, source, id, do)

    @strawberry.mutation(description="Deletes accounts; those that could not be deleted are told.")
    async def delete_users(self, info: Info, ids: list[strawberry.ID]) -> DeletePayload:
        return await deleted(info, ids, ObjectKind.USER)

    @strawberry.mutation(description="Gives an account further roles of its source.")
    async def assign_roles(self, info: Info, user: strawberry.ID, roles: list[strawberry.ID]) -> UserPayload:
        source, native_id, port = port_of(info, user, ObjectKind.USER, ("user",))

        async def do() -> Payload:
            wanted = tuple(_all_in(source, roles, "roles"))
            return Payload(user=await cast("Users", port).assign_roles(native_id, wanted))

        return await answered(info, source, user, do)

    @strawberry.mutation(description="Takes roles from an account.")
    async def unassign_roles(
        self, info: Info, user: strawberry.ID, roles: list[strawberry.ID]
    ) -> UserPayload:
        source, native_id, port = port_of(info, user, ObjectKind.USER, ("user",))

        async def do() -> Payload:
            wanted = tuple(_all_in(source, roles, "roles"))
            return Payload(user=await cast("Users", port).unassign_roles(native_id, wanted))

        return await answered(info, source, user, do)

    @strawberry.mutation(description="Says that these accounts, in whichever sources, are one person's.")
    async def link_accounts(self, info: Info, ids: list[strawberry.ID]) -> UserPayload:
        async def do() -> Payload:
            named = [global_ids.native(i, ObjectKind.USER, ("ids",)) for i in global_ids.several(ids)]
            if len(set(named)) < 2:
                raise BadInput("linking takes at least two accounts", ("ids",))
            users = [await info.context.must_find(ObjectKind.USER, *one) for one in named]
            await info.context.store.links.link(named)
            return Payload(user=users[0])

        return await answered(info, None, None, do)

    @strawberry.mutation(description="Takes an account out of the accounts that were linked by hand.")
    async def unlink_account(self, info: Info, id: strawberry.ID) -> UserPayload:
        async def do() -> Payload:
            source, native_id = global_ids.native(id, ObjectKind.USER)
            user = await info.context.must_find(ObjectKind.USER, source, native_id)
            await info.context.store.links.unlink((source, native_id))
            return Payload(user=user)

        return await answered(info, None, id, do)


def _in(source: SourcePort, value: strawberry.ID | None, kind: ObjectKind, field: str) -> str | None:
    return None if value is None else same_source(source, value, kind, ("input", field))


def _all_in(source: SourcePort, values: list[strawberry.ID], field: str) -> list[str]:
    return [same_source(source, value, ObjectKind.ROLE, (field,)) for value in values]
