"""Measurement tasks on elements, and what elements measured."""

from typing import Annotated

from adapters.omc.marks import Id
from adapters.omc.verbs import OmcRecord, delete, patch, post
from adapters.operation import Effect
from adapters.record import LocalTime, Record, Wire


class MeasureReport(OmcRecord, frozen=True):
    """A task has a report; the report itself is not in it."""

    id: int
    ne_type: Annotated[str, Wire("NeType")]


class KpiReading(Record, frozen=True, rename="pascal"):
    """A value under a name: a data network, a slice, `Total`."""

    name: str
    value: int


class KpiReadings(Record, frozen=True):
    """The values of one indicator."""

    kpi_id: Annotated[str, Wire("KPIID")]
    kpi_values: Annotated[list[KpiReading], Wire("KPIValues")]


class ObjectReadings(Record, frozen=True):
    """The indicators of one kind of object."""

    object_type: Annotated[str, Wire("ObjectType")]
    kpis: Annotated[list[KpiReadings], Wire("KPIs")]


class MeasurementPost(Record, frozen=True, rename="pascal"):
    """What an element measured in one period."""

    index: int
    ne_name: str
    rm_uid: Annotated[str, Wire("RmUID")]
    ne_type: str
    pm_version: str
    dn: str
    period: str
    """Minutes."""
    time_zone: str
    """`UTC+8`: the zone of the start."""
    start_time: LocalTime
    datas: list[ObjectReadings]


@patch("/api/rest/performanceManagement/v1/elementType/smf/objectType/measureTask")
def patch_measure_task_smf(task_id: Id) -> None:
    """Tells an SMF that a measurement task has changed. (Performance)"""


@post("/api/rest/performanceManagement/v1/elementType/smf/objectType/measureTask")
def create_measure_task_smf(id: Id) -> None:
    """Hands a measurement task to an SMF. (Performance)"""


@delete("/api/rest/performanceManagement/v1/elementType/smf/objectType/measureTask")
def delete_measure_task_smf(task_id: Id) -> None:
    """Takes a measurement task away from an SMF. (Trace)"""


@post("/api/rest/performanceManagement/v1/elementType/amf/objectType/measureTask")
def create_measure_task_amf(id: Id) -> None:
    """Hands a measurement task to an AMF. (Trace)"""


@post("/api/rest/performanceManagement/v1/elementType/smf/objectType/measureReport", effect=Effect.INGEST)
def post_measure_report_smf(body: MeasureReport) -> None:
    """An SMF tells that a task has a report. (Trace)"""


@post("/api/rest/performanceManagement/v1/elementType/smf/objectType/measurement", effect=Effect.INGEST)
def post_measurement_smf(body: MeasurementPost) -> None:
    """An SMF reports what it measured. (Trace)"""
