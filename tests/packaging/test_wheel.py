"""The wheel holds all that it takes to serve, and nothing that it does not."""

import pytest

from tests.packaging.wheels import ROOT, Installed, build, install


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Installed:
    folder = tmp_path_factory.mktemp("wheel")
    return install(build(folder), folder / "site")


def test_every_module_is_inside(installed):
    wanted = {
        str(path.relative_to(ROOT))
        for package in ("gql_ems", "resolvers", "adapters", "playground")
        for path in (ROOT / package).rglob("*.py")
        if "node_modules" not in path.parts
    }
    assert len(wanted) > 300
    assert wanted - installed.names == set()


def test_the_migrations_are_inside(installed):
    scripts = {
        f"adapters/local/migrations/versions/{p.name}"
        for p in _found("adapters/local/migrations/versions/*.py")
    }
    assert scripts
    assert scripts | {"adapters/local/migrations/script.py.mako"} <= installed.names


def test_the_example_queries_are_inside(installed):
    queries = {f"playground/queries/{path.name}" for path in _found("playground/queries/*.graphql")}
    assert len(queries) >= 15
    assert queries <= installed.names


def test_the_built_page_is_inside(installed):
    if not (ROOT / "playground/web/dist/index.html").is_file():
        pytest.skip("needs the page to be built (make web)")
    built = {str(p.relative_to(ROOT)) for p in (ROOT / "playground/web/dist").rglob("*") if p.is_file()}
    assert built <= installed.names


def test_what_only_builders_need_is_left_out(installed):
    assert [n for n in installed.names if n.startswith(("tests/", "docs/", "benchmarks/"))] == []
    assert [n for n in installed.names if "node_modules" in n or n.startswith("playground/web/src/")] == []


def test_the_command_runs_from_what_is_installed(installed, tmp_path):
    told = installed.run("python", "-c", "import gql_ems; print(gql_ems.__file__)", cwd=tmp_path)
    assert told.stdout.startswith(str(installed.folder)), told.stderr
    told = installed.run("--help", cwd=tmp_path)
    assert told.returncode == 0
    assert "serve" in told.stdout


def test_the_command_prints_the_schema_of_this_tree(installed, tmp_path):
    told = installed.run("schema", cwd=tmp_path)
    assert told.stderr == ""
    assert told.stdout == (ROOT / "schema.graphql").read_text()


def test_the_command_makes_a_store(installed, tmp_path):
    url = f"sqlite+aiosqlite:///{tmp_path / 'ems.db'}"
    told = installed.run("migrate", cwd=tmp_path, EMS_STORAGE__URL=url)
    assert told.returncode == 0, told.stderr
    assert "the store is at revision" in told.stdout
    assert (tmp_path / "ems.db").stat().st_size > 0


def test_the_pretend_vendors_can_be_made_from_what_is_installed(installed, tmp_path):
    made = "from playground.upstreams.sandbox import APPS; print(*[name for name, make in APPS.items() if make()])"
    told = installed.run("python", "-c", made, cwd=tmp_path)
    assert told.stdout.split() == ["omc", "beaver", "supos", "idaas", "nce"], told.stderr


def test_a_configuration_that_is_wrong_is_told_in_one_line(installed, tmp_path):
    (tmp_path / "ems.toml").write_text("[server]\nprot = 8000\n")
    told = installed.run("serve", cwd=tmp_path)
    assert told.returncode == 2
    assert told.stderr == "gql-ems: server.prot: is not a setting\n"


def _found(pattern):
    return list(ROOT.glob(pattern))
