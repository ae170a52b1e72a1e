"""What is written in the repository: sentences where people look first, and nothing that does not belong there."""

import ast
import re

import pytest
from graphql import build_schema

from tests.docs.pages import ROOT, files

PACKAGES = ("gql_ems", "resolvers", "adapters", "playground", "benchmarks", "docs")
MODULES = [path for path in files() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in PACKAGES]
LONGEST, LONGEST_TEST = 400, 500

PLACES = re.compile(r"/(?:work/(?:main|shared)|root)/")
HOSTS = re.compile(
    r"registry\.(?:npm|yarn)|py" + r"pi\.org|python" + r"hosted|gh" + r"cr\.io|npm" + r"js\.com"
)
LATER = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b|raise Not" + r"Implemented")
DOCUMENTS = ROOT / "tests/samples"
"""What vendors wrote, kept as they wrote it."""


def texts():
    for path in files():
        if path.is_relative_to(DOCUMENTS):
            continue
        try:
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def test_every_module_begins_with_a_sentence():
    def first_line(path):
        told = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        return told.partition("\n")[0]

    lines = {str(path.relative_to(ROOT)): first_line(path) for path in MODULES}
    assert len(lines) > 300
    assert {path: line for path, line in lines.items() if not re.fullmatch(r"[\w`].{10,}\.", line)} == {}


def test_no_module_is_too_long():
    lengths = {str(path.relative_to(ROOT)): path.read_text().count("\n") for path in MODULES}
    assert {path: length for path, length in lengths.items() if length > LONGEST} == {}


def test_no_test_module_is_too_long():
    modules = [p for p in files() if p.suffix == ".py" and p.relative_to(ROOT).parts[0] == "tests"]
    lengths = {str(path.relative_to(ROOT)): path.read_text().count("\n") for path in modules}
    assert {path: length for path, length in lengths.items() if length > LONGEST_TEST} == {}


@pytest.mark.parametrize(
    ("what", "pattern"), [("a place on a machine", PLACES), ("a package registry", HOSTS), ("later", LATER)]
)
def test_no_file_speaks_of(what, pattern):
    found = {path: hit[0] for path, text in texts() if (hit := pattern.search(text))}
    assert found == {}, what


def test_every_root_field_says_what_it_gives():
    schema = build_schema((ROOT / "schema.graphql").read_text(), assume_valid_sdl=True)
    roots = (schema.query_type, schema.mutation_type, schema.subscription_type)
    assert [
        f"{r.name}.{name}" for r in roots for name, field in r.fields.items() if not field.description
    ] == []


def test_every_native_read_says_what_it_gives():
    schema = build_schema((ROOT / "schema.graphql").read_text(), assume_valid_sdl=True)
    kinds = [schema.type_map[f"{prefix}Query"] for prefix in ("Omc", "Beaver", "Supos", "Idaas", "Nce")]
    assert [
        f"{k.name}.{name}" for k in kinds for name, field in k.fields.items() if not field.description
    ] == []
