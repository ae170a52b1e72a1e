import msgspec
import pytest

from adapters.errors import BadInput, NotFound
from adapters.omc import call_records, files, users
from adapters.operation import Operation
from adapters.records import Dialect
from gql_ems.file_links import FileLinks
from resolvers.context import Sources
from resolvers.vendors import OPERATIONS

KEY = b"sandbox-key-of-the-gateway"
FILES = [
    pytest.param(operation, id=f"{dialect.value}.{operation.name}")
    for dialect, operations in OPERATIONS.items()
    for operation in operations
    if operation.is_file
]


@pytest.fixture
def links(omc, hands) -> FileLinks:
    return FileLinks(Sources((omc,)), KEY, hands)


def token_of(link) -> str:
    return link.url.removeprefix("/files/")


def query(**facts):
    return users.export_users(users.UserQuery(page_num=1, page_size=20, **facts))


async def test_a_link_gives_back_the_call_that_it_was_made_of(links):
    link = await links.link("omc", query(user_name="noc-shift-a"), "operator")
    source, call, owner = links.pending(token_of(link))

    assert (source.name, call.operation, dict(call.arguments), owner) == (
        "omc",
        users.export_users,
        {"body": users.UserQuery(page_num=1, page_size=20, user_name="noc-shift-a")},
        "operator",
    )


async def test_a_link_made_by_one_worker_is_read_by_another(links, omc, hands):
    link = await links.link("omc", query(), "operator")
    other = FileLinks(Sources((omc,)), KEY, hands)

    assert other.pending(token_of(link))[1].operation is users.export_users


async def test_a_link_expires_after_five_minutes(links, hands):
    link = await links.link("omc", query(), "operator")
    hands.turn(minutes=4, seconds=59)
    links.pending(token_of(link))
    hands.turn(seconds=2)

    with pytest.raises(NotFound):
        links.pending(token_of(link))


async def test_a_link_tells_when_it_expires(links, hands):
    link = await links.link("omc", query(), "operator")

    assert (link.expires_at - hands()).total_seconds() == 300


async def test_a_link_does_not_show_what_it_asks_for(links):
    link = await links.link("omc", query(user_name="noc-shift-a"), "operator")

    assert "noc-shift-a" not in link.url


async def test_a_link_under_another_key_is_none(omc, links, hands):
    link = await FileLinks(Sources((omc,)), b"another key", hands).link("omc", query(), "operator")

    with pytest.raises(NotFound):
        links.pending(token_of(link))


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: "A" + t[1:], lambda t: t[:40] + "AAAA" + t[44:], lambda _: "x"]
)
async def test_a_link_that_was_changed_is_none(links, change):
    link = await links.link("omc", query(), "operator")

    with pytest.raises(NotFound):
        links.pending(change(token_of(link)))


async def test_a_source_that_is_gone_makes_its_links_none(links, omc, hands):
    link = await links.link("omc", query(), "operator")

    with pytest.raises(NotFound):
        FileLinks(Sources(()), KEY, hands).pending(token_of(link))


async def test_what_could_never_be_asked_makes_no_link(links):
    with pytest.raises(BadInput):
        await links.link("omc", files.download_file("/upload/../../secret"), "operator")


async def test_what_is_too_long_for_a_link_makes_none(links):
    with pytest.raises(BadInput, match="too long"):
        await links.link("omc", query(user_name="x" * 9000), "operator")


async def test_a_sealed_call_that_gives_no_file_is_none(links, hands):
    told = msgspec.json.encode(["omc", "delete_users", {"user_ids": "1"}, "operator"])
    token = links._seal.encrypt_at_time(told, int(hands().timestamp())).decode()

    with pytest.raises(NotFound):
        links.pending(token)


async def test_arguments_left_out_stay_left_out(links):
    link = await links.link("omc", call_records.get_cdr_file_ims(), "operator")

    assert dict(links.pending(token_of(link))[1].arguments) == {"type": None}


@pytest.mark.parametrize("operation", FILES)
def test_the_arguments_of_every_file_can_be_put_into_a_link(operation: Operation):
    kinds = [msgspec.json.Decoder(parameter.type) for parameter in operation.parameters]

    assert len(kinds) == len(operation.parameters)


def test_there_are_files_of_three_vendors():
    assert {d for d, found in OPERATIONS.items() if any(o.is_file for o in found)} == {
        Dialect.OMC,
        Dialect.SUPOS,
        Dialect.IDAAS,
    }
