"""Every line of attacks.md, carried out: what is attacked, how, and what it gets."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.gql_ems.trust.attacks import Attacks
from tests.gql_ems.trust.gateway import Gateway, gateway_with

TABLE = Path(__file__).parent / "attacks.md"
LINES = dict(
    re.findall(r"^\| (?!attack|---)([^|]+?) +\| [^|]+ \| ([^|]+?) +\|$", TABLE.read_text(), re.MULTILINE)
)


@pytest.fixture
async def gateway(vendors, folder, hands) -> AsyncIterator[Gateway]:
    sources = [vendor.table() for vendor in vendors.values()]
    storage = {"url": f"sqlite+aiosqlite:///{folder}/ems.db"}
    async with gateway_with(folder, hands, sources=sources, storage=storage) as found:
        yield found


def attack_names() -> set[str]:
    return {name.replace("_", " ") for name in vars(Attacks) if not name.startswith("_") and name != "ask"}


def test_every_line_of_the_table_is_carried_out_and_every_attack_has_a_line():
    assert set(LINES) == attack_names()


@pytest.mark.parametrize("name", sorted(attack_names()))
async def test_an_attack_gets_what_the_table_says(gateway, vendors, name):
    gateway.hands.now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    token = await gateway.token("noc-lead", "admin")
    assert await getattr(Attacks(gateway, token, vendors), name.replace(" ", "_"))() == LINES.get(name)
