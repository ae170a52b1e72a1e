"""A pretend OMC that costs next to nothing: static answers with the asked id written into them.

    python -m benchmarks.upstream PORT

It counts the calls it took; `GET /calls` tells how many since it was asked last.
"""

import asyncio
import sys
from functools import cache
from typing import Any
from urllib.parse import unquote

import orjson
import uvloop

ELEMENTS = 10
SUBSCRIBERS = 20
USERS = 50
ALARMS = 100
LARGE = b"/system/user/list?deptId=w"
"""Departments whose ids begin like this have twice as many accounts."""
MARK = b"@@"
"""Stands where the id that the caller asked for belongs."""


def states() -> dict[str, Any]:
    """Elements with their states: ten AMFs, a UDM and the PCF that holds all policies."""
    keys = [f"AMF/{number:03}" for number in range(1, ELEMENTS + 1)] + ["UDM/001", "PCF/001"]
    return {
        "data": [
            {
                key: {
                    "ipAddress": f"192.0.2.{place}",
                    "systemState": {
                        "version": "2.2404.6",
                        "capability": 50000,
                        "serialNum": f"1374{place:04}",
                        "expiryDate": "2031-12-31",
                        "cpuUsage": {"nfCpuUsage": 313, "sysCpuUsage": 3473},
                        "memUsage": {"nfUsedMem": 29936, "sysMemUsage": 4898, "totalMem": 8167360},
                        "diskSpace": {"partitionNum": 1, "partitionInfo": [{"total": 3966, "used": 12}]},
                    },
                }
            }
            for place, key in enumerate(keys, 1)
        ]
    }


def element() -> dict[str, Any]:
    """What is written down of one element."""
    return {
        "code": 1,
        "msg": "success",
        "data": {
            "id": "8",
            "neType": "AMF",
            "neId": "@@",
            "rmUid": "4400SB1AMF@@",
            "neName": "AMF_@@",
            "ip": "192.0.2.41",
            "port": 3030,
            "pvFlag": "VNF",
            "province": "GD",
            "vendorName": "Sandbox",
            "dn": "sandbox-core",
            "status": "1",
        },
    }


def users(count: int = USERS) -> dict[str, Any]:
    """Accounts of one department, each with its roles."""
    rows = [
        {
            "userId": f"@@{number}",
            "deptId": "@@",
            "userName": f"shift-{number}",
            "nickName": f"Shift {number}",
            "userType": "sys",
            "email": f"shift-{number}@noc.example",
            "phonenumber": f"1390000{number:04}",
            "sex": "0",
            "status": "1",
            "delFlag": "0",
            "createTime": 1697091656500,
            "dept": {"deptId": "@@", "deptName": "NOC"},
            "roles": [
                {"roleId": "2", "roleName": "Managers", "roleKey": "admin", "status": "1"},
                {"roleId": "3", "roleName": "Operators", "roleKey": "operator", "status": "1"},
            ],
        }
        for number in range(count)
    ]
    return {"code": 1, "msg": "success", "rows": rows, "total": count}


def subscribers() -> dict[str, Any]:
    """Subscriptions of one UDM."""
    rows = [
        {
            "id": str(137000 + number),
            "msisdn": f"12307551{number:03}",
            "imsi": f"46099011{number:07}",
            "ambr": "def_ambr",
            "nssai": "def_nssai",
            "rat": "0",
            "arfb": "def_arfb",
            "sar": "def_sar",
            "cn": "3",
            "smData": "1-000001&cmnet&ims",
            "smfSel": "def_snssai",
            "epsFlag": "1",
            "epsDat": "1,64,24,65,def_eps,1,2,010200000000,-",
            "neId": "",
        }
        for number in range(SUBSCRIBERS)
    ]
    return {"code": 1, "msg": "success", "rows": rows, "total": SUBSCRIBERS}


AUTHENTICATION = {
    "code": 1,
    "msg": "success",
    "data": {
        "imsi": "@@",
        "amf": "8000",
        "status": "0",
        "ki": "00112233445566778899AABBCCDDEEFF",
        "algoIndex": "0",
        "opc": "FFEEDDCCBBAA99887766554433221100",
    },
}
POLICY = {
    "data": [
        {
            "imsi": "@@",
            "pccRules": "internet|ims_sig",
            "rfsp": 1,
            "sessRules": "internet|ims_sig",
            "hdrEnrich": "dnn",
            "qosAudio": "qos_audio",
            "qosVideo": "qos_video",
            "sar": "def_sar",
            "uePolicy": "uep_001",
        }
    ]
}
TOKEN = {"code": 1, "msg": "success", "data": {"access_token": "bench"}}
ME = {"code": 1, "msg": "success", "data": {"user": {"userId": "2", "userName": "admin"}}}


def alarms() -> dict[str, Any]:
    """The alarm table, a hundred rows on ten elements, in the gateway's own words, newest first."""
    return {"data": [alarm(number) for number in reversed(range(ALARMS))]}


def alarm(number: int) -> dict[str, Any]:
    """One raised alarm."""
    return {
        "alarmId": f"{7000 + number}",
        "neType": "AMF",
        "neId": f"{number % ELEMENTS + 1:03}",
        "title": f"Link {number} lost",
        "severity": ("CRITICAL", "MAJOR", "MINOR", "WARNING")[number % 4],
        "code": 10000 + number,
    }


ANSWERS = {
    b"/api/rest/systemManagement/v1/elementType/ALL/objectType/systemState": states,
    b"/ne/info": element,
    b"/system/user/list": users,
    LARGE: lambda: users(2 * USERS),
    b"/ne/udm/sub/list": subscribers,
    b"/ne/udm/auth": lambda: AUTHENTICATION,
    b"/api/rest/ueManagement/v1/elementType/pcf/objectType/ueInfo": lambda: POLICY,
    b"/alarms": alarms,
    b"/login": lambda: TOKEN,
    b"/system/user/profile": lambda: ME,
    b"/getInfo": lambda: ME,
}
ASKED = {
    b"/system/user/list": b"deptId",
    b"/ne/info": b"neId",
    b"/api/rest/ueManagement/v1/elementType/pcf/objectType/ueInfo": b"imsi",
}
"""Which parameter's value stands in the answer."""


@cache
def body_of(path: bytes) -> bytes | None:
    """The answer of a path, as bytes; None where there is none."""
    if path.startswith(b"/ne/udm/auth/"):
        path = b"/ne/udm/auth"
    made = ANSWERS.get(path)
    return None if made is None else orjson.dumps(made())


def answered(target: bytes) -> bytes:
    """A whole HTTP answer."""
    path, _, query = target.partition(b"?")
    body = body_of(LARGE if LARGE[len(path) + 1 :] in query and LARGE.startswith(path + b"?") else path)
    if body is None:
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    if MARK in body:
        body = body.replace(MARK, _asked_id(path, query))
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
    return head + body


def _asked_id(path: bytes, query: bytes) -> bytes:
    name = ASKED.get(path)
    if name is None:
        return path.rpartition(b"/")[2]
    for pair in query.split(b"&"):
        key, _, value = pair.partition(b"=")
        if key == name:
            return unquote(value.decode()).encode()
    return b""


class Counter:
    """Calls since somebody asked."""

    def __init__(self) -> None:
        self.calls = 0

    def taken(self) -> int:
        """How many; begins anew."""
        taken, self.calls = self.calls, 0
        return taken


class Connection(asyncio.Protocol):
    """One kept connection; requests may come in pieces or several at once."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._left = b""
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keeps whom to answer."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answers every whole request."""
        data = self._left + data
        while (end := data.find(b"\r\n\r\n")) >= 0:
            head = data[:end]
            mark = head.lower().find(b"content-length:")
            size = int(head[mark + 15 :].split(b"\r\n", 1)[0]) if mark >= 0 else 0
            if len(data) < end + 4 + size:
                break
            data = data[end + 4 + size :]
            target = head.split(b" ", 2)[1]
            if target == b"/calls":
                told = b"%d" % self._counter.taken()
                self._transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(told) + told)
                continue
            self._counter.calls += 1
            self._transport.write(answered(target))
        self._left = data


async def serve(port: int) -> None:
    """Serves until it is ended."""
    counter = Counter()
    server = await asyncio.get_running_loop().create_server(lambda: Connection(counter), "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(serve(int(sys.argv[1])))
