"""The machine that the pretend OMC says it runs on: what it has, and its load over time."""

import math

from playground.upstreams.omc.chapter import Documented
from playground.upstreams.omc.envelope import Json, ok, refused
from playground.upstreams.omc.rows import Row
from playground.upstreams.omc.state import Omc
from playground.upstreams.vendor import Call

MINUTE = 60_000
MOST_POINTS = 1440


def _wave(at: float, phase: int) -> float:
    return (1 + math.sin(at / 1800 + phase)) / 2


def info(omc: Omc, call: Call) -> Json:
    used = [f"{3 + 20 * _wave(call.now, core):.2f}" for core in range(8)]
    ran = int(call.now - omc.started)
    return ok(
        {
            "cpu": {"core": 8, "coreUsed": used, "model": "Sandbox CPU", "speed": "2400MHz"},
            "disk": [
                {
                    "avail": "228.95GB",
                    "pcent": "49.1%",
                    "size": "449.81GB",
                    "target": "/",
                    "used": "220.86GB",
                },
                {
                    "avail": "449.88GB",
                    "pcent": "10.2%",
                    "size": "501.01GB",
                    "target": "/data",
                    "used": "51.13GB",
                },
            ],
            "memory": {
                "external": "16.66MB",
                "freemem": "5.25GB",
                "heapTotal": "105.09MB",
                "heapUsed": "32.09MB",
                "rss": "121.76MB",
                "totalmem": "31.69GB",
                "usage": f"{50 + 30 * _wave(call.now, 3):.2f}",
            },
            "network": {"eth0": "IPv4 192.168.10.10", "lo": "IPv6 ::1 / IPv4 127.0.0.1"},
            "system": {
                "arch": "x86_64",
                "archVersion": "5.4.0",
                "bootTime": 86_400 + ran,
                "hostname": "sandbox-omc",
                "os": "linux",
                "platform": "Sandbox Linux",
                "platformVersion": "22.04",
                "processId": 1,
                "runArch": "amd64",
                "runTime": ran,
                "runVersion": "go1.21.0",
            },
            "time": {"current": omc.local_now(), "timezone": "+0800 CST", "timezoneName": "CST"},
        }
    )


def load(_omc: Omc, call: Call) -> Json:
    kind, start, end = call.query["type"], int(call.query["startTime"]), int(call.query["endTime"])
    if kind not in {"all", "cpu", "memory", "io", "network"}:
        return refused("type is all, cpu, memory, io or network")
    if end < start or (end - start) / MINUTE > MOST_POINTS:
        return refused("startTime and endTime are no interval of a day at most")
    name = call.query.get("name")
    rows: dict[str, list[Row]] = {"cpu": [], "memory": [], "io": [], "network": []}
    for at in range(start - start % MINUTE, end + 1, MINUTE):
        wave = _wave(at / 1000, 1)
        rows["cpu"].append({"createTime": at, "cpu": round(5 + 40 * wave, 2), "topCpu": []})
        rows["memory"].append({"createTime": at, "memory": round(50 + 30 * wave, 2), "topMem": []})
        if name in {None, "", "all", "sda"}:
            rows["io"].append(
                {"createTime": at, "name": "sda", "read": int(900 * wave), "write": int(4000 * wave)}
            )
        if name in {None, "", "all", "eth0"}:
            rows["network"].append(
                {"createTime": at, "name": "eth0", "up": int(800 * wave), "down": int(950 * wave)}
            )
    return ok(rows if kind == "all" else {kind: rows[kind]})


ROUTES = (
    Documented("GET", "/monitor/system-info", "get_server_info", info),
    Documented(
        "GET", "/monitor/load", "get_server_load", load, query="type startTime:integer endTime:integer"
    ),
)
