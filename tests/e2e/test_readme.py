"""What README shows is what happens."""

import json
import re
import shlex
from pathlib import Path

import httpx
import pytest
from graphql import build_schema, parse, validate

from gql_ems.settings import build, read

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", TEXT, re.DOTALL)


def blocks(kind: str) -> list[str]:
    return [body for language, body in BLOCKS if language == kind]


def answered(gateway: str, query: str) -> str:
    return httpx.post(f"{gateway}/graphql", json={"query": query}).text


def test_the_query_has_the_answer_that_stands_below_it(gateway):
    (answer,) = blocks("json")
    assert json.loads(answered(gateway, blocks("graphql")[0])) == json.loads(answer)


def test_the_curl_command_asks_the_same(gateway):
    command = next(line for body in blocks("sh") for line in body.splitlines() if line.startswith("curl"))
    words = shlex.split(command)
    sent = httpx.post(
        f"{gateway}/graphql",
        content=words[words.index("-d") + 1],
        headers={"content-type": "application/json"},
    )
    assert sent.json() == json.loads(blocks("json")[0])


@pytest.mark.parametrize("document", blocks("graphql"))
def test_every_document_is_valid(document):
    schema = build_schema((ROOT / "schema.graphql").read_text())
    assert validate(schema, parse(document)) == []


def test_the_configuration_can_be_read(tmp_path):
    (written,) = blocks("toml")
    path = tmp_path / "ems.toml"
    path.write_text(written)
    settings = read(path, {"OMC_PASSWORD": "sandbox"})
    assert [source.name for source in settings.sources] == ["omc"]
    assert build({}, {}).sources == ()


def test_every_make_target_that_it_names_is_there():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {word for body in blocks("sh") for word in re.findall(r"^make (\w+)", body, re.MULTILINE)}
    assert named
    assert named <= targets


def test_every_folder_and_file_that_it_names_is_there():
    links = re.findall(r"\]\(([^):#]+)\)", TEXT)
    folders = re.findall(r"^\| `([^`]+)`", TEXT, re.MULTILINE)
    named = [name for row in folders for name in row.split("`, `")] + links
    assert [name for name in named if not (ROOT / name).exists()] == []
