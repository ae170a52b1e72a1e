"""How an application gets its token: a code for one use, exchanged at the tenant's own address."""

from typing import Annotated

from adapters.idaas.marks import Key
from adapters.idaas.verbs import IdaasRecord, get, post
from adapters.operation import Content, Effect
from adapters.record import In, Json, Matches, OneOf, SecretText, Wire


class Token(IdaasRecord, frozen=True):
    """A token; the document shows no answer, so the usual names are accepted."""

    access_token: Annotated[SecretText | None, Wire("accessToken", also=("access_token",))] = None
    expires_in: Annotated[int | None, Wire("expiresIn", also=("expires_in",))] = None
    """Seconds."""


@get("/idaas/v1/login", effect=Effect.WRITE)
def login_create_realm() -> Json:
    """Signs the caller in and makes its realm. (Login)"""


@get("/render/{主账号}/{应用ID}/auth", effect=Effect.SIGN_IN, hidden=True)
def authorize_code(
    main_account: Annotated[
        str,
        In("path"),
        Wire("主账号"),
        Matches(r"[^\x00-\x1f\x7f/\\]{1,128}", "an account's name without slashes"),
    ],
    app_id: Annotated[Key, In("path"), Wire("应用ID")],
) -> str:
    """A code for one use, told in a redirection to the application. (User authentication)"""


@post("/token", effect=Effect.SIGN_IN, content=Content.FORM, hidden=True)
def exchange_code(
    grant_type: Annotated[str, In("query"), Wire("grant_type"), OneOf(("authorization_code",))],
    client_id: Annotated[str, In("query"), Wire("client_id")],
    client_secret: Annotated[SecretText, In("query"), Wire("client_secret")],
    code: Annotated[SecretText, In("query")],
) -> Token:
    """A token in exchange for a code, which is then used up. (User authentication)"""


@post("/token/verify", effect=Effect.READ, content=Content.FORM)
def verify_token(
    access_token: Annotated[SecretText, In("query")],
    client_id: Annotated[str, In("query"), Wire("client_id")],
) -> Json:
    """Asks whether a token is good. (User authentication)"""
