"""Putting the demo data in, once, in one commit."""

from sqlalchemy import insert, select

from adapters.local.commit import Commit
from adapters.local.demo import events, network, people, things
from adapters.local.store import LocalStore
from adapters.local.tables.network import ELEMENTS, ONLINE, SAMPLES, SUBSCRIBERS
from adapters.local.tables.people import ORGANIZATIONS, ROLES, USER_ROLES, USERS
from adapters.local.tables.things import (
    APPROVALS,
    DEVICES,
    ENTITIES,
    INTEGRATIONS,
    RUNS,
    VALUES,
    WORKFLOWS,
)


async def seed(store: LocalStore, source: str = "local") -> bool:
    """Fill an empty store; tells whether there was anything to do."""
    now = store.journal.clock()
    rows = {
        ORGANIZATIONS: people.organizations(source),
        ROLES: people.roles(source, now),
        USERS: people.users(source, now),
        USER_ROLES: people.grants(),
        ELEMENTS: network.elements(source, now),
        SAMPLES: network.samples(now),
        ONLINE: network.online(source, now),
        SUBSCRIBERS: network.subscribers(source),
        INTEGRATIONS: things.integrations(),
        DEVICES: things.devices(source, now),
        ENTITIES: things.entities(source),
        VALUES: things.values(now),
        WORKFLOWS: things.workflows(source, now),
        RUNS: things.runs(source, now),
        APPROVALS: things.approvals(source, now),
    }
    async with store.database.write() as connection:
        if (await connection.execute(select(ELEMENTS.c.native_id).limit(1))).first() is not None:
            return False
        for table, content in rows.items():
            await connection.execute(insert(table), content)
        await Commit(now).add(connection, events.entries(source, now))
    store.journal.committed.set()
    return True
