"""Gateway sessions of local accounts."""

from datetime import datetime

import strawberry

from adapters.errors import Unauthenticated
from resolvers.context import Info
from resolvers.payloads import Complaint, UserError, complaint
from resolvers.signing_in import Grant


class Refused(Grant, frozen=True):
    """No session, and why."""

    user_errors: tuple[Complaint, ...] = ()


@strawberry.type
class LoginPayload:
    access_token: str | None
    refresh_token: str | None
    expires_at: datetime | None
    user_errors: list[UserError]


@strawberry.type
class SessionMutations:
    @strawberry.mutation(description="A gateway session, for local accounts.")
    async def login(self, info: Info, username: str, password: str) -> LoginPayload:
        try:
            return await info.context.sign_in.login(username, password)
        except Unauthenticated as error:
            return Refused(user_errors=(complaint(error),))

    @strawberry.mutation(description="A new pair of tokens for a refresh token, which is used up by that.")
    async def refresh_session(self, info: Info, refresh_token: str) -> LoginPayload:
        try:
            return await info.context.sign_in.refresh(refresh_token)
        except Unauthenticated as error:
            return Refused(user_errors=(complaint(error),))

    @strawberry.mutation(description="Ends the caller's session.")
    async def logout(self, info: Info) -> bool:
        return await info.context.sign_in.logout(info.context.caller)
