"""What a start may take, in modules and calls and not in time."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.local.migrate import upgrade

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith("EMS_")} | {"PYTHONPATH": str(ROOT)}

UNUSED = {"alembic", "mako", "asyncpg", "opentelemetry", "multipart"}
"""What only a migration, PostgreSQL, tracing or an upload needs."""


def told(program: str, folder: Path):
    """What a program prints as JSON, run in a process of its own beside a configuration."""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, env=ENVIRONMENT, capture_output=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture
async def folder(tmp_path) -> Path:
    url = f"sqlite+aiosqlite:///{tmp_path}/ems.db"
    await upgrade(url)
    (tmp_path / "ems.toml").write_text(f'[storage]\nurl = "{url}"\n[auth]\nmode = "none"\n')
    return tmp_path


STARTED = """
import asyncio, gc, json, sys
from gql_ems import cli, serving

async def lived(app):
    messages = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])
    seen = []

    async def receive():
        return next(messages)

    async def send(message):
        seen.append((message["type"], gc.isenabled()))

    await app({"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}, receive, send)
    return seen

app = serving.worker()
resting = not gc.isenabled()
seen = asyncio.run(lived(app))
modules = sorted({name.partition(".")[0] for name in sys.modules})
print(json.dumps({"resting": resting, "seen": seen, "frozen": gc.get_freeze_count(), "modules": modules}))
"""


async def test_a_start_loads_nothing_that_it_has_no_use_for(folder):
    started = told(STARTED, folder)

    assert UNUSED & set(started["modules"]) == set()


async def test_the_garbage_collector_rests_until_what_stays_is_built(folder):
    started = told(STARTED, folder)

    assert started["resting"]
    assert started["seen"] == [["lifespan.startup.complete", True], ["lifespan.shutdown.complete", True]]
    assert started["frozen"] > 100_000


WATCHING = """
import json, sys
from gql_ems import serving
from gql_ems.settings import read

serving._try(read(None))
print(json.dumps(sorted(sys.modules)))
"""


async def test_the_one_that_watches_over_workers_holds_no_graph(folder):
    modules = told(WATCHING, folder)

    assert "uvicorn" in modules
    assert {"graphql", "strawberry", "sqlalchemy", "aiohttp"} & set(modules) == set()


MIRRORED = """
import cProfile, json
import resolvers.context, resolvers.users, resolvers.file_links
from resolvers import mirror

profile = cProfile.Profile()
profile.enable()
types = [mirror.namespace(dialect) for dialect in mirror.OPERATIONS]
types.append(mirror.native_mutations())
profile.disable()
fields = sum(len(type_.__strawberry_definition__.fields) for type_ in types)
print(json.dumps({"calls": sum(entry.callcount for entry in profile.getstats()), "fields": fields}))
"""


def test_an_operation_is_mirrored_in_few_calls(tmp_path):
    mirrored = told(MIRRORED, tmp_path)

    # It was 4,500 with a class and a signature made for each, to be read again.
    assert mirrored["calls"] / mirrored["fields"] < 2_000
