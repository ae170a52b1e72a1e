"""Servers of a run: each started on a core of its own, waited for, weighed and ended."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / "benchmarks" / ".work"
PEERS = ROOT / "benchmarks" / "peers"
SERVER_CORE = 0
LOAD_CORE = 1


@dataclass(frozen=True)
class Server:
    """A process that listens."""

    name: str
    port: int
    process: "subprocess.Popen[bytes]"

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def megabytes(self) -> float:
        """Memory that it and its children hold now."""
        return sum(_resident(pid) for pid in _family(self.process.pid)) / 1024

    def cpu_seconds(self) -> float:
        """Time of a core that it and its children have used."""
        return cpu_seconds(self.process.pid)


def cpu_seconds(pid: int) -> float:
    """Time of a core that a process and its children have used."""
    return sum(_ticks(one) for one in _family(pid)) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def running(
    name: str,
    command: Sequence[str],
    *,
    core: int,
    port: int,
    environment: Mapping[str, str] | None = None,
    folder: Path = ROOT,
    ready: str | None = None,
    seconds: float = 90,
) -> Iterator[Server]:
    """A server on one core for as long as this lasts; `ready` is a path that has to answer below 500."""
    WORK.mkdir(parents=True, exist_ok=True)
    log = WORK / f"{name}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            ["taskset", "-c", str(core), *command],
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = Server(name, port, process)
    try:
        _await(server, ready, log, seconds)
        yield server
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def static_upstream() -> Iterator[Server]:
    """The pretend OMC with static answers, beside the load."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.upstream", str(port)]
    with running("upstream", command, core=LOAD_CORE, port=port) as server:
        yield server


def calls_of(upstream: Server) -> int:
    """Calls that the upstream took since this was asked last."""
    with urllib.request.urlopen(f"{upstream.url}/calls") as answer:
        return int(answer.read())


def loaded(**asked: Any) -> dict[str, Any]:
    """Runs the load in a process of its own."""
    command = ["taskset", "-c", str(LOAD_CORE), sys.executable, "-m", "benchmarks.load"]
    done = subprocess.run([*command, orjson.dumps(asked).decode()], cwd=ROOT, capture_output=True, check=True)
    told: dict[str, Any] = orjson.loads(done.stdout)
    return told


def posted(url: str, body: Any, headers: Mapping[str, str] | None = None) -> Any:
    """The JSON that a POST answers."""
    request = urllib.request.Request(
        url,
        orjson.dumps(body),
        {"Content-Type": "application/json", **(headers or {})},
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            text = answer.read()
    except urllib.error.HTTPError as error:
        text = error.read()
    return orjson.loads(text) if text else None


def load_average() -> str:
    """How busy the machine was, for the table's foot."""
    return ", ".join(f"{value:.1f}" for value in os.getloadavg())


def _await(server: Server, ready: str | None, log: Path, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            break
        try:
            if ready is None:
                socket.create_connection(("127.0.0.1", server.port), timeout=1).close()
            else:
                urllib.request.urlopen(server.url + ready, timeout=5).close()
        except urllib.error.HTTPError as error:
            if error.code < 500:
                return
        except OSError:
            pass
        else:
            return
        time.sleep(0.05)
    raise RuntimeError(f"{server.name} does not answer:\n{log.read_text()[-3000:]}")


def _family(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            found += _family(int(child))
    return found


def _resident(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith("VmRSS:")), 0)


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])
