"""The seam between the front and whatever identifies callers, and the gateway that identifies nobody."""

from collections.abc import Mapping
from typing import Protocol

from adapters.caller import Caller
from resolvers.permissions import ADMIN, SUBSCRIBER_SECRETS
from resolvers.signing_in import NoSignIn, SignIn


class Identity(Protocol):
    """Identifies callers by what their requests carry; raises Unauthenticated."""

    @property
    def sign_in(self) -> SignIn:
        """What people do who sign in at the gateway itself."""

    async def of_headers(self, headers: Mapping[str, str]) -> Caller:
        """The caller of an HTTP request; NOBODY where it carries nothing."""

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


class Nobody:
    """Takes everybody for the anonymous admin."""

    def __init__(self) -> None:
        self.sign_in: SignIn = NoSignIn()

    async def of_headers(self, headers: Mapping[str, str]) -> Caller:  # noqa: ARG002 - the protocol's signature
        return ANONYMOUS

    async def of_init(
        self,
        headers: Mapping[str, str],  # noqa: ARG002 - the protocol's signature
        payload: Mapping[str, object],  # noqa: ARG002 - the protocol's signature
    ) -> tuple[Caller, float | None]:
        return ANONYMOUS, None
