"""The obvious way: Strawberry with a DataLoader for each join and httpx, as their documentation shows them.

python -m benchmarks.peers.naive UPSTREAM PORT
"""

import asyncio
import base64
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from urllib.parse import quote

import httpx
import strawberry
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route
from strawberry.asgi import GraphQL
from strawberry.dataloader import DataLoader
from strawberry.extensions import ParserCache, ValidationCache

from benchmarks.peers import POOL
from benchmarks.peers.by_hand import POLICIES, STATES

UPSTREAM = sys.argv[1]
CLIENT = httpx.AsyncClient(timeout=60, limits=httpx.Limits(max_connections=POOL))


async def get(path: str) -> Any:
    return (await CLIENT.get(UPSTREAM + path)).json()


@strawberry.type
class Authentication:
    has_key: bool
    amf: str | None


@strawberry.type
class Policy:
    pcc_rules: list[str]
    session_rules: list[str]
    rfsp: int | None
    qos_audio: str | None


@strawberry.type
class Subscriber:
    imsi: str
    msisdn: str | None
    ambr: str | None
    ne_id: strawberry.Private[str]

    @strawberry.field
    async def authentication(self, info: strawberry.Info) -> Authentication | None:
        told = (await info.context["authentications"].load((self.ne_id, self.imsi)))["data"]
        return Authentication(has_key=told["ki"] not in ("", "-", "*"), amf=told["amf"])

    @strawberry.field
    async def policy(self, info: strawberry.Info) -> Policy | None:
        pcf = (await info.context["states"].load("PCF")).partition("/")[2]
        told = (await info.context["policies"].load((pcf, self.imsi)))["data"][0]
        return Policy(
            pcc_rules=told["pccRules"].split("|"),
            session_rules=told["sessRules"].split("|"),
            rfsp=told["rfsp"],
            qos_audio=told["qosAudio"],
        )


@strawberry.type
class Role:
    name: str
    code: str


@strawberry.type
class User:
    native_id: str
    username: str
    display_name: str | None
    email: str | None
    phone: str | None
    status: str
    roles: list[Role]


@strawberry.type
class State:
    online: bool
    version: str | None
    serial_number: str | None


@strawberry.type
class Element:
    ne_id: str
    name: str | None
    port: int | None
    vendor: str | None

    @strawberry.field
    async def state(self, info: strawberry.Info) -> State | None:
        told = await info.context["states"].load(f"AMF/{self.ne_id}")
        return State(
            online=True,
            version=told["systemState"]["version"],
            serial_number=told["systemState"]["serialNum"],
        )


@strawberry.type
class Alarm:
    title: str
    severity: str
    code: int
    status: str
    ne_id: strawberry.Private[str]

    @strawberry.field
    async def network_element(self, info: strawberry.Info) -> Element | None:
        told = (await info.context["elements"].load(self.ne_id))["data"]
        return Element(ne_id=self.ne_id, name=told["neName"], port=told["port"], vendor=told["vendorName"])


@strawberry.type
class Subscribers:
    nodes: list[Subscriber]


@strawberry.type
class Users:
    nodes: list[User]


@strawberry.type
class Alarms:
    nodes: list[Alarm]


@strawberry.input
class SubscriberFilter:
    ne_id: str | None = None
    sources: list[str] | None = None


@strawberry.input
class UserFilter:
    organization: strawberry.ID | None = None


@strawberry.input
class AlarmFilter:
    raised_from: datetime | None = None


@strawberry.type
class Query:
    @strawberry.field
    async def subscribers(self, first: int, filter: SubscriberFilter) -> Subscribers:
        told = await get(f"/ne/udm/sub/list?neId={filter.ne_id}&pageNum=1&pageSize={first}")
        return Subscribers(
            nodes=[
                Subscriber(imsi=r["imsi"], msisdn=r["msisdn"], ambr=r["ambr"], ne_id=filter.ne_id or "")
                for r in told["rows"]
            ]
        )

    @strawberry.field
    async def users(self, first: int, filter: UserFilter) -> Users:
        text = str(filter.organization)
        department = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().rpartition("\0")[2]
        told = await get(f"/system/user/list?deptId={department}&pageNum=1&pageSize=500")
        return Users(
            nodes=[
                User(
                    native_id=r["userId"],
                    username=r["userName"],
                    display_name=r["nickName"],
                    email=r["email"],
                    phone=r["phonenumber"],
                    status="ACTIVE" if r["status"] == "1" else "DISABLED",
                    roles=[Role(name=role["roleName"], code=role["roleKey"]) for role in r["roles"]],
                )
                for r in told["rows"][:first]
            ]
        )

    @strawberry.field
    async def alarms(self, first: int, filter: AlarmFilter) -> Alarms:
        raised_from = filter.raised_from.isoformat() if filter.raised_from else ""
        rows = (await get(f"/alarms?raisedFrom={quote(raised_from)}"))["data"][:first]
        return Alarms(
            nodes=[
                Alarm(
                    title=r["title"], severity=r["severity"], code=r["code"], status="ACTIVE", ne_id=r["neId"]
                )
                for r in rows
            ]
        )


async def authentications(keys: list[tuple[str, str]]) -> list[Any]:
    return await asyncio.gather(*(get(f"/ne/udm/auth/{ne_id}/{imsi}") for ne_id, imsi in keys))


async def policies(keys: list[tuple[str, str]]) -> list[Any]:
    return await asyncio.gather(*(get(f"{POLICIES}?neId={ne_id}&imsi={imsi}") for ne_id, imsi in keys))


async def elements(keys: list[str]) -> list[Any]:
    return await asyncio.gather(*(get(f"/ne/info?neType=AMF&neId={ne_id}") for ne_id in keys))


async def states(keys: list[str]) -> list[Any]:
    found = {key: state for one in (await get(STATES))["data"] for key, state in one.items()}
    found["PCF"] = next(key for key in found if key.startswith("PCF/"))
    return [found[key] for key in keys]


class View(GraphQL[Any, Any]):
    async def get_context(self, request: Any, response: Any) -> Any:
        return {
            "request": request,
            "response": response,
            "authentications": DataLoader(authentications),
            "policies": DataLoader(policies),
            "elements": DataLoader(elements),
            "states": DataLoader(states),
        }


@asynccontextmanager
async def closing(_: Starlette) -> AsyncIterator[None]:
    yield
    await CLIENT.aclose()


if __name__ == "__main__":
    view = View(strawberry.Schema(Query, extensions=[ParserCache(), ValidationCache()]))
    served = Starlette(routes=[Route("/graphql", view)], lifespan=closing)
    uvicorn.run(served, port=int(sys.argv[2]), access_log=False, log_level="warning")
