"""The playground's page: its own checks, and a person's way through it in a real browser over a running gateway."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WEB = ROOT / "playground" / "web"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
PASSWORD = "Sandbox-Admin-1"

needs_node = pytest.mark.skipif(
    shutil.which("npm") is None or not (WEB / "node_modules").is_dir(),
    reason="the page's checks need Node 20 and `make web`",
)
needs_browser = pytest.mark.skipif(
    CHROMIUM is None or not (WEB / "dist" / "index.html").is_file(),
    reason="the page's walk needs Chromium and a built page",
)


def npm(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["npm", "run", "--silent", script],
        cwd=WEB,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, "the gateway ended before it answered"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the gateway does not answer")


def ended(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(30)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The gateway as `make run` starts it."""
    port, folder = free_port(), tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "gql_ems", "demo", "--port", str(port), "--folder", str(folder)]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        ended(process)


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory, seeded_file: Path) -> Iterator[str]:
    """A gateway over the demo data that asks who is there, with one account."""
    port, folder = free_port(), tmp_path_factory.mktemp("guarded")
    shutil.copy(seeded_file, folder / "ems.db")
    environment = {**os.environ, "EMS_SERVER__PORT": str(port), "EMS_AUTH__MODE": "token"}
    gateway = [sys.executable, "-m", "gql_ems"]
    subprocess.run(
        [*gateway, "user", "add", "night-desk", "--role", "admin"],
        cwd=folder,
        env=environment,
        input=f"{PASSWORD}\n",
        text=True,
        check=True,
        timeout=120,
    )
    process = subprocess.Popen(
        [*gateway, "serve"], cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        ended(process)


@needs_node
@pytest.mark.timeout(400)
@pytest.mark.parametrize("script", ["lint", "codegen:check", "test"])
def test_the_pages_own_checks_pass(script: str) -> None:
    done = npm(script)
    assert done.returncode == 0, done.stdout + done.stderr


@needs_node
@needs_browser
@pytest.mark.timeout(400)
def test_a_person_runs_a_query_sees_an_alarm_handles_it_loses_the_server_and_signs_in(
    demo: str, guarded: str
) -> None:
    done = npm(
        "e2e",
        EMS_URL=demo,
        EMS_GUARDED_URL=guarded,
        EMS_USERNAME="night-desk",
        EMS_PASSWORD=PASSWORD,
        CHROMIUM=CHROMIUM or "",
    )
    assert done.returncode == 0, done.stdout + done.stderr
