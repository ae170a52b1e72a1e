import pytest

from adapters.errors import BadInput
from gql_ems.front.parameters import Parameters
from gql_ems.identity import ANONYMOUS


@pytest.mark.parametrize(
    ("query", "kind", "at_once"),
    [
        ("{ __typename }", "query", True),
        ("{ __schema { types { name } } t: __type(name: $name) { name } }", "refused", False),
        ("query($name: String!) { __type(name: $name) { name } }", "query", True),
        ("{ __typename viewer { username } }", "query", False),
        ("mutation { logout }", "mutation", False),
        ("mutation { __typename }", "mutation", True),
        ("subscription { callRecords { cursor } }", "subscription", False),
        ("{ nothing }", "refused", False),
    ],
)
def test_an_inquiry_tells_what_it_is_and_whether_the_schema_alone_answers_it(gateway, query, kind, at_once):
    inquiry = gateway.service.answering.inquiry(Parameters(query))

    assert (inquiry.kind, inquiry.at_once) == (kind, at_once)


def test_what_is_not_known_by_its_hash_is_no_inquiry(gateway):
    with pytest.raises(BadInput, match="PersistedQueryNotFound"):
        gateway.service.answering.inquiry(Parameters(document_id="sha256:" + "0" * 64))


async def test_a_small_question_to_the_schema_is_run_each_time(gateway):
    answering = gateway.service.answering
    inquiry = answering.inquiry(Parameters("{ __typename }"))
    first, _ = await answering.answer(inquiry, ANONYMOUS, "r1")
    second, _ = await answering.answer(inquiry, ANONYMOUS, "r2")

    assert first == second == {"data": {"__typename": "Query"}}
    assert first["data"] is not second["data"]
