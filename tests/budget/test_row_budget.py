"""What one more row of a list may take, in calls of functions and not in time."""

import gc
import sys
from typing import Any

import pytest

from adapters.decoding import Decoding, decode
from adapters.omc.staff_view import user_of
from adapters.omc.users import User
from adapters.record import Rows
from gql_ems.execution import Executor
from tests.execution.sample import CellRecord, Colour, SiteRecord, make_schema

EXECUTOR = Executor(make_schema())


class Calls:
    """Counts the calls of functions that are written in Python."""

    def __init__(self) -> None:
        self.made = 0

    def __enter__(self) -> "Calls":
        # What is collected meanwhile tells others, who are no part of the row.
        gc.collect()
        gc.disable()
        sys.setprofile(self._note)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)
        gc.enable()

    def _note(self, _frame: Any, event: str, _argument: Any) -> None:
        self.made += event == "call"


async def calls_of(query: str, rows: int) -> int:
    """The calls that an answer takes whose list has so many rows."""
    cells = (CellRecord("c", colour=Colour.RED, tags=("a", "b")), CellRecord("d"))
    context = {"sites": [SiteRecord(str(n), name=f"site {n}", cells=cells) for n in range(rows)]}
    await EXECUTOR.execute(query, context=context)
    with Calls() as calls:
        answer = await EXECUTOR.execute(query, context=context)
    assert not answer.errors
    assert answer.data is not None
    assert len(answer.data["sites"]) == rows
    return calls.made


async def test_a_row_of_attributes_takes_no_call() -> None:
    query = "{ sites { id name __typename } }"
    assert await calls_of(query, 10) == await calls_of(query, 500)


async def test_a_list_below_a_row_takes_one_call() -> None:
    query = "{ sites { id cells { id label level colour tags } } }"
    # The tags of each cell are a list, too.
    assert await calls_of(query, 110) - await calls_of(query, 10) == 100 * (1 + 2)


async def test_a_row_with_a_resolver_takes_few_calls() -> None:
    query = "{ sites { id name mate { id } } }"
    assert await calls_of(query, 110) - await calls_of(query, 10) <= 100 * 6


ROW = {
    "userId": "7",
    "userName": "shift",
    "status": "1",
    "createTime": 1697091656500,
    "dept": {"deptId": "3", "deptName": "NOC"},
    "roles": [{"roleId": "2", "roleName": "Managers"}, {"roleId": "3", "roleName": "Operators"}],
}


@pytest.mark.parametrize(("make", "most"), [(lambda row: row, 12), (lambda row: user_of("omc", "", row), 23)])
def test_an_account_of_an_omc_takes_few_calls_to_decode_and_to_unify(make: Any, most: int) -> None:
    def take(rows: int) -> int:
        sent = Rows(rows=(ROW,) * rows, total=rows)
        with Calls() as calls:
            found = decode(Rows[User], sent, Decoding())
            assert [make(row) is not None for row in found.rows] == [True] * rows
        return calls.made

    take(1)
    assert take(110) - take(10) <= 100 * most
