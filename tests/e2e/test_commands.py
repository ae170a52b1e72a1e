"""The commands as a shell runs them: what they print, how they end."""

import io
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from gql_ems import cli
from playground.upstreams.sandbox import free_ports

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith("EMS_")} | {"PYTHONPATH": str(ROOT)}
SECONDS = 60


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


def run(*words: str, folder: Path, **environment: str) -> Ended:
    """Runs a command to its end, in this process: starting one for each takes longer than what they do."""
    before = dict(os.environ), sys.argv
    output, errors = io.StringIO(), io.StringIO()
    try:
        for name in [name for name in os.environ if name.startswith("EMS_")]:
            del os.environ[name]
        os.environ.update(environment)
        sys.argv = ["gql-ems", *words]
        with chdir(folder), redirect_stdout(output), redirect_stderr(errors):
            cli.main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0
        return Ended(code, output.getvalue(), errors.getvalue())
    finally:
        os.environ.clear()
        os.environ.update(before[0])
        sys.argv = before[1]
    return Ended(0, output.getvalue(), errors.getvalue())


def begun(*words: str, folder: Path) -> subprocess.Popen[str]:
    """Starts a command that goes on."""
    return subprocess.Popen(
        [sys.executable, "-m", "gql_ems", *words],
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def answers(url: str, seconds: float = SECONDS) -> httpx.Response:
    """The first answer of what is starting."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return httpx.get(url, timeout=5)
        except httpx.TransportError:
            assert time.monotonic() < deadline, f"nothing answers at {url}"
            time.sleep(0.1)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


WRONG = [
    ("[server]\nprot = 1\n", "server.prot"),
    ("[[sources]]\nname = 'a'\ndialect = 'other'\nbase_url = 'http://127.0.0.1:1'\n", "sources[a].dialect"),
    (
        "[[sources]]\nname = 'a'\ndialect = 'omc'\nbase_url = 'nonsense'\nusername = 'u'\npassword = 'p'\n",
        "base_url",
    ),
    (
        "[[sources]]\nname = 'a'\ndialect = 'omc'\nbase_url = 'http://127.0.0.1:1'\nusername = 'u'\n",
        "password",
    ),
    (
        "[[sources]]\nname = 'a'\ndialect = 'idaas'\nbase_url = 'http://127.0.0.1:1'\ntoken_env = 'NOT_THERE'\n",
        "NOT_THERE",
    ),
    ("[auth]\nmode = 'none'\n[server]\nhost = '0.0.0.0'\n", "auth.mode"),
    ("[storage]\nurl = 'mysql://x'\n", "storage.url"),
    ("[server\n", "ems.toml"),
]


@pytest.mark.parametrize(("written", "named"), WRONG, ids=[named for _, named in WRONG])
def test_a_wrong_configuration_is_one_line_that_names_the_key(tmp_path, written, named):
    (tmp_path / "ems.toml").write_text(written)
    ended = run("check", folder=tmp_path)
    assert ended.returncode == 2
    assert len(ended.stderr.strip().splitlines()) == 1
    assert named in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_missing_configuration_is_one_line(tmp_path):
    ended = run("serve", "--config", "nowhere.toml", folder=tmp_path)
    assert (ended.returncode, len(ended.stderr.strip().splitlines())) == (2, 1)
    assert "nowhere.toml" in ended.stderr


def test_what_is_wrong_is_told_once_before_there_are_workers(tmp_path):
    (tmp_path / "ems.toml").write_text(next(written for written, named in WRONG if named == "base_url"))
    process = begun("serve", "--workers", "2", folder=tmp_path)
    output, _ = process.communicate(timeout=SECONDS)
    assert (process.returncode, len(output.strip().splitlines())) == (2, 1)
    assert "base_url" in output


def test_the_environment_goes_before_the_file(tmp_path):
    ended = run("check", folder=tmp_path, EMS_SERVER__PORT="many")
    assert ended.returncode == 2
    assert "server.port" in ended.stderr


def test_check_tells_of_each_source_and_fails_where_one_does_not_work(tmp_path, vendors):
    down = "http://127.0.0.1:9"
    tables = [v.table() for v in vendors.values()] + [
        vendors["omc"].table() | {"name": "down", "base_url": down}
    ]
    written = "".join(
        "[[sources]]\n" + "".join(f"{key} = {value!r}\n" for key, value in table.items()) for table in tables
    )
    (tmp_path / "ems.toml").write_text(written + "[auth]\nmode = 'none'\n")
    ended = run("check", folder=tmp_path)
    assert ended.returncode == 1
    lines = {line.split()[1]: line.split()[0] for line in ended.stdout.splitlines() if line}
    assert lines == dict.fromkeys(["local", *vendors], "ok") | {"down": "FAIL"}
    assert "admin" not in ended.stdout.replace("admin@", "")


def test_schema_prints_the_graph_and_checks_the_file(tmp_path):
    printed = run("schema", folder=ROOT)
    assert printed.stdout == (ROOT / "schema.graphql").read_text()
    assert run("schema", "--check", folder=ROOT).returncode == 0
    (tmp_path / "schema.graphql").write_text(printed.stdout + "type Gone { a: Int }\n")
    behind = run("schema", "--check", folder=tmp_path)
    assert behind.returncode == 1
    assert "Gone" in behind.stderr


def test_migrate_brings_the_store_up_to_date_twice(tmp_path):
    first = run("migrate", folder=tmp_path)
    assert (first.returncode, (tmp_path / "ems.db").is_file()) == (0, True)
    assert run("migrate", folder=tmp_path).stdout == first.stdout


@pytest.mark.parametrize(
    "words", [("sandbox", "--dialect", "other"), ("serve", "--workers", "0"), ("nonsense",)]
)
def test_a_wrong_argument_ends_with_two(tmp_path, words):
    ended = run(*words, folder=tmp_path)
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("command", ["serve", "sandbox", "check", "schema", "migrate", "demo"])
def test_every_command_has_help(tmp_path, command):
    ended = run(command, "--help", folder=tmp_path)
    assert ended.returncode == 0
    assert "--help" in ended.stdout


def test_the_sandbox_serves_a_vendor_and_ends_when_told(tmp_path):
    port = free_ports(1)
    process = begun("sandbox", "--dialect", "nce", "--port", str(port), folder=tmp_path)
    try:
        assert answers(f"http://127.0.0.1:{port}/__sandbox__/requests").status_code == 200
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=SECONDS)
    assert not listens(port)


def test_the_demo_seeds_once_answers_and_ends_everything_when_told(tmp_path):
    told = []
    for _ in range(2):
        port = free_ports(1)
        process = begun("demo", "--port", str(port), "--folder", str(tmp_path / "run"), folder=tmp_path)
        try:
            assert answers(f"http://127.0.0.1:{port}/healthz").status_code == 200
            query = {"query": "{ users(first: 1) { totalCount failures { code } } sources { name } }"}
            data = httpx.post(f"http://127.0.0.1:{port}/graphql", json=query, timeout=20).json()["data"]
        finally:
            process.send_signal(signal.SIGTERM)
            output, _ = process.communicate(timeout=SECONDS)
        told.append("put in" in output)
        ports = [
            int(word.rpartition(":")[2])
            for word in output.split()
            if word.startswith("http://127.0.0.1:") and word.rpartition(":")[2].isdecimal()
        ]
        assert len(ports) >= 5
        assert not any(listens(p) for p in ports)
        assert len(data["sources"]) == 6
        assert data["users"] == {"totalCount": 240, "failures": []}
    assert told == [True, False]
