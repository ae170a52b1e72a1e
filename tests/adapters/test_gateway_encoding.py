"""Arguments on the wire: places, forms of writing, quoting; and a caller's mistake is told by its parameter."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Annotated, Any
from urllib.parse import parse_qsl, unquote
from zoneinfo import ZoneInfo

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET, UnsetType

from adapters.decoding import Decoding, decode
from adapters.encoding import request_of
from adapters.errors import BadInput
from adapters.exchange import FileUpload, Request
from adapters.operation import Call, Content, Effect, Rename, verbs
from adapters.record import (
    At,
    Base64,
    Imsi,
    In,
    Joined,
    LocalTime,
    Matches,
    Millis,
    MillisText,
    Numbers,
    OneOf,
    Record,
    Seconds,
    Wire,
    ZonedTime,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2023, 5, 25, 4, 0, 0, 120_000, tzinfo=UTC)
get, post, *_ = verbs(Rename.CAMEL)


class Colour(Enum):
    RED = "red-1"


class Item(Record, frozen=True, rename="camel"):
    item_id: str | None = None
    code: Annotated[str, Matches(r"[a-z]+", "a code has small letters")] | None = None


class Draft(Record, frozen=True, rename="camel"):
    group_name: str
    level: Annotated[int, OneOf((1, 2))] | None = None
    odd: Annotated[str, Wire("SMF.01")] | None = None
    at: Millis | None = None
    note: str | None | UnsetType = UNSET
    items: list[Item] | None = None
    tags: Annotated[list[str], Joined("|")] | None = None
    count: Annotated[int, Numbers()] | None = None
    secret: Annotated[str, Base64()] | None = None


@get("/things/{thingId}/parts/{partId}")
def get_part(thing_id: str, part_id: str) -> None: ...


@get("/things")
def list_things(
    search: str | None = None,
    ids: list[int] | None = None,
    tags: Annotated[list[str], Joined(",")] | None = None,
    active: bool | None = None,
    colour: Colour | None = None,
    day: date | None = None,
    imsi: Imsi | None = None,
    where: dict[str, Any] | None = None,
    trace: Annotated[str, In("header"), Wire("X-Trace")] | None = None,
) -> None: ...


@get("/needs")
def needs(name: str) -> None: ...


@post("/things")
def create_thing(body: Draft) -> None: ...


@post("/anything")
def create_anything(body: Any) -> None: ...


@post("/login", content=Content.FORM)
def login(user_name: str, scopes: list[str] | None = None) -> None: ...


@post("/sheets")
def upload(file: FileUpload, kind: Annotated[str, In("part")]) -> None: ...


def written(call: Call[Any]) -> Request:
    return request_of(call, call.operation.path, SHANGHAI)


def refused(call: Call[Any]) -> BadInput:
    with pytest.raises(BadInput) as raised:
        written(call)
    return raised.value


def body_of(call: Call[Any]) -> Any:
    body = written(call).body
    assert body is not None
    return orjson.loads(body)


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        ({}, ""),
        ({"search": "a b&c=d/ä+"}, "?search=a%20b%26c%3Dd/%C3%A4%2B"),
        ({"search": ""}, "?search="),
        ({"ids": [1, 2]}, "?ids=1&ids=2"),
        ({"ids": []}, ""),
        ({"tags": ["a", "b"]}, "?tags=a%2Cb"),
        ({"active": False}, "?active=false"),
        ({"colour": Colour.RED}, "?colour=red-1"),
        ({"day": date(2023, 5, 5)}, "?day=2023-05-05"),
        ({"where": {"a": [1]}}, "?where=%7B%22a%22%3A%5B1%5D%7D"),
    ],
)
def test_a_query_is_written_as_the_source_reads_it(arguments, query):
    assert written(list_things(**arguments)).target == f"/things{query}"


def test_a_read_alone_may_be_repeated_whatever_its_method():
    @get("/on", effect=Effect.WRITE)
    def turn_on() -> None: ...

    @post("/found", effect=Effect.READ)
    def found() -> None: ...

    calls = (list_things(), found(), turn_on(), login("a"))
    assert [written(call).repeatable for call in calls] == [True, True, False, False]


def test_a_header_goes_into_the_headers():
    assert written(list_things(trace="t1")).headers == {"X-Trace": "t1"}


def test_a_body_has_the_names_of_the_vendor_and_nothing_that_was_not_said():
    draft = Draft(
        group_name="g",
        odd="x",
        at=NOON,
        items=[Item(item_id="1")],
        tags=["a", "b"],
        count=7,
        secret="ab",
    )
    request = written(create_thing(draft))
    assert request.headers == {"Content-Type": "application/json"}
    assert body_of(create_thing(draft)) == {
        "groupName": "g",
        "SMF.01": "x",
        "at": 1684987200120,
        "items": [{"itemId": "1"}],
        "tags": "a|b",
        "count": "7",
        "secret": "YWI=",
    }


def test_a_form_is_a_form():
    request = written(login("a b&", scopes=["x", "y"]))
    assert request.headers == {"Content-Type": "application/x-www-form-urlencoded"}
    assert request.body == b"userName=a+b%26&scopes=x&scopes=y"


def test_parts_keep_their_order_and_have_no_body():
    async def chunks() -> Any:
        yield b""

    file = FileUpload(name="a.csv", chunks=chunks)
    request = written(upload(file, "users"))
    assert [(p.name, p.text, p.file) for p in request.parts] == [
        ("file", None, file),
        ("kind", "users", None),
    ]
    assert request.body is None


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (Millis, "1684987200120"),
        (MillisText, "1684987200120"),
        (Seconds, "1684987200"),
        (LocalTime, "2023-05-25 12:00:00"),
        (Annotated[datetime, At("local", layout="%Y-%m-%d %H:%M")], "2023-05-25 12:00"),
        (ZonedTime, "2023-05-25T12:00:00.120+0800"),
    ],
)
def test_an_instant_is_written_in_the_form_of_its_mark(form, text):
    def since(since: Any) -> None: ...

    since.__annotations__ = {"since": form, "return": None}
    values = parse_qsl(written(get("/x")(since)(NOON)).target.partition("?")[2])
    assert values == [("since", text)]


instants = st.datetimes(datetime(1990, 1, 1), datetime(2080, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001


@given(instants, st.sampled_from([(Millis, 1), (MillisText, 1), (ZonedTime, 1), (Seconds, 1000)]))
def test_an_instant_that_is_written_is_read_back(at, form):
    hint, coarse = form

    def since(body: Any) -> None: ...

    since.__annotations__ = {"body": hint, "return": None}
    told = body_of(post("/x")(since)(at))
    assert abs(decode(hint, told, Decoding(SHANGHAI)) - at) <= timedelta(milliseconds=coarse)


@given(st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
def test_no_argument_leaves_its_segment_of_the_path(thing, part):
    try:
        target = written(get_part(thing, part)).target
    except BadInput as error:
        value = {"thing_id": thing, "part_id": part}[error.field[0]]
        assert value in (".", "..") or any(ord(c) < 32 or ord(c) == 127 for c in value)
        return
    assert target.isascii()
    assert not set(target) & set("?# {}\\")
    assert [unquote(s) for s in target.split("/")] == ["", "things", thing, "parts", part]


@given(st.text(max_size=20), st.lists(st.integers(), min_size=1, max_size=4))
def test_a_query_is_read_back_as_it_was_given(search, ids):
    target = written(list_things(search=search, ids=ids)).target
    assert target.isascii()
    read = parse_qsl(target.partition("?")[2], keep_blank_values=True, strict_parsing=True)
    assert read == [("search", search), *(("ids", str(i)) for i in ids)]


@pytest.mark.parametrize("value", ["", ".", "..", "a\nb", "a\x00", "\x7f"])
def test_a_path_that_would_lead_elsewhere_names_its_parameter(value):
    assert refused(get_part("1", value)).field == ("part_id",)


def test_a_header_with_a_line_break_names_its_parameter():
    assert refused(list_things(trace="a\r\nX-Evil: 1")).field == ("trace",)


def test_a_needed_parameter_that_is_none_is_named():
    error = refused(needs(None))  # type: ignore[arg-type]
    assert (error.field, error.message) == (("name",), "name is needed")


def test_a_text_of_another_form_is_told_in_words():
    error = refused(list_things(imsi="12a"))
    assert (error.field, error.message) == (("imsi",), "imsi: an IMSI has 5 to 15 digits")


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (Draft(group_name="g", level=3), ("body", "level")),
        (Draft(group_name=None), ("body", "group_name")),  # type: ignore[arg-type]
        (Draft(group_name="g", items=[Item(), Item(code="A")]), ("body", "items", "1", "code")),
    ],
)
def test_a_mistake_inside_of_a_body_is_told_by_its_path(draft, field):
    error = refused(create_thing(draft))
    assert error.field == field
    assert error.message.startswith(".".join(field))


def test_allowed_values_are_listed():
    assert refused(create_thing(Draft(group_name="g", level=3))).message == "body.level is one of 1, 2"


@pytest.mark.parametrize("value", [2**64, {"a": [-(2**70)]}])
def test_what_json_cannot_hold_names_its_parameter(value):
    assert refused(create_anything(value)).field == ("body",)


def test_nothing_is_read_of_a_file_before_it_is_sent():
    read: list[int] = []

    async def chunks() -> Any:
        read.append(1)
        yield b"x"

    file = FileUpload(name="a", chunks=chunks)
    (part, _) = written(upload(file, "k")).parts
    assert read == []

    async def first() -> bytes:
        assert part.file is not None
        return b"".join([chunk async for chunk in part.file.chunks()])

    assert asyncio.run(first()) == b"x"
