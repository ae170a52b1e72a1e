"""SQL made of typed conditions: nothing of a caller's gets out of its quotes."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.errors import BadInput
from adapters.omc.tables import Among, Compared, Containing, quoted, select, where
from playground.upstreams.omc.sql import read

TEXTS = st.text(st.characters(blacklist_categories=["Cc", "Cs"]), max_size=40)
NASTY = st.text(st.sampled_from("'\"\\%_;-`()ab "), max_size=20)


def told_back(literal: str) -> str:
    """What a MySQL reader makes of a literal: quotes doubled, backslashes escaping."""
    assert literal[0] == literal[-1] == "'"
    inner, out, place = literal[1:-1], [], 0
    while place < len(inner):
        assert inner[place : place + 2] in {"''", "\\\\"} or inner[place] not in "'\\"
        step = 2 if inner[place] in "'\\" else 1
        out.append(inner[place + step - 1])
        place += step
    return "".join(out)


@given(TEXTS | NASTY)
def test_a_quoted_text_is_read_as_itself(text: str) -> None:
    assert told_back(quoted(text)) == text


@given(TEXTS | NASTY)
def test_a_quoted_text_never_ends_its_literal_where_backslashes_escape_nothing(text: str) -> None:
    connection = sqlite3.connect(":memory:")
    assert connection.execute(f"select {quoted(text)}").fetchone()[0].replace("\\\\", "\\") == text
    connection.close()


@given(NASTY)
def test_a_condition_finds_the_row_of_its_value_and_no_other(text: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("create table alarm (id integer, ne_id text)")
    connection.executemany("insert into alarm values (?, ?)", [(1, text), (2, text + "x")])
    found = read(connection, select("alarm", [Compared("ne_id", "=", text)]), "alarm")
    assert [row["id"] for row in found] == [1]
    connection.close()


@given(st.integers(-(2**63), 2**63))
def test_numbers_stand_bare(number: int) -> None:
    assert quoted(number) == str(number)


@pytest.mark.parametrize("text", ["a\nb", "a\0", "\x1b", "a\x7f", "\x85"])
def test_control_characters_are_refused(text: str) -> None:
    with pytest.raises(BadInput):
        quoted(text)


def test_a_truth_is_no_value() -> None:
    with pytest.raises(BadInput):
        quoted(value=True)


def test_a_statement_is_one_select_on_an_allowed_table() -> None:
    assert select("alarm", [Compared("id", ">", 5)], order_by="id", limit=10) == (
        "select * from alarm where id > 5 order by id limit 10"
    )


def test_values_may_be_several() -> None:
    assert where("ne_info", [Among("ne_type", ("AMF", "S'F"))]) == "ne_type in ('AMF', 'S''F')"


def test_a_text_is_looked_for_with_its_wildcards_taken_as_letters() -> None:
    assert where("alarm", [Containing("alarm_title", "5%_")]) == "alarm_title like '%5\\\\%\\\\_%'"


def test_conditions_are_joined() -> None:
    assert where("alarm", [Compared("ne_type", "=", "AMF"), Compared("id", "<=", 3)]) == (
        "ne_type = 'AMF' and id <= 3"
    )


def test_no_condition_is_not_all_rows() -> None:
    with pytest.raises(BadInput):
        where("alarm", [])


@pytest.mark.parametrize("table", ["user; drop table alarm", "sys_user", ""])
def test_other_tables_are_refused(table: str) -> None:
    with pytest.raises(BadInput):
        select(table)


@pytest.mark.parametrize("column", ["1=1 or id", "password", ""])
def test_other_columns_are_refused(column: str) -> None:
    with pytest.raises(BadInput):
        where("user", [Compared(column, "=", 1)])


def test_other_operators_are_refused() -> None:
    with pytest.raises(BadInput):
        where("alarm", [Compared("id", "= 1 or 1 =", 1)])  # type: ignore[arg-type]


@pytest.mark.parametrize("limit", [0, -1, 10_001])
def test_a_limit_is_bounded(limit: int) -> None:
    with pytest.raises(BadInput):
        select("alarm", limit=limit)
