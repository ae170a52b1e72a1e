"""compose.yaml names what there is: services, files, secrets, commands, settings."""

import os
import re
import stat
import subprocess
import tomllib

import pytest

from docs.generate.commands import every
from gql_ems.settings import build
from tests.packaging.containers import ROOT, composed, stages

FILE = composed()
GATEWAY, DB = FILE["services"]["gateway"], FILE["services"]["db"]


def test_it_has_a_gateway_and_a_database():
    assert set(FILE) == {"services", "configs", "secrets", "volumes"}
    assert set(FILE["services"]) == {"gateway", "db"}
    assert DB["image"].startswith("postgres:")


def test_the_gateway_is_built_from_this_tree():
    assert (ROOT / GATEWAY["build"] / "Dockerfile").is_file()


@pytest.mark.parametrize("service", [GATEWAY, DB], ids=["gateway", "db"])
def test_what_a_service_uses_is_declared(service):
    assert set(service["secrets"]) <= FILE["secrets"].keys()
    assert {one.split(":")[0] for one in service["volumes"]} <= FILE["volumes"].keys()
    assert {one["source"] for one in service.get("configs", [])} <= FILE["configs"].keys()
    assert set(service.get("depends_on", {})) <= FILE["services"].keys()


def test_the_gateway_waits_for_a_database_that_answers():
    assert GATEWAY["depends_on"]["db"]["condition"] == "service_healthy"
    assert DB["healthcheck"]["test"][:2] == ["CMD", "pg_isready"]


def test_secrets_are_files_outside_of_this_tree():
    assert {one["file"].split("}")[0] for one in FILE["secrets"].values()} == {
        "${SECRETS:?a folder with db_password and omc_password"
    }
    assert "password" not in " ".join(key.lower() for key in DB["environment"] if not key.endswith("_FILE"))


def test_its_port_and_its_volume_are_those_of_the_image():
    last = stages()[-1]
    assert GATEWAY["ports"] == [f"{last.of('EXPOSE')[0]}:{last.of('EXPOSE')[0]}"]
    assert GATEWAY["volumes"] == [f"state:{last.of('VOLUME')[0]}"]


def test_its_configuration_is_read(tmp_path):
    default = re.fullmatch(r"\$\{CONFIG:-(.*)\}", FILE["configs"]["ems"]["file"])[1]
    tables = tomllib.loads((ROOT / default).read_text())
    files = {source["password_file"] for source in tables["sources"]}
    assert files == {"/run/secrets/omc_password"}
    assert {file.rpartition("/")[2] for file in files} <= set(GATEWAY["secrets"])
    (tmp_path / "omc_password").write_text("sandbox\n")
    for source in tables["sources"]:
        source["password_file"] = str(tmp_path / "omc_password")
    settings = build(tables, {})
    assert settings.auth.secret_file.startswith(GATEWAY["volumes"][0].partition(":")[2])


def test_its_entry_point_hands_the_secret_and_the_words_on(tmp_path):
    shell, option, script = (part.replace("$$", "$") for part in GATEWAY["entrypoint"])
    (tmp_path / "db_password").write_text("sandbox\n")
    fake = tmp_path / "gql-ems"
    fake.write_text('#!/bin/sh\necho "$EMS_STORAGE__URL" "$@"\n')
    fake.chmod(fake.stat().st_mode | stat.S_IXUSR)
    told = subprocess.run(
        [shell, option, script.replace("/run/secrets", str(tmp_path)), *GATEWAY["command"], "--workers", "2"],
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    assert told.stdout == "postgresql+asyncpg://ems:sandbox@db/ems serve --workers 2\n"
    url = told.stdout.split()[0]
    assert build({"storage": {"url": url}}, {}).storage.url == url
    assert (
        f"@{next(name for name in FILE['services'] if name == 'db')}/{DB['environment']['POSTGRES_DB']}"
        in url
    )


def test_the_commands_in_its_comments_are_there():
    text = (ROOT / "compose.yaml").read_text()
    called = re.findall(r"run --rm gateway ([a-z ]+) [a-z-]+ --", text)
    assert called == ["user add"]
    assert {f"gql-ems {words}" for words in [*called, *GATEWAY["command"]]} <= {name for name, _ in every()}
