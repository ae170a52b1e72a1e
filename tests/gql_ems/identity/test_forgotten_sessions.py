from datetime import timedelta

from sqlalchemy import func, select

from adapters.local.gateway_sessions import GatewaySessions
from adapters.local.tables.people import SESSIONS, USED_TOKENS
from gql_ems.background.retention import DAY_SECONDS, RetentionRuns


async def kept(store) -> tuple[int, int]:
    async with store.database.read() as connection:
        counts = [
            (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            for table in (SESSIONS, USED_TOKENS)
        ]
    return counts[0], counts[1]


async def test_sessions_that_are_over_are_forgotten_with_their_tokens(store, hands, naps, beside):
    short = GatewaySessions(store.database, hands, timedelta(hours=1))
    await short.refresh((await short.begin("noc-shift-a")).refresh_token)
    await GatewaySessions(store.database, hands, timedelta(days=30)).begin("noc-shift-b")
    assert await kept(store) == (2, 1)
    hands.turn(hours=2)
    async with beside(RetentionRuns(store, 90, sleep=naps)):
        await naps.begun(DAY_SECONDS)
    assert await kept(store) == (1, 0)
