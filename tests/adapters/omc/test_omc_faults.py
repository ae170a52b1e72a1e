"""An OMC that misbehaves: what is lost, and what is told."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from core_network import Core

from adapters.errors import UpstreamBadResponse, UpstreamRejected, UpstreamTimeout, UpstreamUnavailable
from adapters.omc import OPERATIONS
from adapters.omc.source import open_source
from adapters.ports import NetworkElementFilter, PageRequest, Source, SourceStatus, UserFilter
from adapters.retrying import NEVER
from adapters.wiring import Wiring

BY_NAME: dict[str, Any] = {operation.name: operation for operation in OPERATIONS}
ALL = PageRequest(first=100)


@pytest.fixture
async def impatient(core: Core) -> AsyncIterator[Source]:
    """A source that tries nothing twice and waits for half a second."""
    opened = open_source(core.settings(timeout_seconds=0.5), Wiring(retrying=NEVER))
    yield opened
    await opened.close()


async def elements(source: Source) -> int:
    assert source.network_elements is not None
    return len((await source.network_elements.page(NetworkElementFilter(), ALL)).records)


async def people(source: Source) -> int:
    assert source.users is not None
    return len((await source.users.page(UserFilter(), ALL)).records)


@pytest.mark.parametrize(
    ("knobs", "error"),
    [
        ({"html": True}, UpstreamBadResponse),
        ({"garbage": True}, UpstreamBadResponse),
        ({"cut_off": True}, UpstreamUnavailable),
        ({"hang": True}, UpstreamTimeout),
        ({"fail_rate": 1.0}, UpstreamUnavailable),
        ({"code_zero": True}, UpstreamRejected),
    ],
)
async def test_what_went_wrong_is_told_apart(
    impatient: Source, core: Core, knobs: dict[str, Any], error: type[Exception]
) -> None:
    assert await elements(impatient) == 16
    core.turn(**knobs)
    with pytest.raises(error):
        await elements(impatient)


async def test_wrong_types_cost_no_row(impatient: Source, core: Core) -> None:
    assert await elements(impatient) == 16
    core.turn(wrong_types=True)
    assert await elements(impatient) == 16
    assert await people(impatient) == 40


async def test_a_token_that_has_run_out_is_renewed_once(impatient: Source, core: Core) -> None:
    assert await people(impatient) == 40
    core.turn(expire_tokens=True)
    assert await people(impatient) == 40
    assert core.asked().count("login") == 2


async def test_a_wrong_password_is_told_by_the_health(core: Core) -> None:
    source = open_source(core.settings(password="wrong"), Wiring(retrying=NEVER))
    health = await source.probe()
    assert health.status is SourceStatus.DOWN
    assert health.last_error is not None
    assert "wrong" not in health.last_error
    await source.close()


async def test_a_probe_tells_that_the_omc_works(source: Source) -> None:
    assert (await source.probe()).status is SourceStatus.UP


async def test_a_file_is_streamed_under_its_name(source: Source) -> None:
    module = BY_NAME["export_pcf_ue"]
    assert source.gateway is not None
    file = await source.gateway.open(module("001", "txt"))
    content = b"".join([chunk async for chunk in file.chunks])
    assert file.name.endswith(".txt")
    assert len(content.splitlines()) == 193


async def test_a_refusal_in_place_of_a_file_is_raised(source: Source) -> None:
    assert source.gateway is not None
    with pytest.raises(UpstreamRejected) as caught:
        await source.gateway.open(BY_NAME["export_pcf_ue"]("009", "txt"))
    assert caught.value.code.value == "NOT_FOUND"


async def test_a_source_offers_what_the_document_does(source: Source) -> None:
    told = {one.kind.value: (one.readable, one.writable) for one in source.capabilities}
    assert told == dict.fromkeys(
        ("USER", "ROLE", "ORGANIZATION", "NETWORK_ELEMENT", "SUBSCRIBER", "ALARM"), (True, True)
    )
