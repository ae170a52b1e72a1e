"""Who is asking, and what they may do."""

import strawberry

from adapters.caller import Caller
from resolvers.leaves import from_record


@from_record(Caller, without=("roles", "permissions", "session"))
class Viewer:
    """Who is asking, and what they may do."""

    @strawberry.field
    def roles(parent: strawberry.Parent[Caller]) -> list[str]:
        return sorted(parent.roles)

    @strawberry.field
    def permissions(parent: strawberry.Parent[Caller]) -> list[str]:
        return sorted(parent.permissions)
