"""Tolerant decoding: one wrong field costs itself; times and numbers are read in every form that a document shows."""

from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.decoding import SHAPES, WIDEST, Decoding, Mismatch, decode
from adapters.record import Also, At, Joined, Record, Whole, Wire

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2023, 5, 25, 4, 0, tzinfo=UTC)


class Colour(Enum):
    RED = "red"


class Row(Record, frozen=True, rename="camel"):
    id: str | None = None
    row_count: int | None = None
    ratio: float | None = None
    active: bool | None = None
    day: date | None = None
    names: Annotated[list[str], Joined("|")] | None = None
    other: Annotated[str, Wire("SMF.01")] | None = None


@pytest.mark.parametrize(
    ("form", "value", "expected"),
    [
        (At("ms"), 1684987200000, NOON),
        (At("ms"), "1684987200000", NOON),
        (At("s"), 1684987200, NOON),
        (At("local"), "2023-05-25 12:00:00", NOON),
        (At("zoned"), "2023-05-25T12:00:00.000+0800", NOON),
    ],
)
def test_instants_are_read_in_each_documented_form(form, value, expected):
    assert decode(Annotated[datetime, form], value, Decoding(SHANGHAI)) == expected


def test_a_local_time_without_padding_is_read():
    found = decode(Annotated[datetime, At("local")], "2023-5-25 9:5:9", Decoding(UTC))
    assert found == datetime(2023, 5, 25, 9, 5, 9, tzinfo=UTC)


def test_numbers_and_flags_come_as_texts_too():
    found = decode(Row, {"id": 7, "rowCount": "12", "ratio": "0.5", "active": "1"}, Decoding())
    assert found == Row(id="7", row_count=12, ratio=0.5, active=True)


def test_a_list_may_be_one_text():
    assert decode(Row, {"names": "a|b"}, Decoding()).names == ("a", "b")


def test_odd_names_are_found():
    assert decode(Row, {"SMF.01": "x"}, Decoding()).other == "x"


class Named(Record, frozen=True):
    id: str | None = None
    name: Annotated[str, Also(("label", "title"))] | None = None
    whole: Whole = None


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ({"name": "a", "label": "b"}, "a"),
        ({"label": "b", "name": None}, "b"),
        ({"title": "c", "label": None, "id": "1"}, "c"),
        ({"title": 7}, "7"),
        ({"id": "1"}, None),
        ({}, None),
    ],
)
def test_the_first_of_several_names_that_tells_something_counts(sent, name):
    assert decode(Named, sent, Decoding()) == Named(id=sent.get("id"), name=name, whole=sent)


def test_objects_with_ever_new_names_are_decoded_alike():
    for number in range(3 * SHAPES):
        sent = {f"new{number}": 1, "id": number, "names": ["a", 5]}
        assert decode(Row, sent, Decoding()) == Row(id=str(number), names=("a", "5"))
    many = dict.fromkeys(map(str, range(2 * WIDEST)), 0)
    assert decode(Row, many | {"rowCount": " "}, Decoding()) == Row()


def test_what_is_no_item_of_a_list_is_left_out_and_noted():
    context = Decoding()
    assert decode(list[Named], [{"id": "1"}, None, "x", {"id": "2"}], context) == (
        Named(id="1", whole={"id": "1"}),
        Named(id="2", whole={"id": "2"}),
    )
    assert decode(list[int], ["1", "", None, "many", 4], context) == (1, 4)
    assert set(context.problems) == {"[Named]", "[int]"}


@given(st.integers(1, 2**42))
def test_a_whole_number_of_milliseconds_is_read_to_the_millisecond(number):
    found = decode(Annotated[datetime, At("ms")], number, Decoding())
    assert found == datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=number)


@pytest.mark.parametrize(
    ("number", "expected"), [(0, None), (-1000, datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC))]
)
def test_milliseconds_before_the_epoch_are_read_and_none_is_no_instant(number, expected):
    assert decode(Annotated[datetime, At("ms")], number, Decoding()) == expected


def test_a_wrong_field_is_missing_and_noted_by_its_place():
    context = Decoding()
    found = decode(Row, {"id": "1", "rowCount": {"a": 1}, "day": "never"}, context)
    assert found == Row(id="1")
    assert len(context.problems) == 2
    assert "never" not in str(context.problems)


def test_another_shape_than_documented_is_a_mismatch():
    with pytest.raises(Mismatch):
        decode(Row, ["a"], Decoding())


json_values: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.fixed_dictionaries(
        {}, optional=dict.fromkeys(("id", "rowCount", "ratio", "active", "day", "names"), json_values)
    )
)
def test_whatever_the_fields_hold_the_row_stands(payload):
    found = decode(Row, payload, Decoding())
    assert isinstance(found, Row)
    assert found.row_count is None or isinstance(found.row_count, int)
    assert found.names is None or all(isinstance(name, str) for name in found.names)
