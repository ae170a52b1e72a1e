"""What came of the runs of jobs."""

from adapters.exchange import FileDownload
from adapters.omc.marks import Id, Ids
from adapters.omc.verbs import OmcRecord, delete, get, post
from adapters.operation import Effect
from adapters.record import Millis, Rows


class JobLog(OmcRecord, frozen=True):
    """One run of a job."""

    job_log_id: str | None = None
    job_name: str | None = None
    job_group: str | None = None
    invoke_target: str | None = None
    target_params: str | None = None
    """What the processor was given, JSON in a text."""
    job_msg: str | None = None
    """What it answered, JSON in a text, with a key that the OMC spells `crom`."""
    status: str | None = None
    create_time: Millis | None = None
    cost_time: int | None = None
    """Milliseconds."""


class JobLogQuery(OmcRecord, frozen=True):
    """Which runs to export."""

    job_name: str | None = None
    job_group: str | None = None
    status: str | None = None
    page_num: int | None = None
    page_size: int | None = None
    begin_time: str | None = None
    end_time: str | None = None


@post("/monitor/jobLog/export", effect=Effect.READ)
def export_job_logs(body: JobLogQuery) -> FileDownload:
    """Runs of jobs as a spreadsheet; an empty one is refused. (System / Scheduling task log information)"""


@get("/monitor/jobLog/list")
def list_job_logs(
    *,
    job_name: str | None = None,
    job_group: str | None = None,
    status: str | None = None,
    page_num: int | None = None,
    page_size: int | None = None,
) -> Rows[JobLog]:
    """Runs of jobs, page by page. (System / Scheduling task log information)"""


@get("/monitor/jobLog/{jobLogId}")
def get_job_log(job_log_id: Id) -> JobLog:
    """One run of a job. (System / Scheduling task log information)"""


@delete("/monitor/jobLog/{jobLogIds}")
def delete_job_logs(job_log_ids: Ids) -> None:
    """Deletes runs from the log. (System / Scheduling task log information)"""


@delete("/monitor/jobLog/clean")
def clean_job_logs() -> None:
    """Deletes the whole log of runs. (System / Scheduling task log information)"""
