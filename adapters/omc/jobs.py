"""Jobs that the OMC runs by its clock. What a job is given is checked key by key: parts of it end in SQL."""

from typing import Annotated

from adapters.exchange import FileDownload
from adapters.omc.marks import Flag, Id, Ids
from adapters.omc.verbs import OmcRecord, delete, get, post, put
from adapters.operation import Effect
from adapters.record import Matches, Millis, OneOf, Rows

InvokeTarget = Annotated[
    str,
    OneOf(
        (
            "backupEtcFromNE",
            "delExpiredNeBackup",
            "deleteExpiredRecord",
            "genNeStateAlarm",
            "getStateFromNE",
            "monitor_sys_resource",
        )
    ),
]
"""The processors that the document names."""

_TEXTS = (
    "alarmID|alarmTitle|neType|alarmType|origSeverity|objectName|objectType|specificProblem|specificProblemID"
)
_PAIRS = (
    r'"(?:interval|duration|threshold|alarmCode)"\s*:\s*[0-9]{1,9}',
    r'"tableName"\s*:\s*"(?:alarm|gold_kpi|ne_state)"',
    r'"colName"\s*:\s*"(?:date|event_time|timestamp)"',
    r"\"extras\"\s*:\s*\"alarm_status='0'\"",
    rf'"(?:{_TEXTS})"\s*:\s*"[A-Za-z0-9 ;:{{}}_.,\-]{{0,255}}"',
)
_PAIR = "(?:" + "|".join(_PAIRS) + ")"

TargetParams = Annotated[
    str,
    Matches(
        rf"\s*(?:\{{\s*(?:{_PAIR}(?:\s*,\s*{_PAIR})*)?\s*\}})?\s*",
        "a JSON object of what the documented jobs take: their tables, columns and the condition "
        "`alarm_status='0'`, whole numbers, and plain texts of an alarm",
    ),
]

Cron = Annotated[
    str,
    Matches(r"[0-9A-Z*/,\-?#]{1,40}(?: [0-9A-Z*/,\-?#]{1,40}){5}", "six fields, the last of which is `?`"),
]

Misfire = Annotated[str, OneOf(("1", "2", "3"))]
"""When a run was missed: 1 make up for it at once, 2 run once, 3 leave it."""


class Job(OmcRecord, frozen=True):
    """A job."""

    job_id: str | None = None
    job_name: str | None = None
    job_group: str | None = None
    invoke_target: str | None = None
    """The processor that runs."""
    target_params: str | None = None
    """What it is given, JSON in a text."""
    cron_expression: str | None = None
    misfire_policy: str | None = None
    """1 make up for a missed run at once, 2 run once, 3 leave it."""
    concurrent: str | None = None
    status: str | None = None
    """0 inactive, 1 active."""
    save_log: str | None = None
    create_by: str | None = None
    create_time: Millis | None = None
    update_by: str | None = None
    update_time: Millis | None = None
    remark: str | None = None


class JobDraft(OmcRecord, frozen=True):
    """A job to create."""

    job_name: str
    job_group: str
    invoke_target: InvokeTarget
    target_params: TargetParams
    cron_expression: Cron
    misfire_policy: Misfire
    concurrent: Flag
    status: Flag
    remark: str


class JobUpdate(OmcRecord, frozen=True):
    """A job as it shall be; the whole of it is replaced."""

    job_id: Id
    job_name: str
    job_group: str
    invoke_target: InvokeTarget
    target_params: TargetParams
    cron_expression: Cron
    misfire_policy: Misfire
    concurrent: Flag
    status: Flag
    remark: str


class JobStatus(OmcRecord, frozen=True):
    """Switches a job on or off."""

    job_id: Id
    status: Flag


class JobQuery(OmcRecord, frozen=True):
    """Which jobs to export."""

    job_name: str | None = None
    job_group: str | None = None
    status: str | None = None
    page_num: int | None = None
    page_size: int | None = None


@post("/monitor/job/export", effect=Effect.READ)
def export_jobs(body: JobQuery) -> FileDownload:
    """Jobs as a spreadsheet; an empty one is refused. (System / Scheduling task information)"""


@get("/monitor/job/list")
def list_jobs(
    *,
    job_name: str | None = None,
    job_group: str | None = None,
    status: Flag | None = None,
    page_num: int | None = None,
    page_size: int | None = None,
) -> Rows[Job]:
    """Jobs, page by page. (System / Scheduling task information)"""


@get("/monitor/job/{jobId}")
def get_job(job_id: Id) -> Job:
    """One job. (System / Scheduling task information)"""


@post("/monitor/job")
def create_job(body: JobDraft) -> None:
    """Creates a job. (System / Scheduling task information)"""


@put("/monitor/job")
def update_job(body: JobUpdate) -> None:
    """Replaces a job. (System / Scheduling task information)"""


@delete("/monitor/job/{jobIds}")
def delete_jobs(job_ids: Ids) -> None:
    """Deletes jobs. (System / Scheduling task information)"""


@put("/monitor/job/changeStatus")
def update_job_status(body: JobStatus) -> None:
    """Switches a job on or off. (System / Scheduling task information)"""


@put("/monitor/job/run/{jobId}")
def run_job_once(job_id: Id) -> None:
    """Runs a job at once, with all that it does. (System / Scheduling task information)"""


@put("/monitor/job/resetQueueJob")
def reset_job_queue() -> None:
    """Builds the queue of the jobs anew. (System / Scheduling task information)"""
