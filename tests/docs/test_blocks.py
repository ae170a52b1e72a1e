"""Every fenced block that holds code: run, validated, or held to its syntax."""

import json
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from graphql import build_schema, parse, validate

from gql_ems.settings import build
from tests.docs.pages import ROOT, blocks, pages
from tests.docs.shells import commands, wrong

KINDS = {"graphql", "json", "toml", "python", "sh", "text", "js", "html", "yaml", ""}

RUN_ELSEWHERE = {"docs/streams.md": "tests/resolvers_streams/test_documented_streams.py"}
"""Pages whose Python needs a gateway, which another test starts."""


@pytest.fixture(scope="module")
def schema():
    return build_schema((ROOT / "schema.graphql").read_text(), assume_valid_sdl=True)


def test_there_are_pages_to_look_at():
    assert {"README.md", "ARCHITECTURE.md"} <= {path.name for path in pages()}
    assert len(blocks("graphql")) > 10


@pytest.mark.parametrize("block", blocks(), ids=str)
def test_a_block_says_what_it_holds(block):
    assert block.kind in KINDS
    assert block.kind or not block.text.lstrip().startswith(("{", "query", "import ", "gql-ems", "make "))


@pytest.mark.parametrize("block", blocks("graphql"), ids=str)
def test_a_query_fits_the_schema(schema, block):
    assert [error.message for error in validate(schema, parse(block.text))] == []


@pytest.mark.parametrize("block", blocks("json"), ids=str)
def test_an_answer_is_json(block):
    json.loads(block.text)


@pytest.mark.parametrize("block", blocks("toml"), ids=str)
def test_a_configuration_is_taken(block, tmp_path):
    build(*_with_secrets(block.text, tmp_path))


@pytest.mark.parametrize("block", blocks("sh"), ids=str)
def test_a_shell_block_parses(block):
    told = subprocess.run(
        ["/bin/sh", "-n"], input=block.text, text=True, capture_output=True, check=False, timeout=30
    )
    assert told.stderr == ""


@pytest.mark.parametrize("block", blocks("sh"), ids=str)
def test_what_a_shell_block_calls_is_there(block):
    assert [fault for words in commands(block.text) if (fault := wrong(words))] == []


@pytest.mark.parametrize("block", blocks("python"), ids=str)
def test_a_python_block_compiles(block):
    compile(block.text, str(block), "exec", flags=0x2000, dont_inherit=True)


@pytest.mark.parametrize("page", sorted({b.page for b in blocks("python")} - RUN_ELSEWHERE.keys()))
def test_the_python_of_a_page_runs_from_top_to_bottom(page):
    names = {"__name__": "page"}
    for block in blocks("python"):
        if block.page == page:
            exec(compile(block.text, str(block), "exec", dont_inherit=True), names)


@pytest.mark.parametrize(("page", "module"), RUN_ELSEWHERE.items())
def test_a_page_that_is_run_elsewhere_is_named_there(page, module):
    assert page.rpartition("/")[2] in (ROOT / module).read_text()


def test_javascript_blocks_parse(tmp_path):
    scripts = blocks("js")
    node = shutil.which("node")
    if scripts and node is None:
        pytest.skip("needs Node")
    faults = {}
    for block in scripts:
        script = tmp_path / "block.mjs"
        script.write_text(block.text)
        told = subprocess.run(
            [node, "--check", script], capture_output=True, text=True, check=False, timeout=30
        )
        if told.returncode:
            faults[str(block)] = told.stderr
    assert faults == {}


def test_a_wrong_command_is_noticed():
    assert wrong(["gql-ems", "serve", "--workers", "2"]) is None
    assert wrong(["gql-ems", "serve", "--threads", "2"]) == "gql-ems serve has no --threads"
    assert wrong(["gql-ems", "fly"]) == "no command gql-ems fly"
    assert wrong(["make", "coffee"]) == "no target coffee"
    assert wrong(["python", "-m", "docs.nowhere"]) == "no module docs.nowhere"
    assert wrong(["brew"]) == "no command brew"


def _with_secrets(text: str, folder: Path):
    """The tables, and an environment, with something in every variable and file that they name."""
    tables = tomllib.loads(text)
    environment = {}
    for source in tables.get("sources", []):
        for key, value in list(source.items()):
            if key.endswith("_env"):
                environment[value] = "sandbox"
            if key.endswith("_file"):
                source[key] = str(folder / "secret")
                (folder / "secret").write_text("sandbox")
    return tables, environment
