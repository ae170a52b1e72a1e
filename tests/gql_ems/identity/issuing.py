"""A pretend identity provider on a real socket: keys that rotate, tokens of every kind."""

from datetime import datetime
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

ISSUER = "https://id.sandbox.example"
AUDIENCE = "ems"


class PretendProvider:
    """Signs tokens, and tells its public keys."""

    def __init__(self) -> None:
        self.keys: dict[str, tuple[str, Any]] = {}
        self.also: list[dict[str, Any]] = []
        self.fetched = 0
        self.down = False
        self.app = Starlette(routes=[Route("/jwks", self._jwks)])

    def rsa(self, kid: str) -> None:
        """A key for RS256."""
        self.keys[kid] = ("RS256", rsa.generate_private_key(65537, 2048))

    def ec(self, kid: str) -> None:
        """A key for ES256."""
        self.keys[kid] = ("ES256", ec.generate_private_key(ec.SECP256R1()))

    def claims(self, now: datetime, **changed: Any) -> dict[str, Any]:
        """What a token says, with some of it changed, or left out where it is None."""
        seconds = int(now.timestamp())
        told = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": "7f3a",
            "preferred_username": "noc-shift-a",
            "roles": ["operator"],
            "iat": seconds,
            "exp": seconds + 300,
            **changed,
        }
        return {name: value for name, value in told.items() if value is not None}

    def token(self, key_name: str, claims: dict[str, Any], /, **header: Any) -> str:
        """A token signed with a key."""
        algorithm, key = self.keys[key_name]
        return jwt.encode(claims, key, algorithm, headers={"kid": key_name, **header})

    def public(self) -> list[dict[str, Any]]:
        """The public keys."""
        return [
            {**_public(algorithm, key), "kid": kid, "use": "sig"}
            for kid, (algorithm, key) in self.keys.items()
        ]

    async def _jwks(self, _: Request) -> Response:
        self.fetched += 1
        if self.down:
            return Response("no keys today", 503)
        return JSONResponse({"keys": [*self.public(), *self.also]})


def _public(algorithm: str, key: Any) -> dict[str, Any]:
    kind: Any = RSAAlgorithm if algorithm == "RS256" else ECAlgorithm
    return kind.to_jwk(key.public_key(), as_dict=True)
