"""A server that is killed in the middle of a storm loses nothing that it had acknowledged."""

import asyncio
import time

import pytest

from tests.storm.gateway import configured, running
from tests.storm.storming import EVENTS, FULL, PATIENCE, storm

KILLS = (0.3, 0.5, 0.8) if FULL else (0.4,)


@pytest.mark.timeout(PATIENCE + 10)
async def test_a_server_killed_in_a_storm_has_every_event_once_and_tells_it_to_each_subscriber_once(
    tmp_path, silent_omc
):
    storage = f"sqlite+aiosqlite:///{tmp_path}/ems.db"
    with running(configured(tmp_path, storage, silent_omc, alarms_from="ingest")) as (gateway,):

        async def killed(posters) -> None:
            for share in KILLS:
                await posters.acknowledge_count(int(EVENTS * share))
                gateway.kill()
                await asyncio.to_thread(gateway.start)

        started = time.monotonic()
        left = await storm((gateway,), storage, killed)
    print(f"{EVENTS} events in {time.monotonic() - started:.1f} s, sent again {left.posters.sent_again}")

    assert (left.lost(), left.posters.acknowledged, left.posters.sent_again > 0) == ([], EVENTS, True)
