"""What tests of several floors share: one set of pretend vendors, a store with demo data, a graph over both."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copy
from typing import Any

import pytest

from adapters.local.demo.seed import seed
from adapters.local.store import LocalStore
from gql_ems import service
from gql_ems.app import create
from gql_ems.execution import Executor
from gql_ems.service import Service
from playground.upstreams.vendor import running
from tests.e2e.graph import Graph, service_over, settings_over
from tests.e2e.vendors import Pretend, all_running


def pytest_addoption(parser: pytest.Parser) -> None:
    """The same tests over graphql-core, in place of compiled documents."""
    parser.addoption("--interpreted", action="store_true", help="run every operation by graphql-core")


class Interpreted(Executor):
    """An executor that compiles nothing, whatever it is told."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options | {"compiled": False})


def pytest_configure(config: pytest.Config) -> None:
    """Switches compiling off for this process and for the servers that it starts."""
    if config.getoption("--interpreted"):
        os.environ["EMS_EXECUTION__COMPILED"] = "false"
        service.Executor = Interpreted  # type: ignore[misc]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """With EMS_TEST_STRICT=1 nothing may be left out: a skip is a failure."""
    report = yield
    if report.skipped and os.environ.get("EMS_TEST_STRICT") == "1":
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and EMS_TEST_STRICT is set: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def running_vendors() -> Iterator[dict[str, Pretend]]:
    """The five pretend vendors, on real sockets, for the whole run."""
    with all_running() as vendors:
        yield vendors


@pytest.fixture
def vendors(running_vendors: dict[str, Pretend]) -> dict[str, Pretend]:
    """The five pretend vendors as they start."""
    for vendor in running_vendors.values():
        vendor.reset()
    return running_vendors


@pytest.fixture(scope="session")
def seeded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the demo data, to be copied."""
    path: Path = tmp_path_factory.mktemp("seeded") / "ems.db"

    async def fill() -> None:
        store = LocalStore(f"sqlite+aiosqlite:///{path}")
        await store.open()
        await seed(store)
        await store.close()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, fill()).result()
    return path


@pytest.fixture
def folder(seeded_file: Path, tmp_path: Path) -> Path:
    """A folder with a seeded store of its own."""
    copy(seeded_file, tmp_path / "ems.db")
    return tmp_path


@pytest.fixture
async def graph(vendors: dict[str, Pretend], folder: Path) -> AsyncIterator[Graph]:
    """The graph over all vendors and the store, without anything that runs beside it."""
    service = service_over(settings_over(vendors, folder))
    await service.open()
    yield Graph(service, vendors)
    await service.close()


@pytest.fixture(scope="module")
def gateway(
    running_vendors: dict[str, Pretend], seeded_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The whole gateway on a loopback port, background included; for tests that change nothing."""
    for vendor in running_vendors.values():
        vendor.reset()
    folder = tmp_path_factory.mktemp("gateway")
    copy(seeded_file, folder / "ems.db")
    settings = settings_over(running_vendors, folder)
    with running(create(lambda: Service(settings))) as url:
        yield url
