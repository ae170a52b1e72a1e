"""Tokens of the account that the gateway uses, and the socket that they open."""

from typing import Annotated

from adapters.beaver.verbs import BeaverRecord, get, post
from adapters.operation import Content, Effect
from adapters.record import OneOf, SecretText, Wire


class TokenGrant(BeaverRecord, frozen=True):
    """Tokens, and how long the access token lives."""

    access_token: SecretText | None = None
    refresh_token: Annotated[SecretText | None, Wire("refresh_token", also=("refresh_token:",))] = None
    """Good once: each renewal gives another."""
    expires_in: int | None = None
    """Seconds."""


@post("/oauth2/token", content=Content.FORM, effect=Effect.SIGN_IN, hidden=True)
def oauth_token(
    *,
    grant_type: Annotated[str, OneOf(("password", "refresh_token"))],
    client_id: str | None = None,
    client_secret: SecretText | None = None,
    username: str | None = None,
    password: SecretText | None = None,
    refresh_token: SecretText | None = None,
) -> TokenGrant:
    """Signs in, or renews what signing in gave. (Authentication / Token Refresh)"""


@get("/websocket", effect=Effect.STREAM, hidden=True)
def connect_websocket(authorization: Annotated[SecretText, Wire("Authorization")]) -> None:
    """Opens the socket that tells which entities have new values. (WebSocket)"""
