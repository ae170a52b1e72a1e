"""Signing in to the platform: once for all calls, renewed in time, shared by all processes."""

import asyncio

import pytest

from adapters.errors import ErrorCode, UpstreamUnauthenticated
from adapters.ports import RoleFilter, Source, SourceStatus, UserFilter
from tests.adapters.beaver.iot_platform import FIVE, Platform, Vault


async def test_calls_at_once_sign_in_once(platform: Platform, source: Source) -> None:
    await asyncio.gather(source.users.page(UserFilter(), FIVE), source.roles.page(RoleFilter(), FIVE))
    assert platform.asked("oauth_token") == [("oauth_token", 200)]


async def test_a_token_is_renewed_before_it_ends(platform: Platform, source: Source) -> None:
    await source.probe()
    platform.clock.now += 0.85 * 86_400
    platform.forget()
    await source.probe()
    assert platform.asked("oauth_token") == [("oauth_token", 200)]
    assert platform.asked() == [("get_current_user", 200)]


async def test_a_token_that_was_ended_is_replaced_and_the_call_sent_again(
    platform: Platform, source: Source
) -> None:
    await source.probe()
    platform.vendor.expire_tokens()
    platform.forget()
    page = await source.users.page(UserFilter(), FIVE)
    assert len(page.records) == 5
    assert platform.asked() == [("search_users", 401), ("search_users", 200)]
    # The refresh token has ended, too: the password is next.
    assert platform.asked("oauth_token") == [("oauth_token", 401), ("oauth_token", 200)]


async def test_a_wrong_password_is_told_as_the_gateways_own(platform: Platform) -> None:
    source = platform.source(password="wrong-sandbox-word")
    with pytest.raises(UpstreamUnauthenticated) as caught:
        await source.users.page(UserFilter(), FIVE)
    assert (caught.value.code, caught.value.upstream_code) == (
        ErrorCode.UPSTREAM_UNAUTHENTICATED,
        "authentication_failed",
    )
    assert source.health().status is SourceStatus.DOWN


async def test_two_processes_share_one_session(platform: Platform) -> None:
    vault = Vault()
    one, other = platform.source(vault=vault), platform.source(vault=vault)
    await one.probe()
    await other.probe()
    await one.probe()
    assert platform.asked("oauth_token") == [("oauth_token", 200)]
    assert platform.asked() == [("get_current_user", 200)] * 3


async def test_a_base_url_may_have_a_path(platform: Platform) -> None:
    source = platform.source(base_url=f"{platform.url}/api/v1")
    assert (await source.probe()).status is SourceStatus.UP
