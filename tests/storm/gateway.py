"""The gateway as real processes: configured in a folder, started, killed without warning, started again."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playground.upstreams.sandbox import ACCOUNTS, free_ports, wait_until_ready

INGEST = "/ingest/omc/api/rest/faultManagement/v1/elementType/smf/objectType/alarms"


@dataclass
class Gateway:
    """One `gql-ems serve`, with one process or several behind one port."""

    config: Path
    port: int
    workers: int = 1
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def socket_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/graphql"

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def start(self, *, ready: bool = True) -> None:
        with self.config.with_suffix(f".{self.port}.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gql_ems", "serve", *self._options()],
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        if ready:
            wait_until_ready([self.port])

    def _options(self) -> list[str]:
        return ["--config", str(self.config), "--port", str(self.port), "--workers", str(self.workers)]

    def kill(self) -> None:
        """Ends every process of it at once, as a power cut does."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
            self.process = None

    def kill_one_worker(self) -> None:
        """Ends one of the processes behind the port; the others go on."""
        workers = serving_below(self.pid)
        os.kill(workers[0], signal.SIGKILL)

    def told(self) -> str:
        """What it has logged."""
        return self.config.with_suffix(f".{self.port}.log").read_text(errors="replace")


def serving_below(pid: int) -> list[int]:
    """The worker processes that a serving process has started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [
        child for child in map(int, children) if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()
    ]


def resident_mb(pid: int) -> float:
    """The memory that a process holds."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def configured(folder: Path, storage: str, omc_url: str, **omc: object) -> Path:
    """Writes a configuration: everybody on this machine may do everything, one OMC."""
    told = {**ACCOUNTS["omc"], "base_url": omc_url, **omc}
    options = "\n".join(f"{name} = {_toml(value)}" for name, value in told.items())
    path = folder / f"ems-{len(list(folder.glob('ems-*.toml')))}.toml"
    path.write_text(
        f"""
[storage]
url = "{storage}"
[auth]
mode = "none"
secret_file = "{folder}/ems.key"
[telemetry]
log_level = "WARNING"
[[sources]]
name = "omc"
dialect = "omc"
{options}
"""
    )
    return path


def _toml(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


@contextmanager
def running(*configs: Path, workers: int = 1) -> Iterator[tuple[Gateway, ...]]:
    """A gateway for each configuration, as long as the block lasts."""
    first = free_ports(len(configs))
    gateways = tuple(Gateway(config, first + number, workers) for number, config in enumerate(configs))
    try:
        for gateway in gateways:
            gateway.start(ready=False)
        wait_until_ready(gateway.port for gateway in gateways)
        yield gateways
    finally:
        for gateway in gateways:
            gateway.kill()
