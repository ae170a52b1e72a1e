import subprocess
import sys
from pathlib import Path

import jwt
import pytest

from tests.gql_ems.trust.gateway import PASSWORD, Gateway, gateway_with


@pytest.fixture
def config(tmp_path) -> Path:
    path = tmp_path / "ems.toml"
    path.write_text(
        f'[storage]\nurl = "sqlite+aiosqlite:///{tmp_path}/trust.db"\n'
        f'[auth]\nsecret_file = "{tmp_path}/ems.key"\n'
    )
    return path


def command(config: Path, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gql_ems", *words, "--config", str(config)],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_an_account_is_added_with_a_password_from_stdin(config, tmp_path):
    done = command(config, "user", "add", "noc-lead", "--role", "admin", typed=f"{PASSWORD}\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert PASSWORD not in done.stdout
    assert PASSWORD.encode() not in (tmp_path / "trust.db").read_bytes()


def test_an_account_is_added_with_a_password_from_a_file(config, tmp_path):
    (tmp_path / "pw").write_text(f"{PASSWORD}\n")
    done = command(config, "user", "add", "noc-lead", "--password-file", str(tmp_path / "pw"))
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("words", "typed", "told"),
    [
        (("user", "add", "noc-lead", "--role", "king"), PASSWORD, "--role: 'king' is none of"),
        (("user", "add", "noc-lead"), "short", "8 to 256 characters"),
        (("user", "add", "noc-lead", "--password-file", "/dev/null/x"), "", "--password-file"),
        (("user", "password", "nobody-here"), PASSWORD, "there is no account 'nobody-here'"),
        (("token", "nobody-here"), "", "there is no account 'nobody-here'"),
    ],
)
def test_what_is_wrong_is_one_line_and_exit_2(config, words, typed, told):
    done = command(config, *words, typed=typed)
    assert done.returncode == 2
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


async def test_a_token_of_the_command_line_counts_for_its_days(config, tmp_path, hands):
    command(config, "user", "add", "probe-1", "--role", "ingest", typed=PASSWORD)
    token = command(config, "token", "probe-1", "--days", "90").stdout.strip()
    claims = jwt.decode(token, options={"verify_signature": False})
    hands.now = hands.now.fromtimestamp(claims["iat"], hands.now.tzinfo)
    async with gateway_with(tmp_path, hands) as gateway:
        assert await roles(gateway, token) == ["ingest"]
        hands.turn(days=89)
        assert await roles(gateway, token) == ["ingest"]
        hands.turn(days=1)
        assert (await gateway.post({"query": "{ viewer { roles } }"}, token)).status_code == 401


async def test_a_new_password_of_the_command_line_ends_sessions(config, tmp_path, hands):
    command(config, "user", "add", "noc-shift-a", typed=PASSWORD)
    async with gateway_with(tmp_path, hands) as gateway:
        token = (await gateway.login("noc-shift-a"))["accessToken"]
        done = command(config, "user", "password", "noc-shift-a", typed="sandbox-secret-2")
        assert done.returncode == 0
        hands.turn(seconds=6)
        assert (await gateway.post({"query": "{ viewer { roles } }"}, token)).status_code == 401
        assert (await gateway.login("noc-shift-a", "sandbox-secret-2"))["accessToken"]


async def roles(gateway: Gateway, token: str) -> list[str]:
    return (await gateway.ask("{ viewer { roles } }", token))["data"]["viewer"]["roles"]
