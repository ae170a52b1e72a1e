"""The frame of the pretend vendors: routes, checks, the journal, and faults at will."""

from collections.abc import Iterator

import httpx
import pytest

from playground.upstreams.vendor import Call, Dialect, Vendor, running


def seen(call: Call) -> dict[str, object]:
    return {"name": call.operation, "params": dict(call.params), "body": call.json()}


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    vendor = Vendor("shop", Dialect(), clock=lambda: 1000.0)
    vendor.route("GET", "/things/{id}", "shop.one", seen)
    vendor.route("GET", "/things/list", "shop.list", lambda _call: {"total": 3}, query="page:integer?")
    vendor.route("GET", "/kinds/{kind=box}/size", "shop.box", seen)
    vendor.route("GET", "/kinds/{kind}/size", "shop.kind", seen)
    vendor.route("POST", "/things", "shop.new", seen, body="name parts[].weight:number?")
    vendor.route("POST", "/files", "shop.file", seen, form="kind", files="file")
    with running(vendor.app()) as url, httpx.Client(base_url=url, timeout=5) as client:
        yield client


def turn(http: httpx.Client, **knobs: object) -> None:
    assert http.post("/__sandbox__/knobs", json=knobs).status_code == 200


def test_a_literal_path_wins_over_a_parameter(http: httpx.Client) -> None:
    assert http.get("/things/list").json() == {"total": 3}
    assert http.get("/things/7").json()["params"] == {"id": "7"}


def test_a_parameter_may_hold_an_escaped_slash(http: httpx.Client) -> None:
    assert http.get("/things/a%2Fb").json()["params"] == {"id": "a/b"}


def test_a_parameter_bound_to_one_word_takes_it_in_any_case(http: httpx.Client) -> None:
    assert http.get("/kinds/BOX/size").json()["name"] == "shop.box"
    assert http.get("/kinds/bag/size").json()["name"] == "shop.kind"


@pytest.mark.parametrize(
    ("method", "path", "body", "complaint"),
    [
        ("GET", "/things/list?page=two", None, "query parameter page is no integer: two"),
        ("POST", "/things", {"name": 1}, "body field name is no string"),
        ("POST", "/things", {}, "body field name is missing"),
        (
            "POST",
            "/things",
            {"name": "a", "parts": [{"weight": "x"}]},
            "body field parts[].weight is no number",
        ),
    ],
)
def test_a_request_that_the_document_forbids_is_refused_and_noted(
    http: httpx.Client, method: str, path: str, body: object, complaint: str
) -> None:
    assert http.request(method, path, json=body).status_code == 400
    assert [row["complaint"] for row in http.get("/__sandbox__/complaints").json()["complaints"]] == [
        complaint
    ]


def test_a_missing_file_is_refused(http: httpx.Client) -> None:
    assert http.post("/files", data={"kind": "a"}).status_code == 400
    assert http.post("/files", data={"kind": "a"}, files={"file": b"x"}).status_code == 200


def test_an_undocumented_path_is_a_complaint(http: httpx.Client) -> None:
    assert (http.get("/nowhere").status_code, http.put("/things").status_code) == (404, 405)
    assert len(http.get("/__sandbox__/complaints").json()["complaints"]) == 2


def test_the_journal_masks_secrets(http: httpx.Client) -> None:
    http.get("/things/7?access_token=abc&page=1", headers={"Authorization": "Bearer abc"})
    noted = http.get("/__sandbox__/requests").json()["requests"][0]
    assert noted["headers"]["authorization"] == "***"
    assert noted["query"] == [["access_token", "***"], ["page", "1"]]
    assert (noted["operation"], noted["status"]) == ("shop.one", 200)


def test_knobs_of_a_prefix_leave_other_paths_alone(http: httpx.Client) -> None:
    turn(http, prefix="/things", html=True)
    assert http.get("/things/list").headers["content-type"].startswith("text/html")
    assert http.get("/kinds/box/size").status_code == 200


def test_the_next_calls_fail_as_often_as_asked_for(http: httpx.Client) -> None:
    turn(http, fail_next=2, fail_status=502, retry_after=3)
    answers = [http.get("/things/7") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [502, 502, 200]
    assert answers[0].headers["retry-after"] == "3"


def test_a_share_of_the_calls_fails(http: httpx.Client) -> None:
    turn(http, fail_rate=0.5)
    failed = sum(http.get("/things/7").status_code == 503 for _ in range(60))
    assert 15 < failed < 45


def test_an_answer_can_be_cut_off(http: httpx.Client) -> None:
    turn(http, cut_off=True)
    with pytest.raises(httpx.RemoteProtocolError):
        http.get("/things/list")


def test_a_call_can_hang(http: httpx.Client) -> None:
    turn(http, hang=True)
    with pytest.raises(httpx.ReadTimeout):
        http.get("/things/list", timeout=0.1)


def test_an_answer_can_be_garbage(http: httpx.Client) -> None:
    turn(http, garbage=True)
    answer = http.get("/things/list")
    assert answer.headers["content-type"] == "application/json"
    with pytest.raises(ValueError):  # noqa: PT011
        answer.json()


def test_an_answer_can_have_other_types_and_another_size(http: httpx.Client) -> None:
    turn(http, wrong_types=True, huge_bytes=5000)
    answer = http.get("/things/list")
    assert (answer.json(), len(answer.content)) == ({"total": "3"}, 5000)


def test_an_unknown_knob_is_refused(http: httpx.Client) -> None:
    answer = http.post("/__sandbox__/knobs", json={"speed": 3})
    assert (answer.status_code, answer.json()) == (400, {"message": "no such knob: speed"})


def test_a_reset_forgets_knobs_and_requests(http: httpx.Client) -> None:
    turn(http, fail_next=9)
    http.post("/__sandbox__/reset")
    assert http.get("/things/7").status_code == 200
    assert http.get("/__sandbox__/requests").json()["total"] == 1
