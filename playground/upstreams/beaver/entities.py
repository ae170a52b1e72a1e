"""The Beaver IoT chapter on entities: what they are, and what values they have and had."""

from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from playground.upstreams.beaver import values
from playground.upstreams.beaver.answers import PAGE, Refusal, matches, ok, page
from playground.upstreams.beaver.chapter import Chapter, Line
from playground.upstreams.beaver.model import Entity
from playground.upstreams.calls import Call

_FILTERS = (
    PAGE + "entity_type:array=PROPERTY|SERVICE|EVENT? exclude_children:boolean? "
    "entity_value_type:array=STRING|LONG|DOUBLE|BOOLEAN|BINARY|OBJECT? entity_access_mod:array=R|W|RW? "
    "entity_ids:array<string|integer>? entity_keys:array<string>? entity_names:array<string>? "
    "entity_source_name? customized:boolean? show_hidden:boolean?"
)
_SPAN = "entity_id:string|integer start_timestamp:integer end_timestamp:integer "
_FUNCTIONS = "LAST|MIN|MAX|AVG|SUM|COUNT"
_NUMBERS = {"LONG", "DOUBLE"}


class Entities(Chapter):
    def lines(self) -> Sequence[Line]:
        one = "/entity/{entity_id}"
        return (
            Line("POST", "/entity/search", "search_entities", self.search, _FILTERS),
            Line("GET", f"{one}/children", "list_entity_children", self.children),
            Line(
                "POST",
                "/entity/history/search",
                "search_entity_history",
                self.history,
                PAGE + "entity_id:string|integer? entity_ids:array<string|integer>? "
                "start_timestamp:integer end_timestamp:integer",
            ),
            Line(
                "POST",
                "/entity/history/aggregate",
                "aggregate_entity_history",
                self.aggregate,
                f"{_SPAN} aggregate_type={_FUNCTIONS}",
            ),
            Line("GET", f"{one}/status", "get_entity_status", self.status),
            Line("GET", f"{one}/meta", "get_entity_meta", self.meta),
        )

    def search(self, call: Call) -> Response:
        asked = call.object()
        return page([e for e in self.house.entities.values() if self._fits(e, asked)], asked, self._row)

    def children(self, call: Call) -> Response:
        key = self._find(call.params["entity_id"]).key
        return ok([self._row(entity) for entity in self.house.entities.values() if entity.parent == key])

    def history(self, call: Call) -> Response:
        asked = call.object()
        start, end = self._span(asked)
        ids = asked.get("entity_ids") or [asked.get("entity_id")]
        found = [self._find(one) for one in ids]
        rows = [
            (entity, at, value)
            for entity in found
            for at, value in values.history(entity, self.house.born_ms, start, end)
        ]
        rows.sort(key=lambda row: row[1], reverse=True)
        return page(rows, asked, _point)

    def aggregate(self, call: Call) -> Response:
        asked = call.object()
        start, end = self._span(asked)
        entity = self._find(asked["entity_id"])
        rows = values.history(entity, self.house.born_ms, start, end)
        return ok(_aggregate(entity, asked["aggregate_type"], [value for _at, value in rows]))

    def status(self, call: Call) -> Response:
        entity = self._find(call.params["entity_id"])
        last = values.latest(entity, self.house.born_ms)
        if last is None:
            return ok({})
        at, value = last
        sent = values.as_sent(entity, value)
        return ok({"value": sent, "value_type": entity.value_type, "updated_at": str(at)})

    def meta(self, call: Call) -> Response:
        entity = self._find(call.params["entity_id"])
        return ok(
            {
                "id": int(entity.id),
                "key": entity.key,
                "name": entity.name,
                "type": entity.type,
                "access_mod": entity.access_mod,
                "value_attribute": entity.attribute,
                "value_type": entity.value_type,
                "customized": False,
                "created_at": entity.created_at,
                "updated_at": entity.updated_at,
            }
        )

    def _find(self, wanted: Any) -> Entity:
        return self.house.entities[self.known(self.house.entities, wanted, "entity_not_found")]

    @staticmethod
    def _span(asked: dict[str, Any]) -> tuple[int, int]:
        start, end = asked["start_timestamp"], asked["end_timestamp"]
        if end <= start:
            raise Refusal("parameter_validation_failed", "end_timestamp is not after start_timestamp")
        return start, end

    def _source(self, entity: Entity) -> str:
        device = self.house.devices.get(entity.device_id or "")
        return device.name if device else self.house.integrations[entity.integration].name

    def _fits(self, entity: Entity, asked: dict[str, Any]) -> bool:
        ids = {str(one) for one in asked.get("entity_ids") or [entity.id]}
        return (
            entity.type in (asked.get("entity_type") or [entity.type])
            and entity.value_type in (asked.get("entity_value_type") or [entity.value_type])
            and entity.access_mod in (asked.get("entity_access_mod") or [entity.access_mod])
            and entity.id in ids
            and entity.key in (asked.get("entity_keys") or [entity.key])
            and entity.name in (asked.get("entity_names") or [entity.name])
            and not (asked.get("exclude_children") and entity.parent)
            and not asked.get("customized")
            and matches(asked.get("entity_source_name"), self._source(entity))
            and matches(asked.get("keyword"), entity.name, entity.key, self._source(entity))
        )

    def _row(self, entity: Entity) -> dict[str, Any]:
        device = self.house.devices.get(entity.device_id or "")
        parent = self.house.entity_by_key(entity.parent) if entity.parent else None
        return {
            "device_name": device.name if device else None,
            "integration_name": self.house.integrations[entity.integration].name,
            "entity_id": entity.id,
            "entity_access_mod": entity.access_mod,
            "entity_key": entity.key,
            "entity_type": entity.type,
            "entity_name": entity.name,
            "entity_parent_name": parent.name if parent else None,
            "entity_value_attribute": entity.attribute,
            "entity_value_type": entity.value_type,
            "entity_is_customized": False,
            "entity_created_at": entity.created_at,
            "entity_updated_at": entity.updated_at,
        }


def _point(row: tuple[Entity, int, Any]) -> dict[str, Any]:
    entity, at, value = row
    sent = values.as_sent(entity, value)
    return {"entity_id": entity.id, "timestamp": str(at), "value": sent, "value_type": entity.value_type}


def _aggregate(entity: Entity, function: str, found: list[Any]) -> dict[str, Any]:
    if function == "COUNT":
        each = {str(value): value for value in found}
        counts = [
            {
                "value": values.as_sent(entity, value),
                "value_type": entity.value_type,
                "count": sum(str(one) == text for one in found),
            }
            for text, value in each.items()
        ]
        return {"count_result": counts}
    if function in {"AVG", "SUM", "MIN", "MAX"} and entity.value_type not in _NUMBERS:
        raise Refusal("parameter_validation_failed", f"{function} needs numbers")
    if not found:
        return {}
    if function == "AVG":
        return {"value": sum(found) / len(found), "value_type": "DOUBLE"}
    value = {"LAST": lambda: found[0], "SUM": lambda: sum(found), "MIN": lambda: min(found)}.get(
        function, lambda: max(found)
    )()
    return {"value": values.as_sent(entity, value), "value_type": entity.value_type}
