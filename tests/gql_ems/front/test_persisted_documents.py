import json
from hashlib import sha256

import pytest

from gql_ems.settings import ConfigurationError
from tests.gql_ems.trust.gateway import LOGIN, codes, gateway_with

VIEWER = "{ viewer { username } }"
SOURCES = "{ sources { name } }"


def mark(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def by_hash(text: str) -> dict:
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": mark(text)}}}


@pytest.fixture
def known(tmp_path) -> str:
    path = tmp_path / "documents.json"
    path.write_text(json.dumps({mark(text): text for text in (VIEWER, LOGIN)}))
    return str(path)


async def test_a_known_document_is_run_by_its_hash(tmp_path, hands, known):
    async with gateway_with(tmp_path, hands, documents={"path": known}) as gateway:
        token = await gateway.token("noc-shift-a", "viewer")
        expected = {"data": {"viewer": {"username": "noc-shift-a"}}}
        assert (await gateway.post(by_hash(VIEWER), token)).json() == expected
        assert (await gateway.post({"documentId": f"sha256:{mark(VIEWER)}"}, token)).json() == expected
        got = await gateway.http.get(
            gateway.endpoint,
            params={"extensions": json.dumps(by_hash(VIEWER)["extensions"])},
            headers={"authorization": f"Bearer {token}"},
        )
        assert got.json() == expected


async def test_a_document_is_kept_once_it_was_sent_with_its_hash(gateway):
    token = await gateway.token("noc-shift-a", "viewer")
    unknown = (await gateway.post(by_hash(SOURCES), token)).json()
    assert unknown["errors"][0]["message"] == "PersistedQueryNotFound"
    await gateway.post({"query": SOURCES, **by_hash(SOURCES)}, token)
    again = (await gateway.post(by_hash(SOURCES), token)).json()
    assert again == {"data": {"sources": [{"name": "local"}]}}


async def test_a_document_under_the_hash_of_another_is_refused(gateway):
    token = await gateway.token("noc-shift-a", "viewer")
    answer = await gateway.post({"query": SOURCES, **by_hash(VIEWER)}, token)
    assert codes(answer.json()) == ["BAD_USER_INPUT"]
    unknown = (await gateway.post(by_hash(VIEWER), token)).json()
    assert unknown["errors"][0]["message"] == "PersistedQueryNotFound"


async def test_where_only_known_documents_run_nothing_else_does(tmp_path, hands, known):
    async with gateway_with(tmp_path, hands, documents={"path": known, "only": True}) as gateway:
        token = await gateway.token("noc-shift-a", "viewer")
        assert "errors" not in (await gateway.post(by_hash(VIEWER), token)).json()
        for body in (
            {"query": SOURCES},
            {"query": SOURCES, **by_hash(SOURCES)},
            {"query": SOURCES, **by_hash(VIEWER)},
            by_hash(SOURCES),
        ):
            answer = (await gateway.post(body, token)).json()
            assert answer.get("data", {}).get("sources") is None


async def test_a_login_without_a_token_may_come_by_hash(tmp_path, hands, known):
    async with gateway_with(tmp_path, hands, documents={"path": known, "only": True}) as gateway:
        await gateway.add("noc-shift-a", "viewer")
        answer = await gateway.post({**by_hash(LOGIN), "variables": {"u": "noc-shift-a", "p": "x"}})
        assert answer.json()["data"]["login"]["accessToken"] is None
        assert (await gateway.post(by_hash(VIEWER))).status_code == 401


async def test_a_file_of_documents_that_is_no_good_stops_the_start(tmp_path, hands):
    (tmp_path / "documents.json").write_text("[]")
    with pytest.raises(ConfigurationError, match=r"documents\.path"):
        async with gateway_with(tmp_path, hands, documents={"path": str(tmp_path / "documents.json")}):
            pass
