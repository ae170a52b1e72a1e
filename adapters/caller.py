"""Who is asking, and what they may do."""

from msgspec import Struct


class Caller(Struct, frozen=True, kw_only=True):
    """A person or a program, as identified at the front."""

    username: str
    display_name: str | None = None
    roles: tuple[str, ...] = ()
    permissions: frozenset[str] = frozenset()
    session: str = ""
    """The gateway session that a token belongs to; empty for tokens of an outside provider."""

    def may(self, permission: str) -> bool:
        """Whether the caller holds a permission."""
        return permission in self.permissions
