"""A declared signature: where its arguments go, what they are called on the wire, and what may be done with it."""

import sys
from types import ModuleType
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.exchange import FileDownload, FileUpload
from adapters.operation import (
    Content,
    Effect,
    Operation,
    Place,
    Rename,
    operations_of,
    placeholders_of,
    respell,
    verbs,
)
from adapters.record import In, Record, Wire

get, post, put, patch, delete = verbs(Rename.CAMEL)
snake_get, *_ = verbs(Rename.SNAKE)


class Draft(Record, frozen=True):
    name: str | None = None


@get("/users/{userId}/posts/{POST_ID}")
def read(user_id: str, post_id: str, page_size: int | None = None, order: str = "up") -> dict[str, str]:
    """Posts of a user. (Users)"""


@post("/users")
def create(body: Draft, dry_run: bool = False) -> None:
    """A new user. (Users)"""


@post("/sheets")
def upload(file: FileUpload, kind: Annotated[str, In("query")]) -> None:
    """A sheet. (Sheets)"""


@post("/sheets/all")
def upload_all(files: list[FileUpload] | None = None) -> None:
    """Sheets. (Sheets)"""


@post("/login", content=Content.FORM, effect=Effect.SIGN_IN, hidden=True)
def login(user_name: str, realm: Annotated[str, In("header"), Wire("X-Realm")] = "home") -> None:
    """Signs in. (Security)"""


@post("/users/query", effect=Effect.READ)
def query(body: Draft) -> list[Draft]:
    """Users by a draft. (Users)"""


@get("/sheet")
def download() -> FileDownload:
    """A sheet. (Sheets)"""


def places(operation: Operation) -> dict[str, tuple[str, Place]]:
    return {p.name: (p.wire, p.place) for p in operation.parameters}


def test_names_in_the_path_are_path_parameters_however_they_are_spelled():
    assert places(read) == {
        "user_id": ("userId", Place.PATH),
        "post_id": ("POST_ID", Place.PATH),
        "page_size": ("pageSize", Place.QUERY),
        "order": ("order", Place.QUERY),
    }


def test_a_body_goes_into_the_body_and_the_rest_into_the_query():
    assert places(create) == {"body": ("body", Place.BODY), "dry_run": ("dryRun", Place.QUERY)}
    assert create.content is Content.JSON


@pytest.mark.parametrize("operation", [upload, upload_all])
def test_a_file_makes_a_body_of_parts(operation):
    assert operation.content is Content.MULTIPART
    assert operation.parameters[0].place is Place.PART


def test_a_mark_says_where_a_parameter_goes():
    assert places(upload)["kind"] == ("kind", Place.QUERY)


def test_a_form_takes_what_names_no_other_place_and_a_mark_says_another_name():
    assert places(login) == {"user_name": ("userName", Place.FORM), "realm": ("X-Realm", Place.HEADER)}


def test_a_vendor_that_writes_snake_case_is_written_to_in_snake_case():
    @snake_get("/x")
    def listed(page_size: int) -> None: ...

    assert places(listed) == {"page_size": ("page_size", Place.QUERY)}


@pytest.mark.parametrize(
    ("operation", "effect"),
    [(read, Effect.READ), (create, Effect.WRITE), (login, Effect.SIGN_IN), (query, Effect.READ)],
)
def test_the_method_tells_the_effect_unless_the_declaration_does(operation, effect):
    assert operation.effect is effect


@pytest.mark.parametrize("verb", [post, put, patch, delete])
def test_what_is_not_got_is_a_write(verb):
    @verb("/x")
    def changed() -> None: ...

    assert changed.effect is Effect.WRITE
    assert changed.method == verb.method


def test_a_declaration_keeps_its_words_and_whether_it_is_hidden():
    assert (login.name, login.description, login.hidden) == ("login", "Signs in. (Security)", True)
    assert not read.hidden


def test_a_file_that_comes_back_is_known():
    assert [o.name for o in (download, upload, read) if o.is_file] == ["download"]


def test_arguments_come_by_place_or_by_name_and_defaults_fill_in():
    assert read("1", post_id="2").arguments == {
        "user_id": "1",
        "post_id": "2",
        "page_size": None,
        "order": "up",
    }


def test_a_missing_argument_is_named():
    with pytest.raises(TypeError, match=r"read\(\) needs post_id"):
        read("1")  # type: ignore[call-arg]


def test_an_unknown_argument_is_named():
    with pytest.raises(TypeError, match=r"read\(\) has no parameter colour"):
        read("1", "2", colour="red")  # type: ignore[call-arg]


def test_too_many_arguments_are_refused():
    with pytest.raises(TypeError, match=r"download\(\) has no parameter there"):
        download("1")  # type: ignore[call-arg]


def test_operations_of_a_module_are_its_own_in_order():
    here = sys.modules[__name__]
    other = ModuleType("other")
    other.borrowed = read
    assert operations_of(other) == ()
    assert [o.name for o in operations_of(here)] == [
        "read",
        "create",
        "upload",
        "upload_all",
        "login",
        "query",
        "download",
    ]


@pytest.mark.parametrize(
    ("path", "names"),
    [("/a/{b}/{c}", ("b", "c")), ("/a", ()), ("/{a}{b}", ("a", "b")), ("/a/{}/b", ())],
)
def test_placeholders_come_in_order(path, names):
    assert placeholders_of(path) == names


@pytest.mark.parametrize(
    ("name", "wire"),
    [("user_name", "userName"), ("id", "id"), ("from_", "from"), ("a_b_c", "aBC"), ("x_2d", "x2d")],
)
def test_names_are_respelled_as_the_vendor_writes_them(name, wire):
    assert respell(name, Rename.CAMEL) == wire


words = st.from_regex(r"[a-z][a-z0-9]{0,5}(_[a-z][a-z0-9]{0,5}){0,3}", fullmatch=True)


@given(words)
def test_a_respelled_name_has_the_same_letters_and_no_gap(name):
    wire = respell(name, Rename.CAMEL)
    assert wire.lower() == name.replace("_", "")
    assert respell(name, Rename.SNAKE) == name
