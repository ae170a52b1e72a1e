"""The published audits of GraphQL over HTTP, in full, with the guard against forged requests on."""

import pytest

from tests.gql_ems.trust.gateway import gateway_with

AUDITS = 61


@pytest.mark.parametrize("mode", ["token", "none"])
async def test_every_audit_passes(tmp_path, hands, script, mode):
    async with gateway_with(tmp_path, hands, auth={"mode": mode}) as gateway:
        token = await gateway.token("noc-shift-a", "viewer") if mode == "token" else ""
        results = await (await script("audit.mjs", gateway.endpoint, token)).rest()
    assert [r for r in results if r["status"] != "ok"] == []
    assert len(results) >= AUDITS
    levels = {r["name"].split()[0] for r in results}
    assert levels == {"MUST", "SHOULD", "MAY"}
