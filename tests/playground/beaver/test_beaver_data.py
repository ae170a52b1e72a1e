"""What the pretend Beaver IoT keeps, how it pages, and what it refuses."""

from typing import Any

import pytest

from playground.upstreams.world import HARDWARE, PEOPLE


def everything(api: Any, path: str, **asked: Any) -> list[dict[str, Any]]:
    return api.data("POST", path, {"page_size": 5000, **asked})["content"]


def test_ten_rows_come_where_no_size_is_asked_for(api: Any) -> None:
    data = api.data("POST", "/device/search", {})
    assert (len(data["content"]), data["page_size"], data["page_number"]) == (10, 10, 1)
    assert data["total"] == 64


def test_pages_together_are_the_whole_list_once(api: Any) -> None:
    pages = [
        api.data("POST", "/device/search", {"page_number": n, "page_size": 30})["content"] for n in (1, 2, 3)
    ]
    assert [len(page) for page in pages] == [30, 30, 4]
    assert len({row["id"] for page in pages for row in page}) == 64


def test_nothing_found_is_a_page_of_size_zero(api: Any) -> None:
    data = api.data("POST", "/device/search", {"name": "no such device"})
    assert data == {"page_size": 0, "page_number": 1, "total": 0, "content": []}


def test_a_list_can_be_sorted(api: Any) -> None:
    rows = everything(api, "/device/search", sorts=[{"direction": "DESC", "property": "name"}])
    assert [row["name"] for row in rows] == sorted((row["name"] for row in rows), reverse=True)


def test_ids_are_texts_of_nineteen_digits_that_floats_mix_up(api: Any) -> None:
    found = [row["id"] for row in everything(api, "/device/search")]
    assert all(isinstance(one, str) and len(one) == 19 for one in found)
    assert len({float(one) for one in found}) < len(found)


def test_the_shared_people_have_accounts(api: Any) -> None:
    known = {row["email"] for row in everything(api, "/user/members/search")}
    assert {person.email for person in PEOPLE if "beaver" in person.systems} <= known


def test_the_shared_hardware_is_there_by_key_serial_number_or_mac(api: Any) -> None:
    rows = everything(api, "/device/search")
    for box in HARDWARE:
        assert any(
            row["key"].endswith(box.identifier) or row["additional_data"].get("sn") == box.identifier
            for row in rows
        )


def test_there_are_entities_of_all_types_with_parts(api: Any) -> None:
    rows = everything(api, "/entity/search")
    assert len(rows) >= 300
    assert {row["entity_type"] for row in rows} == {"PROPERTY", "SERVICE", "EVENT"}
    assert {row["entity_value_type"] for row in rows} == {
        "STRING",
        "LONG",
        "DOUBLE",
        "BOOLEAN",
        "BINARY",
        "OBJECT",
    }
    assert any("entity_parent_name" in row for row in rows)


def test_entities_are_filtered_by_type_value_type_access_and_parts(api: Any) -> None:
    rows = everything(
        api,
        "/entity/search",
        entity_type=["PROPERTY"],
        entity_value_type=["LONG"],
        entity_access_mod=["RW"],
        exclude_children=False,
    )
    assert {row["entity_name"] for row in rows} == {"Reporting interval"}
    assert (
        everything(
            api, "/entity/search", entity_access_mod=["RW"], entity_value_type=["LONG"], exclude_children=True
        )
        == []
    )


def test_null_properties_are_left_out(api: Any) -> None:
    rows = everything(api, "/workflow/flows/search")
    assert {"remark" in row for row in rows} == {True, False}
    assert all(value is not None for row in rows for value in row.values())


def test_times_are_numbers_or_texts_as_the_document_has_them(api: Any) -> None:
    assert isinstance(everything(api, "/device/search")[0]["created_at"], int)
    assert everything(api, "/user/members/search")[0]["created_at"].isdigit()


def entity(api: Any, ending: str) -> Any:
    return next(e for e in api.house.entities.values() if e.key.endswith(ending) and e.measured)


def test_whole_numbers_travel_as_text_in_values(api: Any) -> None:
    value = api.data("GET", f"/entity/{entity(api, '.battery').id}/status")
    assert value["value"].isdigit()
    assert value["value_type"] == "LONG"
    assert value["updated_at"].isdigit()


def test_an_entity_without_a_value_answers_an_empty_object(api: Any) -> None:
    reboot = next(e for e in api.house.entities.values() if e.key.endswith(".reboot"))
    assert api.data("GET", f"/entity/{reboot.id}/status") == {}


def test_history_is_newest_first_and_pages(api: Any) -> None:
    span = {"start_timestamp": api.house.born_ms - 86_400_000, "end_timestamp": api.house.born_ms}
    data = api.data("POST", "/entity/history/search", {"entity_id": entity(api, ".temperature").id, **span})
    times = [int(row["timestamp"]) for row in data["content"]]
    assert data["total"] == 144
    assert times == sorted(times, reverse=True)
    assert len(times) == 10


def test_an_aggregate_is_that_of_the_history(api: Any) -> None:
    asked = {
        "entity_id": entity(api, ".temperature").id,
        "start_timestamp": api.house.born_ms - 3_600_000,
        "end_timestamp": api.house.born_ms,
    }
    rows = api.data("POST", "/entity/history/search", {"page_size": 100, **asked})["content"]
    found = [row["value"] for row in rows]

    def total(function: str) -> Any:
        return api.data("POST", "/entity/history/aggregate", {"aggregate_type": function, **asked})

    assert total("AVG")["value"] == pytest.approx(sum(found) / len(found))
    assert total("MIN")["value"] == min(found)
    assert total("LAST")["value"] == found[0]
    assert sum(row["count"] for row in total("COUNT")["count_result"]) == len(found)


def test_an_average_of_texts_is_refused(api: Any) -> None:
    asked = {"entity_id": entity(api, ".state").id, "start_timestamp": 0, "end_timestamp": 2_000_000_000_000}
    answer = api.call("POST", "/entity/history/aggregate", {"aggregate_type": "AVG", **asked})
    assert (answer.status_code, answer.json()["error_code"]) == (400, "parameter_validation_failed")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/user/members", {"email": "a@example.net", "nickname": "A"}),
        ("POST", "/entity/search", {"entity_type": ["PROP"]}),
        ("POST", "/entity/search", {"entity_type": "PROPERTY"}),
        ("POST", "/device/search", {"page_size": "10"}),
        ("POST", "/user/members/search", [{}]),
        ("POST", "/integration/search", {"device_addable": "true"}),
    ],
)
def test_a_request_against_the_document_is_refused_and_told(
    api: Any, method: str, path: str, body: Any
) -> None:
    answer = api.call(method, path, body)
    assert (answer.status_code, answer.json()["status"]) == (400, "Failed")
    assert len(api.complaints()) == 1


def test_an_undocumented_body_field_is_told_but_read_over(api: Any) -> None:
    assert api.call("POST", "/device/search", {"pageSize": 5}).status_code == 200
    assert api.complaints() == ["body field pageSize is not documented"]


def test_a_body_that_is_not_called_json_is_refused(api: Any) -> None:
    headers = {"Authorization": f"Bearer {api.token}", "Content-Type": "text/plain"}
    answer = api.http.post("/device/search", content="{}", headers=headers)
    assert (answer.status_code, answer.json()["error_code"]) == (400, "parameter_syntax_error")


def test_a_workflow_is_switched_by_reads_that_change_state(api: Any) -> None:
    flow = next(iter(api.house.workflows))
    for verb, enabled in (("disable", False), ("enable", True)):
        api.data("GET", f"/workflow/flows/{flow}/{verb}")
        rows = everything(api, "/workflow/flows/search")
        assert next(row["enabled"] for row in rows if row["id"] == flow) is enabled


def test_a_device_comes_and_goes_with_its_entities(api: Any) -> None:
    before = len(api.house.entities)
    service = "milesight-gateway.integration.add_device"
    body = {"name": "New", "integration": "milesight-gateway", "param_entities": {f"{service}.eui": "AB01"}}
    api.data("POST", "/device", body)
    new = everything(api, "/device/search", name="New")[0]
    assert api.data("GET", f"/device/{new['id']}")["identifier"] == "AB01"
    assert len(api.house.entities) > before
    api.data("POST", "/device/batch-delete", {"device_id_list": [new["id"]]})
    assert len(api.house.entities) == before
    assert api.call("GET", f"/device/{new['id']}").status_code == 404


def test_a_role_with_users_stays(api: Any) -> None:
    answer = api.call("DELETE", f"/user/roles/{next(iter(api.house.roles))}")
    assert (answer.status_code, answer.json()["error_code"]) == (500, "role_still_has_user")


def test_members_of_a_role_come_whole_by_get_and_in_pages_by_post(api: Any) -> None:
    role = next(iter(api.house.roles))
    assert len(api.data("GET", f"/user/roles/{role}/members")) == 22
    paged = api.data("POST", f"/user/roles/{role}/members", {})
    assert (len(paged["content"]), paged["total"]) == (10, 22)


def test_a_second_account_of_an_address_is_refused(api: Any) -> None:
    body = {"email": "ADMIN@example.net", "nickname": "Again", "password": "Again-User-1"}
    assert api.call("POST", "/user/members", body).json()["error_code"] == "user_register_email_exist"


def test_a_failure_can_come_in_the_envelope_under_200(api: Any) -> None:
    api.vendor.turn(code_zero=True)
    answer = api.call("GET", "/user")
    assert (answer.status_code, answer.json()["status"]) == (200, "Failed")


def test_the_next_calls_can_be_made_to_fail(api: Any) -> None:
    api.vendor.turn("/device", fail_next=1, fail_status=503)
    assert api.call("POST", "/device/search", {}).status_code == 503
    assert api.call("POST", "/device/search", {}).status_code == 200
