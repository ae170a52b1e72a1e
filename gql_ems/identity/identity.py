"""The seam between the front and whatever identifies callers, and the callers who show no token."""

from collections.abc import Mapping
from typing import Protocol

from adapters.caller import Caller
from resolvers.permissions import ADMIN, SUBSCRIBER_SECRETS
from resolvers.signing_in import SignIn


class Identity(Protocol):
    """Identifies callers by what their requests carry; raises Unauthenticated."""

    @property
    def sign_in(self) -> SignIn:
        """What people do who sign in at the gateway itself."""

    async def of_headers(self, headers: Mapping[str, str]) -> Caller:
        """The caller of an HTTP request; NOBODY where it carries nothing."""

    async def admitted(self, headers: Mapping[str, str]) -> tuple[Caller, float | None]:
        """The caller of an HTTP request, and for how many seconds that holds; None for as long as it likes."""

    async def of_init(
        self, headers: Mapping[str, str], payload: Mapping[str, object]
    ) -> tuple[Caller, float | None]:
        """The caller of a WebSocket by its `connection_init`, and for how many seconds that holds."""


ANONYMOUS = Caller(
    username="anonymous",
    display_name="Anonymous",
    roles=("admin",),
    permissions=ADMIN - {SUBSCRIBER_SECRETS},
)
"""The caller of a gateway without sign-in, which listens on loopback alone."""

NOBODY = Caller(username="")
"""A caller who has not signed in, and may do nothing but that."""
