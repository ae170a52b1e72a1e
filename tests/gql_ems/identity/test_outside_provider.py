import base64
import hmac
import json
from collections.abc import AsyncIterator
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives import serialization

from gql_ems.settings import ConfigurationError, build
from tests.gql_ems.identity.issuing import AUDIENCE, ISSUER, PretendProvider
from tests.gql_ems.serving import served
from tests.gql_ems.trust.gateway import Gateway, codes, gateway_with

VIEWER = "{ viewer { username roles permissions } }"


@pytest.fixture
def provider() -> PretendProvider:
    found = PretendProvider()
    found.rsa("first")
    return found


@pytest.fixture
async def gateway(tmp_path, hands, provider) -> AsyncIterator[Gateway]:
    async with served(provider.app) as url:
        auth = {
            "issuer": ISSUER,
            "audience": AUDIENCE,
            "jwks_url": f"{url}/jwks",
            "role_map": {"ems-admins": "admin"},
        }
        async with gateway_with(tmp_path, hands, auth=auth) as found:
            yield found


async def status(gateway: Gateway, token: str) -> int:
    answer = await gateway.post({"query": VIEWER}, token)
    if answer.status_code == 401:
        assert codes(answer.json()) == ["UNAUTHENTICATED"]
    return answer.status_code


async def test_a_token_of_the_provider_names_its_holder_and_his_role(gateway, provider, hands):
    token = provider.token("first", provider.claims(hands()))
    viewer = (await gateway.ask(VIEWER, token))["data"]["viewer"]
    assert (viewer["username"], viewer["roles"]) == ("noc-shift-a", ["operator"])
    assert "alarms:write" in viewer["permissions"]
    assert "users:write" not in viewer["permissions"]


async def test_a_role_of_another_name_is_mapped(gateway, provider, hands):
    token = provider.token("first", provider.claims(hands(), roles=["ems-admins", "guests"]))
    viewer = (await gateway.ask(VIEWER, token))["data"]["viewer"]
    assert viewer["roles"] == ["admin", "guests"]
    assert "users:write" in viewer["permissions"]


async def test_a_token_without_roles_may_not_even_read(gateway, provider, hands):
    token = provider.token("first", provider.claims(hands(), roles=None))
    answer = await gateway.ask("{ users { nodes { id } } }", token)
    assert (answer["data"], codes(answer)) == ({"users": None}, ["FORBIDDEN"])


async def test_an_elliptic_key_signs_as_well(gateway, provider, hands):
    provider.ec("curved")
    assert await status(gateway, provider.token("curved", provider.claims(hands()))) == 200


async def test_a_key_that_is_new_is_fetched_when_a_token_names_it(gateway, provider, hands):
    assert await status(gateway, provider.token("first", provider.claims(hands()))) == 200
    provider.rsa("second")
    token = provider.token("second", provider.claims(hands()))
    hands.turn(seconds=11)
    assert await status(gateway, token) == 200
    assert provider.fetched == 2


async def test_a_key_that_was_taken_back_counts_no_more_after_five_minutes(gateway, provider, hands):
    token = provider.token("first", provider.claims(hands(), exp=int(hands().timestamp()) + 3600))
    assert await status(gateway, token) == 200
    del provider.keys["first"]
    provider.rsa("second")
    hands.turn(minutes=5)
    assert await status(gateway, token) == 401


async def test_the_keys_stay_while_the_provider_is_down(gateway, provider, hands):
    token = provider.token("first", provider.claims(hands(), exp=int(hands().timestamp()) + 3600))
    assert await status(gateway, token) == 200
    provider.down = True
    hands.turn(minutes=6)
    assert await status(gateway, token) == 200


async def test_unknown_keys_make_one_fetch_in_ten_seconds(gateway, provider, hands):
    stranger = PretendProvider()
    stranger.rsa("k")
    for n in range(20):
        assert await status(gateway, stranger.token("k", provider.claims(hands()), kid=f"k{n}")) == 401
    assert provider.fetched == 1


WRONG_CLAIMS = {
    "another audience": {"aud": "billing"},
    "no audience": {"aud": None},
    "expired": {"exp": 1},
    "never expires": {"exp": None},
    "expires at no time": {"exp": "tomorrow"},
    "expires in no calendar": {"exp": 1e300},
    "not valid yet": {"nbf": 4102444800},
    "no subject": {"sub": None},
    "another issuer": {"iss": "https://id.elsewhere.example"},
    "the gateway as issuer": {"iss": "gql-ems", "sid": "1"},
}


@pytest.mark.parametrize("changed", WRONG_CLAIMS.values(), ids=WRONG_CLAIMS)
async def test_a_token_with_wrong_claims_is_refused(gateway, provider, hands, changed):
    assert await status(gateway, provider.token("first", provider.claims(hands(), **changed))) == 401


async def test_an_expired_token_counts_for_half_a_minute_of_clock_skew(gateway, provider, hands):
    token = provider.token("first", provider.claims(hands()))
    hands.turn(seconds=329)
    assert await status(gateway, token) == 200
    hands.turn(seconds=1)
    assert await status(gateway, token) == 401


async def test_a_token_of_an_unknown_key_is_refused(gateway, provider, hands):
    stranger = PretendProvider()
    stranger.rsa("first")
    assert await status(gateway, stranger.token("first", provider.claims(hands()))) == 401
    assert await status(gateway, stranger.token("first", provider.claims(hands()), kid="second")) == 401


async def test_a_token_that_says_that_it_is_not_signed_is_refused(gateway, provider, hands):
    signed = provider.token("first", provider.claims(hands()))
    for algorithm in ("none", "None", "NONE", ""):
        head = packed({"alg": algorithm, "typ": "JWT", "kid": "first"})
        assert await status(gateway, f"{head}.{signed.split('.')[1]}.") == 401


@pytest.mark.parametrize("form", ["pem", "der", "jwk"])
async def test_a_public_key_is_no_shared_secret(gateway, provider, hands, form):
    _, private = provider.keys["first"]
    forms = {
        "pem": private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        ),
        "der": private.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        ),
        "jwk": json.dumps(provider.public()[0]).encode(),
    }
    body = f"{packed({'alg': 'HS256', 'kid': 'first'})}.{packed(provider.claims(hands()))}"
    signature = hmac.new(forms[form], body.encode(), sha256).digest()
    assert await status(gateway, f"{body}.{b64(signature)}") == 401


async def test_a_shared_secret_in_the_public_keys_signs_nothing(gateway, provider, hands):
    provider.also.append({"kty": "oct", "k": b64(b"s" * 32), "kid": "shared", "alg": "HS256"})
    body = f"{packed({'alg': 'HS256', 'kid': 'shared'})}.{packed(provider.claims(hands()))}"
    signature = hmac.new(b"s" * 32, body.encode(), sha256).digest()
    assert await status(gateway, f"{body}.{b64(signature)}") == 401


async def test_a_key_in_the_token_itself_is_not_believed(gateway, provider, hands):
    stranger = PretendProvider()
    stranger.rsa("own")
    token = stranger.token(
        "own", provider.claims(hands()), jwk=stranger.public()[0], jku="http://127.0.0.1:9/"
    )
    assert await status(gateway, token) == 401


async def test_an_elliptic_token_is_not_checked_with_another_kind_of_key(gateway, provider, hands):
    stranger = PretendProvider()
    stranger.ec("first")
    assert await status(gateway, stranger.token("first", provider.claims(hands()))) == 401


async def test_local_accounts_sign_in_beside_the_provider(gateway):
    token = await gateway.token("noc-shift-b", "viewer")
    assert (await gateway.ask(VIEWER, token))["data"]["viewer"]["username"] == "noc-shift-b"


@pytest.mark.parametrize("missing", ["issuer", "audience", "jwks_url"])
def test_a_provider_is_configured_whole_or_not_at_all(missing):
    auth = {"issuer": ISSUER, "audience": AUDIENCE, "jwks_url": "http://127.0.0.1:9/jwks"}
    del auth[missing]
    with pytest.raises(ConfigurationError, match="go together"):
        build({"auth": auth}, {})


def packed(told: dict) -> str:
    return b64(json.dumps(told).encode())


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
