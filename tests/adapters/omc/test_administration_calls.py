"""Every operation of the OMC's administration is sent over a real socket and its answer read whole."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from administration_calls import CALLS, CHAPTERS, FILES, REFUSED, merged
from core_network import Core

from adapters.errors import UpstreamRejected
from adapters.exchange import FileDownload
from adapters.gateway import Gateway
from adapters.observing import Silent
from adapters.omc import (
    caches,
    configs,
    files,
    operation_logs,
    roles,
)
from adapters.omc.dialect import OmcDialect
from adapters.operation import Operation, operations_of
from adapters.transport import network_transport


class Noting(Silent):
    """Keeps the odd fields that were seen."""

    def __init__(self) -> None:
        self.odd: dict[str, str] = {}

    def odd_fields(self, source: str, operation: str, problems: dict[str, str]) -> None:
        self.odd |= {f"{operation} {place}": text for place, text in problems.items()}


async def content(file: FileDownload) -> bytes:
    return b"".join([chunk async for chunk in file.chunks])


@pytest.fixture
def noting() -> Noting:
    return Noting()


@pytest.fixture
async def gateway(core: Core, noting: Noting) -> AsyncIterator[Gateway]:
    opened = Gateway(OmcDialect(core.settings()), network_transport(core.settings()), observer=noting)
    yield opened
    await opened.close()


def test_no_operation_is_left_out() -> None:
    declared: list[Operation[Any, Any]] = list(operations_of(*CHAPTERS))
    assert set(CALLS) | set(REFUSED) | set(FILES) == {operation.name for operation in declared}


@pytest.mark.parametrize("name", CALLS)
async def test_an_operation_is_accepted_and_its_answer_read(
    gateway: Gateway, core: Core, noting: Noting, name: str
) -> None:
    await gateway.send(CALLS[name](core))
    assert core.asked()[-1] == name
    assert (core.complaints(), noting.odd) == ([], {})


@pytest.mark.parametrize("name", REFUSED)
async def test_a_refusal_is_told_with_the_code_of_the_body(gateway: Gateway, core: Core, name: str) -> None:
    made, code = REFUSED[name]
    with pytest.raises(UpstreamRejected) as refused:
        await gateway.send(made(core))
    assert (refused.value.upstream_code, core.asked()[-1], core.complaints()) == (code, name, [])


@pytest.mark.parametrize("name", FILES)
async def test_a_file_comes_as_a_stream(gateway: Gateway, core: Core, name: str) -> None:
    assert await content(await gateway.open(FILES[name](core)))
    assert core.complaints() == []


async def test_an_empty_spreadsheet_is_a_refusal(gateway: Gateway) -> None:
    with pytest.raises(UpstreamRejected) as refused:
        await gateway.open(roles.export_roles(roles.RoleQuery(role_key="nobody")))
    assert refused.value.upstream_message == "Export data record is empty"


async def test_some_bytes_of_a_file_are_read(gateway: Gateway) -> None:
    file = await gateway.open(files.download_file("/upload/download/sandbox.txt", range="bytes=2-5"))
    assert (file.status, await content(file)) == (206, b"file")


async def test_a_file_is_put_together_of_its_blocks(gateway: Gateway, core: Core) -> None:
    stored = await gateway.send(merged(core))
    assert await content(await gateway.open(files.download_file(str(stored.file_name)))) == b"onetwo"


async def test_the_initial_password_stays_at_the_omc(gateway: Gateway) -> None:
    page = await gateway.send(configs.list_configs(page_num=1, page_size=50))
    told = {row.config_key: row.config_value for row in page.rows}
    assert (told["sys.user.initPassword"], told["sys.title"]) == (None, "Sandbox EMS")


async def test_the_sessions_in_the_cache_stay_at_the_omc(gateway: Gateway, core: Core) -> None:
    key = core.omc.sessions.online()[0].token_id
    entry = await gateway.send(caches.get_cache_value("login_tokens", key))
    keys = await gateway.send(caches.list_cache_keys("login_tokens"))
    assert (entry.cache_key, entry.cache_value) == (None, None)
    assert {one.cache_key for one in keys} == {None}


async def test_the_tokens_in_the_log_of_requests_stay_at_the_omc(gateway: Gateway, core: Core) -> None:
    page = await gateway.send(operation_logs.list_operation_logs(page_num=1, page_size=500))
    quoted = " ".join(row.oper_param or "" for row in page.rows)
    assert any("access_token" in str(row["operParam"]) for row in core.omc.operations.all())
    assert "eyJ" not in quoted
    assert "[redacted]" in quoted


async def test_a_spreadsheet_that_was_taken_in_part_is_told_in_the_words_of_the_omc(
    gateway: Gateway, core: Core
) -> None:
    told = await gateway.send(CALLS["import_users"](core))
    assert told.startswith("Sorry, the import failed!")
    assert core.omc.users.first(lambda row: row["userName"] == "import-2") is None


async def test_all_roles_come_at_once(gateway: Gateway, core: Core) -> None:
    for number in range(12):
        core.omc.roles.add(core.omc.roles.all()[-1] | {"roleId": "", "roleKey": f"extra-{number}"})
    assert len((await gateway.send(roles.list_roles())).rows) == len(core.omc.roles)
