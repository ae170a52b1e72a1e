"""The scheduled jobs and the log of their runs."""

from typing import Any

from playground.upstreams.omc.chapter import Documented
from playground.upstreams.omc.envelope import Json, deleted, ok, paged, refused
from playground.upstreams.omc.rows import Row, ids_of, matching
from playground.upstreams.omc.state import Omc
from playground.upstreams.omc.tasks_seed import job_run
from playground.upstreams.omc.workbook import exported
from playground.upstreams.vendor import Answer, Call

NONE = refused("There is no accessible scheduling task data!")
EMPTY = "Export data record is empty"
NAMES = (
    "jobName", "jobGroup", "invokeTarget", "targetParams", "cronExpression", "misfirePolicy", "concurrent", "status",
    "remark",
)  # fmt: skip


def chosen(omc: Omc, asked: Any) -> list[Row]:
    return matching(omc.jobs.all(), asked, like=("jobName",), exact=("jobGroup", "status"))


def list_jobs(omc: Omc, call: Call) -> Json:
    return paged(call, chosen(omc, call.query))


def export_jobs(omc: Omc, call: Call) -> Answer:
    return exported(call, "job", chosen(omc, call.object()), msg=EMPTY)


def get_job(omc: Omc, call: Call) -> Json:
    row = omc.jobs.get(call.params["jobId"])
    return ok(row) if row else refused("error")


def _problem(body: Row) -> str:
    if len(body["cronExpression"].split()) not in {6, 7}:
        return f"Scheduled task [{body['jobName']}] failed with incorrect Cron expression!"
    return ""


def create_job(omc: Omc, call: Call) -> Json:
    body = call.object()
    wrong = _problem(body)
    twin = omc.jobs.first(
        lambda row: row["jobName"] == body["jobName"] and row["jobGroup"] == body["jobGroup"]
    )
    if twin:
        wrong = f"Scheduled task [{body['jobName']}] failed, the name already exists!"
    if wrong:
        return refused(wrong)
    given = {name: body[name] for name in NAMES} | {"saveLog": body.get("saveLog", "1")}
    omc.jobs.add(given | omc.made(call.account.user["userName"]))
    return ok()


def update_job(omc: Omc, call: Call) -> Json:
    body = call.object()
    row = omc.jobs.get(body["jobId"])
    if row is None:
        return NONE
    if wrong := _problem(body):
        return refused(wrong)
    row.update({name: body[name] for name in NAMES})
    omc.note_change(row, call.account.user["userName"])
    return ok()


def delete_jobs(omc: Omc, call: Call) -> Json:
    names = ids_of(call.params["jobIds"])
    if not names or any(omc.jobs.get(name) is None for name in names):
        return refused("there is no accessible scheduling task data")
    omc.jobs.remove(names)
    return ok()


def change_status(omc: Omc, call: Call) -> Json:
    row, status = omc.jobs.get(call.object()["jobId"]), call.object()["status"]
    if row is None:
        return NONE
    if status not in {"0", "1"} or row["status"] == status:
        return refused("The change status is equal to the old value!")
    row["status"] = status
    omc.note_change(row, call.account.user["userName"])
    return ok()


def run_once(omc: Omc, call: Call) -> Json:
    row = omc.jobs.get(call.params["jobId"])
    if row is None:
        return NONE
    omc.job_logs.add(job_run(row, omc.now_ms))
    return ok()


def reset_queue(_omc: Omc, _call: Call) -> Json:
    return ok()


def chosen_logs(omc: Omc, asked: Any) -> list[Row]:
    rows = matching(
        omc.job_logs.all(), asked, like=("jobName",), exact=("jobGroup", "status"), time="createTime"
    )
    return rows[::-1]


def list_logs(omc: Omc, call: Call) -> Json:
    return paged(call, chosen_logs(omc, call.query))


def export_logs(omc: Omc, call: Call) -> Answer:
    return exported(call, "job_log", chosen_logs(omc, call.object()), code=0, msg=EMPTY)


def get_log(omc: Omc, call: Call) -> Json:
    row = omc.job_logs.get(call.params["jobLogId"])
    return ok(row) if row else refused("error")


def delete_logs(omc: Omc, call: Call) -> Json:
    return deleted(omc.job_logs.remove(ids_of(call.params["jobLogIds"])), refused("error"))


def clean_logs(omc: Omc, _call: Call) -> Json:
    omc.job_logs.clear()
    return ok()


PAGE = "pageNum:integer? pageSize:integer?"
BODY = "jobName jobGroup invokeTarget targetParams cronExpression misfirePolicy concurrent status remark"
EXPORT = "jobName? jobGroup? status? pageNum:integer? pageSize:integer?"
ROUTES = (
    Documented("GET", "/monitor/job/list", "list_jobs", list_jobs, query=PAGE),
    Documented("POST", "/monitor/job/export", "export_jobs", export_jobs, body=EXPORT),
    Documented("GET", "/monitor/job/{jobId}", "get_job", get_job),
    Documented("POST", "/monitor/job", "create_job", create_job, body=BODY),
    Documented("PUT", "/monitor/job", "update_job", update_job, body=f"{BODY} jobId:string|integer"),
    Documented("DELETE", "/monitor/job/{jobIds}", "delete_jobs", delete_jobs),
    Documented(
        "PUT",
        "/monitor/job/changeStatus",
        "update_job_status",
        change_status,
        body="jobId:string|integer status",
    ),
    Documented("PUT", "/monitor/job/run/{jobId}", "run_job_once", run_once),
    Documented("PUT", "/monitor/job/resetQueueJob", "reset_job_queue", reset_queue),
    Documented("GET", "/monitor/jobLog/list", "list_job_logs", list_logs, query=PAGE),
    Documented(
        "POST", "/monitor/jobLog/export", "export_job_logs", export_logs, body=f"{EXPORT} beginTime? endTime?"
    ),
    Documented("GET", "/monitor/jobLog/{jobLogId}", "get_job_log", get_log),
    Documented("DELETE", "/monitor/jobLog/{jobLogIds}", "delete_job_logs", delete_logs),
    Documented("DELETE", "/monitor/jobLog/clean", "clean_job_logs", clean_logs),
)
