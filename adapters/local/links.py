"""Account links: accounts of one person in several sources, put together by hand."""

import secrets
from collections.abc import Sequence

from sqlalchemy import and_, delete, func, insert, select, tuple_, update

from adapters.errors import BadInput
from adapters.local.engine import Database
from adapters.local.tables.directory import LINKS

Account = tuple[str, str]
"""Source and native id."""


class AccountLinks:
    """Groups of accounts; one account is in one group at most."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def link(self, accounts: Sequence[Account]) -> None:
        """Put accounts together, with all that they were linked with before."""
        unique = list(dict.fromkeys(accounts))
        if len(unique) < 2:
            raise BadInput("Two accounts or more can be linked.", ("ids",))
        row = tuple_(LINKS.c.source, LINKS.c.native_id)
        async with self._database.write() as connection:
            found = (await connection.execute(select(LINKS).where(row.in_(unique)))).all()
            group = found[0].group if found else secrets.token_hex(8)
            others = {held.group for held in found} - {group}
            if others:
                await connection.execute(update(LINKS).where(LINKS.c.group.in_(others)).values(group=group))
            known = {(held.source, held.native_id) for held in found}
            fresh = [
                {"source": source, "native_id": native_id, "group": group}
                for source, native_id in unique
                if (source, native_id) not in known
            ]
            if fresh:
                await connection.execute(insert(LINKS), fresh)

    async def unlink(self, account: Account) -> bool:
        """Take an account out of its group; tells whether it was in one. A group of one is none."""
        source, native_id = account
        me = and_(LINKS.c.source == source, LINKS.c.native_id == native_id)
        async with self._database.write() as connection:
            group = (await connection.execute(select(LINKS.c.group).where(me))).scalar_one_or_none()
            if group is None:
                return False
            await connection.execute(delete(LINKS).where(me))
            left = select(func.count()).select_from(LINKS).where(LINKS.c.group == group)
            if (await connection.execute(left)).scalar_one() == 1:
                await connection.execute(delete(LINKS).where(LINKS.c.group == group))
        return True

    async def linked(self, accounts: Sequence[Account]) -> dict[Account, tuple[Account, ...]]:
        """The other accounts of each one's group."""
        row = tuple_(LINKS.c.source, LINKS.c.native_id)
        groups = select(LINKS.c.group).where(row.in_(list(accounts)))
        statement = select(LINKS).where(LINKS.c.group.in_(groups)).order_by(LINKS.c.source, LINKS.c.native_id)
        members: dict[str, list[Account]] = {}
        async with self._database.read() as connection:
            for held in await connection.execute(statement):
                members.setdefault(held.group, []).append((held.source, held.native_id))
        group_of = {account: group for group, held in members.items() for account in held}
        return {
            account: tuple(other for other in members[group_of[account]] if other != account)
            for account in accounts
            if account in group_of
        }
