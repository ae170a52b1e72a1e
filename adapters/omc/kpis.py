"""Key performance indicators: what each type of element counts, and the counts over time."""

from typing import Annotated, Any

from adapters.omc.verbs import OmcRecord, get
from adapters.record import LocalMinute, LocalTime, Name, Wire

PLAIN = frozenset({"neName", "startIndex", "timeGroup"})
"""The names of a row that are no indicators."""


class KpiTitle(OmcRecord, frozen=True):
    """An indicator. Older systems write the names in snake_case."""

    id: str | None = None
    ne_type: Annotated[str | None, Wire("neType", also=("ne_type",))] = None
    kpi_id: Annotated[str | None, Wire("kpiId", also=("kpi_id",))] = None
    title_json: Annotated[str | None, Wire("titleJson", also=("title_json",))] = None
    """The names by language, as a JSON text."""
    en_title: Annotated[str | None, Wire("enTitle", also=("en_title",))] = None
    cn_title: Annotated[str | None, Wire("cnTitle", also=("cn_title",))] = None


class KpiCount(OmcRecord, frozen=True):
    """The value of one indicator."""

    kpi_id: str | None = None
    value: float | None = None


class KpiRow(OmcRecord, frozen=True):
    """The indicators of an element in one interval."""

    time_group: LocalMinute | None = None
    start_index: int | None = None
    ne_name: str | None = None
    counts: list[KpiCount] | None = None


def counted(payload: Any) -> Any:
    """Rows with their indicators in a list: their ids are the names of the row's fields."""
    return [
        {name: value for name, value in row.items() if name in PLAIN}
        | {"counts": [{"kpiId": name, "value": value} for name, value in row.items() if name not in PLAIN]}
        for row in payload or ()
    ]


@get("/ne/kpi/title")
def list_kpi_titles(ne_type: Name) -> list[KpiTitle]:
    """The indicators of a type of element. (Performance / Performance Statistics)"""


@get("/ne/kpi/data", shape=counted)
def query_kpi_data(
    ne_type: Name, ne_id: Name, start_time: LocalTime, end_time: LocalTime, interval: int
) -> list[KpiRow]:
    """Indicators of an element over time; the interval is in seconds. (Performance / Performance Statistics)"""
