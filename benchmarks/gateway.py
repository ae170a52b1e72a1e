"""The gateway under test: its configuration, its start, the alarms in its store."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

from benchmarks.peers import POOL
from benchmarks.servers import SERVER_CORE, WORK, Server, free_port, posted, running
from benchmarks.upstream import ALARMS, ELEMENTS, alarm

LARGE = 2_000_000_000
"""A limit that no run reaches: limits of rate are no part of what is measured."""
CONFIG = """
[server]
port = {port}
[storage]
url = "{storage}"
[auth]
mode = "none"
secret_file = "{folder}/ems.key"
[limits]
requests_per_minute = {large}
[telemetry]
log_level = "WARNING"
[directory]
seconds = 86400
"""
SOURCE = """
[[sources]]
name = "omc"
dialect = "omc"
base_url = "{upstream}"
username = "bench"
password = "bench"
timeout_seconds = 30
max_connections = {connections}
alarms_from = "ingest"
objects = {{ {objects} }}
"""
SEVERITIES = {"CRITICAL": 1, "MAJOR": 2, "MINOR": 3, "WARNING": 4}


def configured(port: int, upstream: str | None, storage: str | None = None, more: str = "") -> Path:
    """A configuration in a folder of its own."""
    WORK.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(dir=WORK, prefix="gateway-"))
    told = CONFIG.format(
        port=port,
        storage=storage or f"sqlite+aiosqlite:///{folder}/ems.db",
        folder=folder,
        large=LARGE,
    )
    if upstream is not None:
        objects = ", ".join(f'AMF_{n} = "AMF/{n:03}"' for n in range(1, ELEMENTS + 1))
        told += SOURCE.format(upstream=upstream, objects=objects, connections=POOL)
    path = folder / "ems.toml"
    path.write_text(told + more)
    return path


@contextmanager
def gateway(
    upstream: str | None,
    *,
    name: str = "gateway",
    storage: str | None = None,
    more: str = "",
    core: int = SERVER_CORE,
    extra: Sequence[str] = (),
) -> Iterator[Server]:
    """The gateway as it is installed, on one core."""
    port = free_port()
    config = configured(port, upstream, storage, more)
    command = [sys.executable, "-m", "gql_ems", "serve", "--config", str(config), *extra]
    try:
        with running(name, command, core=core, port=port, ready="/healthz") as server:
            yield server
    finally:
        rmtree(config.parent)


def raise_alarms(server: Server) -> None:
    """Posts the alarms that the peers read from the upstream's table."""
    for number in range(ALARMS):
        posted(f"{server.url}/ingest/omc{ALARM_PATH}", posted_alarm(number))


ALARM_PATH = "/api/rest/faultManagement/v1/elementType/amf/objectType/alarms"


def posted_alarm(number: int, *, code: int | None = None) -> dict[str, Any]:
    """An alarm as an element posts it."""
    told = alarm(number)
    return {
        "objectId": f"AMF_{number % ELEMENTS + 1}",
        "alarmTitle": told["title"],
        "eventTime": f"2026-03-01 12:{number // 60 % 60:02}:{number % 60:02}",
        "alarmCode": told["code"] if code is None else code,
        "alarmType": "CommunicationAlarm",
        "perceivedSeverity": SEVERITIES[told["severity"]],
        "alarmStatus": 1,
        "specificProblem": f"heartbeat {number}",
        "additionalText": "",
        "alarmSource": "amf",
    }
