"""A gateway with everything that guards it, on a loopback port, over a store in a SQLite file."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from argon2 import PasswordHasher

from adapters.local.source import local_source
from adapters.ports import PageRequest, RoleFilter
from adapters.ports.people import RoleDraft, UserDraft
from adapters.records import ObjectKind
from gql_ems.app import create
from gql_ems.service import Service
from gql_ems.settings import build
from tests.adapters.local.samples import Hands
from tests.gql_ems.serving import served

PASSWORD = "sandbox-secret-1"
HASHER = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
"""So cheap that a test may sign in often; a check takes the cost from the hash."""

LOGIN = "mutation($u: String!, $p: String!) { login(username: $u, password: $p) { accessToken refreshToken expiresAt userErrors { code message } } }"
REFRESH = "mutation($t: String!) { refreshSession(refreshToken: $t) { accessToken refreshToken userErrors { code } } }"
AUDIT = "{ auditLog(first: 100) { nodes { by action target outcome detail } } }"


class Gateway:
    """What tests ask, and how."""

    def __init__(self, service: Service, url: str, hands: Hands) -> None:
        self.service = service
        self.url = url
        self.endpoint = f"{url}/graphql"
        self.socket = f"ws{url.removeprefix('http')}/graphql"
        self.hands = hands
        self.http = httpx.AsyncClient(timeout=30)

    async def post(self, body: Any, token: str | None = None, **headers: str) -> httpx.Response:
        """What a request is answered."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        if token is not None:
            told["authorization"] = f"Bearer {token}"
        return await self.http.post(self.endpoint, json=body, headers=told)

    async def ask(self, query: str, token: str | None = None, /, **variables: Any) -> dict[str, Any]:
        """The answer of a query, whatever its status."""
        return (await self.post({"query": query, "variables": variables}, token)).json()

    async def add(self, username: str, *roles: str, password: str = PASSWORD) -> str:
        """An account with roles; gives its native id."""
        ports = local_source(self.service.store).ports
        held = []
        for code in roles:
            known = await ports[ObjectKind.ROLE].page(RoleFilter(), PageRequest(first=100))
            found = [role.native_id for role in known.records if role.code == code]
            held += found or [
                (await ports[ObjectKind.ROLE].create(RoleDraft(name=code, code=code))).native_id
            ]
        user = await ports[ObjectKind.USER].create(
            UserDraft(username=username, password=password, roles=tuple(held))
        )
        return user.native_id

    async def login(self, username: str, password: str = PASSWORD) -> dict[str, Any]:
        """What somebody is told who signs in."""
        return (await self.ask(LOGIN, None, u=username, p=password))["data"]["login"]

    async def token(self, username: str, *roles: str) -> str:
        """The access token of a fresh account."""
        await self.add(username, *roles)
        return (await self.login(username))["accessToken"]

    async def audited(self, token: str) -> list[dict[str, Any]]:
        """The audit log as an admin reads it, oldest first."""
        return (await self.ask(AUDIT, token))["data"]["auditLog"]["nodes"][::-1]


def codes(answer: dict[str, Any]) -> list[str]:
    """The code of each error."""
    return [error["extensions"]["code"] for error in answer.get("errors", [])]


@asynccontextmanager
async def gateway_with(folder: Path, hands: Hands, **tables: Any) -> AsyncIterator[Gateway]:
    """Serves as long as the block lasts; tables are sections of the configuration."""
    tables.setdefault("storage", {"url": f"sqlite+aiosqlite:///{folder}/trust.db"})
    tables["auth"] = {"secret_file": str(folder / "ems.key"), **tables.get("auth", {})}
    service = Service(build(tables, {}), clock=hands)
    service.store.passwords._hasher = HASHER
    await service.open()
    try:
        async with served(create(lambda: service)) as url:
            gateway = Gateway(service, url, hands)
            try:
                yield gateway
            finally:
                await gateway.http.aclose()
    finally:
        await service.close()
