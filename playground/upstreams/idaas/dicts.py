"""The IDaaS chapters on dictionaries and their items."""

from collections.abc import Sequence

from starlette.responses import Response

from playground.upstreams.calls import Call
from playground.upstreams.idaas.answers import Refusal, done, ok, page
from playground.upstreams.idaas.chapter import API, Chapter, Line
from playground.upstreams.idaas.realm import change, found, picked, taken
from playground.upstreams.strict import FORM

_BRIEF = "updatedTime dictStatus dictCode dictOrder description dictName id"
_ITEM = "id dictId dictItemTag dictItemValue dictItemOrder createdTime updatedTime creator description"


class Dicts(Chapter):
    def lines(self) -> Sequence[Line]:
        all_ = f"{API}/dict"
        rest = "dictOrder? dictStatus=0|1? description?"
        return (
            Line("POST", all_, "create_dict", self.create, f"dictCode dictName {rest}"),
            Line("GET", all_ + "/{dictId}", "get_dict", self.detail),
            Line(
                "POST",
                all_ + "/action/verify-dictcode/{code}",
                "verify_dict_code",
                self.verify_code,
                sends=FORM,
            ),
            Line(
                "POST",
                all_ + "/action/verify-dictname/{name}",
                "verify_dict_name",
                self.verify_name,
                sends=FORM,
            ),
            Line("GET", all_ + "/listdicts/page/{pageNo}/{pageSize}", "page_dicts", self.pages),
            Line("POST", f"{all_}/updatedict", "update_dict", self.update, f"id dictCode? dictName? {rest}"),
        )

    def create(self, call: Call) -> Response:
        body = call.object()
        self._check(body.get("dictCode"))
        row = {
            "dictCode": body["dictCode"],
            "dictName": body["dictName"],
            "dictType": None,
            "referenceStandard": None,
            "dictOrder": body.get("dictOrder"),
            "dictStatus": body.get("dictStatus") or "1",
            **self.realm.stamped(),
            "description": body.get("description"),
        }
        return ok(self.realm.add(self.realm.dicts, row))

    def detail(self, call: Call) -> Response:
        return ok(found(self.realm.dicts, call.params["dictId"], "dictionary"))

    def verify_code(self, call: Call) -> Response:
        return ok(not taken(self.realm.dicts, "dictCode", call.params["code"]))

    def verify_name(self, call: Call) -> Response:
        return ok(not taken(self.realm.dicts, "dictName", call.params["name"]))

    def pages(self, call: Call) -> Response:
        return page(call, [picked(row, _BRIEF) for row in self.realm.dicts.values()])

    def update(self, call: Call) -> Response:
        body = call.object()
        row = found(self.realm.dicts, body["id"], "dictionary")
        self._check(body.get("dictCode"), but=row["id"])
        change(row, body, "dictCode dictName dictOrder dictStatus description")
        row["updatedTime"] = self.realm.now()
        return done(row)

    def _check(self, code: str | None, but: str | None = None) -> None:
        if code is not None and taken(self.realm.dicts, "dictCode", code, but):
            raise Refusal("409", "the dictionary exists")


class Items(Chapter):
    def lines(self) -> Sequence[Line]:
        all_ = f"{API}/dictitems"
        return (
            Line(
                "POST",
                all_,
                "create_dict_item",
                self.create,
                "dictId dictItemTag? dictItemValue? dictItemOrder? dictStatus=0|1? description?",
            ),
            Line("GET", all_ + "/{dictItemId}", "get_dict_item", self.detail),
            Line(
                "POST",
                all_ + "/action/verify-dictitemtag/{tag}",
                "verify_dict_item_tag",
                self.verify_tag,
                sends=FORM,
            ),
            Line(
                "POST",
                all_ + "/action/verify-dictitemvalue/{value}",
                "verify_dict_item_value",
                self.verify_value,
                sends=FORM,
            ),
        )

    def create(self, call: Call) -> Response:
        body = call.object()
        row = {
            "dictId": found(self.realm.dicts, body["dictId"], "dictionary")["id"],
            "dictItemTag": body.get("dictItemTag"),
            "dictItemValue": body.get("dictItemValue"),
            "dictItemOrder": body.get("dictItemOrder"),
            **self.realm.stamped(),
            "description": body.get("description"),
        }
        return ok(picked(self.realm.add(self.realm.items, row), _ITEM))

    def detail(self, call: Call) -> Response:
        return ok(picked(found(self.realm.items, call.params["dictItemId"], "item"), _ITEM))

    def verify_tag(self, call: Call) -> Response:
        return ok(not taken(self.realm.items, "dictItemTag", call.params["tag"]))

    def verify_value(self, call: Call) -> Response:
        # The document's example answers true for a value that is there.
        return ok(taken(self.realm.items, "dictItemValue", call.params["value"]))
