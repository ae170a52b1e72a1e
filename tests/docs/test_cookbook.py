"""The cookbook's questions, asked of the demo."""

import json
import re
from itertools import pairwise

import httpx
import pytest

from tests.docs.pages import ROOT, blocks_of

TEXT = (ROOT / "docs/cookbook.md").read_text(encoding="utf-8")
_ID = re.compile(r"<!-- with the id of: (.*) -->\n```graphql\n")


def recipes():
    """Each query with what its variable is the id of, and the answer below it."""
    found = blocks_of(TEXT, "docs/cookbook.md")
    wanted = dict(zip(_starts(), _ID.findall(TEXT), strict=True))
    return [
        (str(block), block.text, wanted.get(block.line), json.loads(answer.text))
        for block, answer in pairwise(found)
        if block.kind == "graphql" and answer.kind == "json"
    ]


def _starts():
    return [TEXT.count("\n", 0, found.end()) for found in _ID.finditer(TEXT)]


def fits(expected, actual) -> bool:
    """Whether an answer is as told, where `...` stands for anything, or for what goes on."""
    if expected == "...":
        return actual is not None
    if isinstance(expected, dict) and isinstance(actual, dict):
        return expected.keys() == actual.keys() and all(fits(expected[key], actual[key]) for key in expected)
    if isinstance(expected, list) and isinstance(actual, list):
        if expected[-1:] == ["..."]:
            expected = expected[:-1]
            actual = actual[: len(expected)]
        return len(expected) == len(actual) and all(map(fits, expected, actual))
    return expected == actual


def test_every_query_of_the_cookbook_has_its_answer():
    queries = [block for block in blocks_of(TEXT, "docs/cookbook.md") if block.kind == "graphql"]
    assert len(queries) == len(recipes()) >= 12


async def test_the_demo_answers_as_the_cookbook_says(graph):
    await graph.sweep()
    await graph.poll_alarms()
    wrong = {}
    for where, query, wanted, answer in recipes():
        variables = {}
        if wanted:
            found = await graph.data("{ found: " + wanted + " { nodes { id } } }")
            variables = {"id": found["found"]["nodes"][0]["id"]}
        told = await graph.ask(query, **variables)
        errors = [{k: v for k, v in error.items() if k != "locations"} for error in told.errors]
        actual = ({"errors": errors} if errors else {}) | {"data": told.data}
        if not fits(answer, actual):
            wrong[where] = actual
    assert wrong == {}


@pytest.mark.parametrize(
    ("expected", "actual", "is_so"),
    [
        ({"a": "..."}, {"a": 7}, True),
        ({"a": "..."}, {"a": None}, False),
        ({"a": 1}, {"a": 1, "b": 2}, False),
        ([1, "..."], [1, 2, 3], True),
        ([1, 2, "..."], [1], False),
        ([1], [1, 2], False),
    ],
)
def test_an_answer_fits_or_does_not(expected, actual, is_so):
    assert fits(expected, actual) is is_so


def test_the_posted_alarm_of_the_omcs_page_is_kept(gateway):
    page = (ROOT / "docs/sources/omc.md").read_text(encoding="utf-8")
    path = re.search(r"http://127\.0\.0\.1:8000(/ingest/\S+)", page)[1]
    body = re.search(r"-d '(\[.*\])'", page)[1]
    answer = httpx.post(f"{gateway}{path}", content=body, headers={"content-type": "application/json"})
    assert answer.status_code // 100 == 2, answer.text
