"""What follows from the code is what the code says, and what can be set is documented."""

import ast
import re
from pathlib import Path

import pytest

from adapters.errors import ErrorCode
from adapters.supos.dialect import Supos
from docs.generate import code_map, stale
from docs.generate.codes import MEANINGS
from docs.generate.metrics import told
from gql_ems.metrics import Metrics
from gql_ems.settings import Settings
from gql_ems.source_settings import OPTIONS, SourceTable
from tests.docs.pages import ROOT

REFERENCE = ROOT / "docs/reference"


def test_written_pages_are_fresh():
    assert sorted(stale(ROOT)) == [], "write them anew: python -m docs.generate"


def test_the_map_names_every_module():
    written = (ROOT / "ARCHITECTURE.md").read_text()
    modules = [
        path.relative_to(ROOT)
        for folder in code_map.folders(ROOT)
        for path in folder.glob("*.py")
        if path.name != "__init__.py"
    ]
    assert len(modules) > 300
    assert [str(one) for one in modules if f"`{one.name}`: " not in written] == []
    assert [str(f) for f in code_map.folders(ROOT) if f"### `{f.relative_to(ROOT)}/`" not in written] == []


def test_a_module_that_the_map_lacks_is_noticed(tmp_path):
    for name in code_map.ROOTS:
        (tmp_path / name).mkdir()
    (tmp_path / "adapters/new.py").write_text('"""Something new."""\n')
    empty = f"# Map\n{code_map.OPENING}\n{code_map.CLOSING}\n"
    assert "- `new.py`: Something new." in code_map.renewed(empty, tmp_path)


def test_each_error_code_has_a_meaning_and_a_cure():
    assert set(MEANINGS) == set(ErrorCode)


def test_each_metric_is_on_its_page():
    page = (REFERENCE / "metrics.md").read_text()
    families = {family.name for family in Metrics().registry.collect() if family.name.startswith("ems_")}
    names = {name for name, *_ in told()}
    assert {name.removesuffix("_total") for name in names} == families
    assert [name for name in names if f"`{name}`" not in page] == []


@pytest.mark.parametrize("section", [name for name in Settings.model_fields if name != "sources"])
def test_each_setting_of_a_section_says_what_it_is_for(section):
    keys = Settings.model_fields[section].annotation.model_fields
    page = (REFERENCE / "settings.md").read_text()
    assert [key for key, one in keys.items() if not one.description] == []
    assert [key for key in keys if f"`EMS_{section}__{key}`".upper() not in page.upper()] == []


def test_each_setting_of_a_source_says_what_it_is_for():
    assert [key for key, one in SourceTable.model_fields.items() if not one.description] == []


@pytest.mark.parametrize("dialect", OPTIONS)
def test_the_page_of_a_vendor_tells_each_of_its_settings(dialect):
    page = (ROOT / f"docs/sources/{dialect}.md").read_text()
    assert [key for key in OPTIONS[dialect] if f"`{key}`" not in page] == []


@pytest.mark.parametrize("dialect", OPTIONS)
def test_what_an_adapter_reads_can_be_set(dialect):
    asked = {key for path in (ROOT / f"adapters/{dialect}").rglob("*.py") for key in options_read(path)}
    assert asked - OPTIONS[dialect].keys() == set()


@pytest.mark.parametrize("dialect", OPTIONS)
def test_what_can_be_set_is_read_by_somebody(dialect):
    folders = (ROOT / f"adapters/{dialect}", ROOT / "gql_ems")
    asked = {key for folder in folders for path in folder.rglob("*.py") for key in options_read(path)}
    named = set(Path(ROOT / f"adapters/{dialect}/dialect.py").read_text().split('"'))
    assert set(OPTIONS[dialect]) - asked - named == set()


def test_what_a_dialect_says_of_its_settings_can_be_set():
    named = set(re.findall(r"`(\w+)`", Supos.__doc__ or ""))
    assert named - OPTIONS["supos"].keys() == set()


def options_read(module: Path) -> set[str]:
    """The keys that a module reads by `option("...")`."""
    return {
        node.args[0].value
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "option"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


@pytest.mark.parametrize("dialect", OPTIONS)
def test_the_page_of_a_vendor_counts_its_operations(dialect):
    page = (ROOT / f"docs/sources/{dialect}.md").read_text()
    catalogue = (ROOT / f"adapters/{dialect}/catalogue.txt").read_text().split("\n")
    assert re.findall(r"(\d+)\s+operations are\s+documented", page) == [str(sum(map(bool, catalogue)))]
