"""How the source comes by its token, and what becomes of one that is over."""

from typing import Any

import httpx
import pytest
from idaas_tenant import Tenant

from adapters.errors import UpstreamUnauthenticated
from adapters.gateway import Gateway
from adapters.idaas.dialect import IdaasDialect
from adapters.idaas.source import open_source
from adapters.idaas.tokens import verify_token
from adapters.ports import PageRequest, UserFilter
from adapters.ports.source import SourceStatus
from adapters.transport import network_transport
from adapters.wiring import Wiring
from playground.upstreams.idaas.seed import CLIENT_ID, CLIENT_SECRET, MAIN_ACCOUNT

CLIENT = {"token": "", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}


def app_of(tenant: Tenant) -> str:
    return next(key for key, row in tenant.realm.apps.items() if row["c4tId"] == CLIENT_ID)


def code_of(tenant: Tenant) -> str:
    answer = httpx.get(f"{tenant.url}/render/{MAIN_ACCOUNT}/{app_of(tenant)}/auth", follow_redirects=False)
    return httpx.URL(answer.headers["location"]).params["code"]


async def names(tenant: Tenant, **settings: Any) -> int:
    """How many users one page gives, with these settings."""
    source = open_source(tenant.settings(**settings), Wiring())
    try:
        assert source.users is not None
        return len((await source.users.page(UserFilter(), PageRequest(first=5))).records)
    finally:
        await source.close()


async def test_a_token_of_the_settings_is_good_at_once(tenant: Tenant) -> None:
    assert await names(tenant) == 5
    assert tenant.asked() == ["page_users"]


async def test_a_code_is_exchanged_for_a_token(tenant: Tenant) -> None:
    assert await names(tenant, **CLIENT, code=code_of(tenant)) == 5
    assert tenant.asked()[-2:] == ["exchange_code", "page_users"]


async def test_a_code_that_was_used_gives_no_token(tenant: Tenant) -> None:
    code = code_of(tenant)
    await names(tenant, **CLIENT, code=code)
    with pytest.raises(UpstreamUnauthenticated):
        await names(tenant, **CLIENT, code=code)


async def test_a_code_is_never_sent_again_for_one_call(tenant: Tenant) -> None:
    with pytest.raises(UpstreamUnauthenticated):
        await names(tenant, **CLIENT, code="used")
    assert tenant.asked() == ["exchange_code"]


async def test_a_code_is_made_where_main_account_and_application_are_known(tenant: Tenant) -> None:
    options = {"main_account": MAIN_ACCOUNT, "app_id": app_of(tenant)}
    assert await names(tenant, **CLIENT, options=options) == 5
    assert tenant.asked() == ["authorize_code", "exchange_code", "page_users"]


async def test_a_token_that_is_over_is_replaced_by_another(tenant: Tenant) -> None:
    options = {"main_account": MAIN_ACCOUNT, "app_id": app_of(tenant)}
    source = open_source(tenant.settings(**CLIENT, options=options), Wiring())
    assert source.users is not None
    await source.users.page(UserFilter(), PageRequest(first=5))
    tenant.vendor.expire_tokens()
    assert len((await source.users.page(UserFilter(), PageRequest(first=6))).records) == 6
    await source.close()
    assert tenant.asked().count("exchange_code") == 2


async def test_a_refused_token_of_the_settings_is_told(tenant: Tenant) -> None:
    with pytest.raises(UpstreamUnauthenticated):
        await names(tenant, token="over")


async def test_neither_token_nor_code_is_told_before_any_call(tenant: Tenant) -> None:
    with pytest.raises(UpstreamUnauthenticated):
        await names(tenant, **CLIENT)
    assert tenant.asked() == []


async def test_a_token_goes_out_in_the_header_that_the_settings_name(tenant: Tenant) -> None:
    dialect = IdaasDialect(tenant.settings(options={"token_header": "X-Token", "token_prefix": ""}))
    steps = dialect.sign_in(0.0, None)
    with pytest.raises(StopIteration) as done:
        next(steps)
    assert list(done.value.value.headers) == ["X-Token"]
    assert not done.value.value.headers["X-Token"].startswith("Bearer")


async def test_a_probe_tells_that_the_source_works(tenant: Tenant) -> None:
    source = open_source(tenant.settings(), Wiring())
    health = await source.probe()
    await source.close()
    assert health.status is SourceStatus.UP
    assert tenant.asked() == ["page_groups"]


async def test_a_token_is_checked_without_going_out_in_a_header(tenant: Tenant) -> None:
    settings = tenant.settings()
    gateway = Gateway(IdaasDialect(settings), network_transport(settings))
    await gateway.send(verify_token("sandbox", CLIENT_ID))
    await gateway.close()
    assert "authorization" not in tenant.vendor.journal.entries[-1].headers
