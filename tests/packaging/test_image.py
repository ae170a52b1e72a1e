"""The Dockerfile builds what there is and runs it as nobody special; no engine runs here, so it is read."""

import json
import subprocess
import sys
import tomllib

import pytest

from tests.packaging.containers import ROOT, copies, ignored, stages

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LAST = stages()[-1]


def test_it_has_three_stages():
    assert [stage.name for stage in stages()] == ["page", "packages", ""]


@pytest.mark.parametrize("stage", stages(), ids=lambda stage: stage.name or "last")
def test_what_is_copied_is_there_and_not_ignored(stage):
    wanted = [name for origin, names, _ in copies(stage) if origin is None for name in names]
    assert [name for name in wanted if not (ROOT / name).exists()] == []
    assert [name for name in wanted if {name, name.split("/")[0]} & ignored()] == []


def test_stages_copy_from_stages_before_them():
    seen = set()
    for stage in stages():
        assert {origin for origin, _, _ in copies(stage) if origin} <= seen
        seen.add(stage.name)


def test_every_package_of_the_wheel_is_copied():
    packages = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    copied = {name for _, names, _ in copies(stages()[1]) for name in names}
    assert set(packages) <= copied
    assert PROJECT["project"]["readme"] in copied


def test_what_node_runs_is_a_script_of_the_page():
    scripts = json.loads((ROOT / "playground/web/package.json").read_text())["scripts"]
    runs = [one.removeprefix("npm run ") for one in stages()[0].of("RUN") if one.startswith("npm run ")]
    assert runs == ["build"]
    assert set(runs) <= scripts.keys()


def test_the_bases_have_the_versions_that_the_project_wants():
    assert {stage.base for stage in stages()} == {"node:20-slim", "python:3.11-slim"}
    assert PROJECT["project"]["requires-python"] == ">=3.11"


def test_it_does_not_run_as_root():
    assert LAST.of("USER") == ["ems"]
    assert "--uid 10001" in LAST.of("RUN")[0]
    words = [word for word, _ in LAST.steps]
    assert words.index("USER") < words.index("ENTRYPOINT")


def test_it_runs_the_projects_command():
    assert LAST.listed("ENTRYPOINT") == list(PROJECT["project"]["scripts"])
    assert LAST.listed("CMD") == ["serve"]


def test_the_key_and_the_store_are_in_the_volume():
    assert LAST.of("WORKDIR") == LAST.of("VOLUME") == ["/var/lib/gql-ems"]


def test_its_health_check_tells_a_living_gateway_from_a_dead_one(gateway):
    told = LAST.of("HEALTHCHECK")[0]
    program = json.loads(told[told.index("[") :])
    assert program[:2] == ["python", "-c"]
    address = "http://127.0.0.1:8000"
    assert address in program[2]

    def healthy(url: str) -> bool:
        code = program[2].replace(address, url)
        return (
            subprocess.run(
                [sys.executable, "-c", code], capture_output=True, check=False, timeout=30
            ).returncode
            == 0
        )

    assert healthy(gateway)
    assert not healthy("http://127.0.0.1:9")


@pytest.mark.parametrize("name", ["ems.key", "ems.toml", "*.db", ".git", ".venv", "**/node_modules", "tests"])
def test_what_must_not_be_in_an_image_is_ignored(name):
    assert name in ignored()
