"""The IDaaS chapters on extended fields, their dropdown options and their values."""

from collections.abc import Sequence

from starlette.responses import Response

from playground.upstreams.calls import Call
from playground.upstreams.idaas.answers import Refusal, done, like, ok, page
from playground.upstreams.idaas.chapter import API, Chapter, Line
from playground.upstreams.idaas.realm import Row, change, found, picked, taken
from playground.upstreams.strict import FORM

_CLASSES, _KINDS = "0|1|2", "0|1|2"
_FLAGS = "isRequired:number=0|1? isEditable:number=0|1? isUnique:number=0|1? fieldStatus:number=0|1?"
_BRIEF = "fieldName fieldStatus description id fieldClassification fieldType"


class Columns(Chapter):
    """Fields that users, groups and organizations have beyond the built-in ones."""

    def lines(self) -> Sequence[Line]:
        all_ = f"{API}/extendedfields"
        return (
            Line("DELETE", all_ + "/{id}", "delete_extended_field", self.delete),
            Line(
                "GET",
                f"{all_}/listfields",
                "list_enabled_extended_fields",
                self.enabled,
                query=f"fieldClassification={_CLASSES}",
            ),
            Line(
                "POST",
                all_,
                "create_extended_field",
                self.create,
                f"fieldName fieldValue? fieldClassification:number={_CLASSES} fieldType:number={_KINDS} "
                f"{_FLAGS} description?",
            ),
            Line(
                "POST",
                f"{all_}/updateExtendedField",
                "update_extended_field",
                self.update,
                f"id fieldName? fieldValue? {_FLAGS} description?",
            ),
            Line(
                "GET",
                all_ + "/listextendedfields/page/{pageNo}/{pageSize}",
                "page_extended_fields",
                self.pages,
                query=f"fieldName? fieldClassification={_CLASSES}?",
            ),
            Line("GET", all_ + "//{fieldId}", "get_extended_field", self.detail),
            Line(
                "GET",
                all_ + "/{class}/action/verify-fieldname/{name}",
                "verify_extended_field_name",
                self.verify,
            ),
        )

    def delete(self, call: Call) -> Response:
        row = found(self.realm.fields, call.params["id"], "field")
        del self.realm.fields[row["id"]]
        return ok(row)

    def enabled(self, call: Call) -> Response:
        wanted = call.query["fieldClassification"]
        rows = [
            row
            for row in self.realm.fields.values()
            if row["fieldClassification"] == wanted and row["fieldStatus"] == "1"
        ]
        return ok([picked(row, _BRIEF) for row in rows])

    def create(self, call: Call) -> Response:
        body = call.object()
        if self._named(body["fieldName"], str(body["fieldClassification"])):
            raise Refusal("409", "the field exists")
        row = {
            "fieldName": body["fieldName"],
            "fieldValue": body.get("fieldValue") or body["fieldName"],
            **{
                name: str(body.get(name, 0))
                for name in (
                    "fieldClassification",
                    "fieldType",
                    "isRequired",
                    "isEditable",
                    "isUnique",
                    "fieldStatus",
                )
            },
            "description": body.get("description") or "",
            **self.realm.stamped(),
        }
        return ok(self.realm.add(self.realm.fields, row))

    def update(self, call: Call) -> Response:
        body = call.object()
        row = found(self.realm.fields, body["id"], "field")
        change(row, body, "fieldName fieldValue isRequired isEditable isUnique fieldStatus description")
        row["updatedTime"] = self.realm.now()
        return done(row)

    def pages(self, call: Call) -> Response:
        wanted = call.query.get("fieldClassification")
        rows = [
            picked(row, _BRIEF)
            for row in self.realm.fields.values()
            if like(call.query.get("fieldName"), row["fieldName"])
            and (not wanted or row["fieldClassification"] == wanted)
        ]
        return page(call, rows)

    def detail(self, call: Call) -> Response:
        return ok(found(self.realm.fields, call.params["fieldId"], "field"))

    def verify(self, call: Call) -> Response:
        if call.params["class"] not in _CLASSES.split("|"):
            raise Refusal("400", "class is none of 0, 1, 2", wrong=True)
        return ok(not self._named(call.params["name"], call.params["class"]))

    def _named(self, name: str, kind: str) -> bool:
        return any(
            row["fieldName"] == name and row["fieldClassification"] == kind
            for row in self.realm.fields.values()
        )


class Options(Chapter):
    """What a dropdown field offers."""

    def lines(self) -> Sequence[Line]:
        all_ = f"{API}/dropdownlist"
        option = "extendedFieldId fieldName? label value status:number=0|1?"
        return (
            Line("POST", f"{all_}/batch", "batch_create_dropdown_options", self.create_many, option),
            Line("POST", all_, "create_dropdown_option", self.create, option),
            Line(
                "POST",
                f"{all_}/update",
                "update_dropdown_option_status",
                self.update,
                "id status:number=0|1",
            ),
            Line("GET", all_ + "/{listId}", "list_dropdown_options", self.options),
            Line(
                "POST",
                all_ + "/{fieldId}/action/verify-labelname/{name}",
                "verify_dropdown_option_label",
                self.verify,
                sends=FORM,
            ),
        )

    def create_many(self, call: Call) -> Response:
        return ok([self._add(one) for one in call.json()])

    def create(self, call: Call) -> Response:
        return ok(self._add(call.object()))

    def update(self, call: Call) -> Response:
        body = call.object()
        row = found(self.realm.options, body["id"], "option")
        row["status"] = str(body["status"])
        return done(row)

    def options(self, call: Call) -> Response:
        field = found(self.realm.fields, call.params["listId"], "field")["id"]
        return ok([row for row in self.realm.options.values() if row["extendedFieldId"] == field])

    def verify(self, call: Call) -> Response:
        field = found(self.realm.fields, call.params["fieldId"], "field")["id"]
        # The document's example answers true for a label that is there.
        return ok(
            any(
                row["label"] == call.params["name"]
                for row in self.realm.options.values()
                if row["extendedFieldId"] == field
            )
        )

    def _add(self, body: Row) -> Row:
        field = found(self.realm.fields, body["extendedFieldId"], "field")
        row = {
            "extendedFieldId": field["id"],
            "fieldName": field["fieldName"],
            "label": body["label"],
            "value": body["value"],
            "status": str(body.get("status", 1)),
        }
        return self.realm.add(self.realm.options, row)


class Values(Chapter):
    """What users, groups and organizations have in these fields."""

    def lines(self) -> Sequence[Line]:
        all_ = f"{API}/fieldvalue"
        value = (
            f"externalId fieldClassification:number={_CLASSES} extendedFieldId fieldType:number={_KINDS} "
            "fieldValue"
        )
        return (
            Line("POST", f"{all_}/batch", "batch_create_field_values", self.create_many, value),
            Line("POST", all_, "create_field_value", self.create, value),
            Line("POST", f"{all_}/update", "update_field_value", self.update, "id fieldValue"),
            Line("DELETE", all_ + "/externalId/{externalId}", "delete_field_values", self.delete),
            Line("GET", all_ + "/{externalId}", "list_field_values", self.values),
            Line(
                "POST",
                all_ + "/{fieldId}/action/verify-value/{value}",
                "verify_field_value",
                self.verify,
                sends=FORM,
            ),
        )

    def create_many(self, call: Call) -> Response:
        return ok([self._add(one) for one in call.json()])

    def create(self, call: Call) -> Response:
        return ok(self._add(call.object()))

    def update(self, call: Call) -> Response:
        body = call.object()
        row = found(self.realm.values, body["id"], "value")
        row["fieldValue"] = body["fieldValue"]
        return done(self._row(row))

    def delete(self, call: Call) -> Response:
        rows = self._of(call.params["externalId"])
        for row in rows:
            del self.realm.values[row["id"]]
        return ok(rows)

    def values(self, call: Call) -> Response:
        return ok([self._row(row) for row in self._of(call.params["externalId"])])

    def verify(self, call: Call) -> Response:
        field = found(self.realm.fields, call.params["fieldId"], "field")["id"]
        same = {"extendedFieldId": field, "fieldValue": call.params["value"]}
        return ok(not any(row | same == row for row in self.realm.values.values()))

    def _of(self, owner: str) -> list[Row]:
        return [row for row in self.realm.values.values() if row["externalId"] == owner]

    def _row(self, row: Row) -> Row:
        field = self.realm.fields.get(row["extendedFieldId"], {})
        return row | {"fieldName": field.get("fieldName")}

    def _add(self, body: Row) -> Row:
        kind = str(body["fieldClassification"])
        owners = {"0": self.realm.users, "1": self.realm.groups, "2": self.realm.organs}[kind]
        field = found(self.realm.fields, body["extendedFieldId"], "field")
        owner = found(owners, body["externalId"], "owner")["id"]
        if field["isUnique"] == "1" and taken(self.realm.values, "fieldValue", body["fieldValue"]):
            raise Refusal("409", "the value exists")
        row = {
            "externalId": owner,
            "fieldClassification": kind,
            "extendedFieldId": field["id"],
            "fieldType": str(body["fieldType"]),
            "fieldValue": body["fieldValue"],
        }
        return self.realm.add(self.realm.values, row)
