"""The limit for Python: Starlette and aiohttp written for these three questions alone, no GraphQL in it.

python -m benchmarks.peers.by_hand UPSTREAM PORT
"""

import asyncio
import base64
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from benchmarks.peers import POOL

STATES = "/api/rest/systemManagement/v1/elementType/ALL/objectType/systemState"
POLICIES = "/api/rest/ueManagement/v1/elementType/pcf/objectType/ueInfo"


class Handlers:
    """The answers, each made of the same calls upstream that the gateway makes."""

    def __init__(self, upstream: str) -> None:
        self._upstream = upstream
        self._session: aiohttp.ClientSession

    @asynccontextmanager
    async def open(self, _: Starlette) -> AsyncIterator[None]:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=POOL)) as self._session:
            yield

    async def get(self, path: str) -> Any:
        async with self._session.get(self._upstream + path) as answer:
            return orjson.loads(await answer.read())

    async def answer(self, request: Request) -> Response:
        asked = orjson.loads(await request.body())
        document, variables = asked["query"], asked.get("variables") or {}
        if "subscribers(" in document:
            data = {"subscribers": {"nodes": await self.subscribers(variables["ne"])}}
        elif "users(" in document:
            data = {"users": {"nodes": await self.users(variables["organization"])}}
        else:
            data = {"alarms": {"nodes": await self.alarms(variables["from"])}}
        return Response(orjson.dumps({"data": data}), media_type="application/json")

    async def subscribers(self, ne_id: str) -> list[Any]:
        rows = (await self.get(f"/ne/udm/sub/list?neId={ne_id}&pageNum=1&pageSize=20"))["rows"]
        states = (await self.get(STATES))["data"]
        pcf = next(key for state in states for key in state if key.startswith("PCF/")).partition("/")[2]

        async def whole(row: dict[str, Any]) -> dict[str, Any]:
            imsi = row["imsi"]
            authentication, policies = await asyncio.gather(
                self.get(f"/ne/udm/auth/{ne_id}/{imsi}"),
                self.get(f"{POLICIES}?neId={pcf}&imsi={imsi}"),
            )
            told, policy = authentication["data"], policies["data"][0]
            return {
                "imsi": imsi,
                "msisdn": row["msisdn"],
                "ambr": row["ambr"],
                "authentication": {"hasKey": told["ki"] not in ("", "-", "*"), "amf": told["amf"]},
                "policy": {
                    "pccRules": policy["pccRules"].split("|"),
                    "sessionRules": policy["sessRules"].split("|"),
                    "rfsp": policy["rfsp"],
                    "qosAudio": policy["qosAudio"],
                },
            }

        return await asyncio.gather(*(whole(row) for row in rows))

    async def users(self, organization: str) -> list[Any]:
        padded = organization + "=" * (-len(organization) % 4)
        department = base64.urlsafe_b64decode(padded).decode().rpartition("\0")[2]
        rows = (await self.get(f"/system/user/list?deptId={department}&pageNum=1&pageSize=500"))["rows"]
        return [
            {
                "nativeId": row["userId"],
                "username": row["userName"],
                "displayName": row["nickName"],
                "email": row["email"],
                "phone": row["phonenumber"],
                "status": "ACTIVE" if row["status"] == "1" else "DISABLED",
                "roles": [{"name": role["roleName"], "code": role["roleKey"]} for role in row["roles"]],
            }
            for row in rows
        ]

    async def alarms(self, raised_from: str) -> list[Any]:
        rows, told = await asyncio.gather(self.get(f"/alarms?raisedFrom={raised_from}"), self.get(STATES))
        states = {key: state for one in told["data"] for key, state in one.items()}
        ids = list(dict.fromkeys(row["neId"] for row in rows["data"]))
        read = await asyncio.gather(*(self.get(f"/ne/info?neType=AMF&neId={ne_id}") for ne_id in ids))
        elements = {
            ne_id: {
                "neId": ne_id,
                "name": found["data"]["neName"],
                "port": found["data"]["port"],
                "vendor": found["data"]["vendorName"],
                "state": {
                    "online": True,
                    "version": states[f"AMF/{ne_id}"]["systemState"]["version"],
                    "serialNumber": states[f"AMF/{ne_id}"]["systemState"]["serialNum"],
                },
            }
            for ne_id, found in zip(ids, read, strict=True)
        }
        return [
            {
                "title": row["title"],
                "severity": row["severity"],
                "code": row["code"],
                "status": "ACTIVE",
                "networkElement": elements[row["neId"]],
            }
            for row in rows["data"]
        ]


async def plain(_: Request) -> Response:
    return PlainTextResponse('{"data":{"__typename":"Query"}}', media_type="application/json")


def app(upstream: str) -> Starlette:
    handlers = Handlers(upstream)
    routes = [Route("/graphql", handlers.answer, methods=["POST"]), Route("/plain", plain, methods=["POST"])]
    return Starlette(routes=routes, lifespan=handlers.open)


if __name__ == "__main__":
    uvicorn.run(app(sys.argv[1]), port=int(sys.argv[2]), access_log=False, log_level="warning")
