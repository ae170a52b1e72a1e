"""The jobs, measurement tasks and traces that the pretend OMC starts with."""

from playground.upstreams.omc.rows import Row, Table

SEEDED_AT = 1_698_478_134_839
_JOBS = (
    ("Monitor-System Resources", "monitor_sys_resource", '{"interval":5}', "0 0/5 * * * ?"),
    (
        "Delete expired measure data",
        "deleteExpiredRecord",
        '{"duration":30,"tableName":"kpi_report"}',
        "0 5 0 * * ?",
    ),
    (
        "Generate element state alarm",
        "genNeStateAlarm",
        '{"alarmCode":10000,"threshold":30}',
        "0/5 * * * * ?",
    ),
    (
        "Delete expired historical alarm",
        "deleteExpiredRecord",
        '{"duration":90,"tableName":"alarm","colName":"event_time","extras":"alarm_status=\'0\'"}',
        "0 10 0 * * ?",
    ),
    (
        "Delete expired NE State Record",
        "deleteExpiredRecord",
        '{"duration":7,"tableName":"ne_state"}',
        "0 25 0 * * ?",
    ),
    ("Delete expired NE etc backup file", "delExpiredNeBackup", '{"duration":60}', "0 20 0 * * ?"),
    ("Back up element configuration", "backupEtcFromNE", "", "0 30 0 * * ?"),
    (
        "job.removeOldLogs",
        "deleteExpiredRecord",
        '{"duration":180,"tableName":"sys_log_operate"}',
        "0 40 0 * * ?",
    ),
)
_TASKS = (
    ("28", "SMF", '["001"]', "SMFHA01", "SMF.AttCreatePduSession"),
    ("29", "AMF", '["001","002"]', "AMFHA01", "AMF.RegSub"),
    ("30", "UPF", '["001"]', "UPFHA01", "UPF.03"),
)


def jobs() -> Table:
    """Make eight jobs, the last of them inactive."""
    return Table(
        "jobId",
        (
            {
                "jobName": name,
                "jobGroup": "SYSTEM",
                "invokeTarget": target,
                "targetParams": params,
                "cronExpression": cron,
                "misfirePolicy": "3",
                "concurrent": "0",
                "status": "0" if number == len(_JOBS) else "1",
                "saveLog": "0" if number == 1 else "1",
                "createBy": "supervisor",
                "createTime": SEEDED_AT,
                "updateBy": "",
                "updateTime": 0,
                "remark": "",
            }
            for number, (name, target, params, cron) in enumerate(_JOBS, 1)
        ),
    )


def job_run(job: Row, at_ms: int, *, done: bool = True) -> Row:
    """Write down one run of a job."""
    affected = sum(job["jobName"].encode()) % 97
    message = f'{{"affected":{affected},"msg":"sucess"}}' if done else '"connection refused"'
    name = "completed" if done else "failed"
    return {
        "jobName": job["jobName"],
        "jobGroup": job["jobGroup"],
        "invokeTarget": job["invokeTarget"],
        "targetParams": job["targetParams"],
        "jobMsg": f'{{"crom":true,"message":{message},"name":"{name}"}}',
        "status": "1" if done else "0",
        "createTime": at_ms,
        "costTime": affected % 40,
    }


def job_logs(now_ms: int) -> Table:
    """Make the runs of the last five nights; one in nine has failed."""
    table = Table("jobLogId")
    all_jobs = jobs().all()
    for night in range(5, 0, -1):
        for place, job in enumerate(all_jobs[1:-1]):
            number = len(table)
            table.add(job_run(job, now_ms - night * 86_400_000 + place * 300_000, done=number % 9 != 4))
    return table


def measure_tasks() -> Table:
    """Make three measurement tasks, as the database holds them."""
    return Table(
        "id",
        (
            {
                "id": number,
                "ne_type": ne_type,
                "ne_ids": ne_ids,
                "kpi_set": f'[{{"Code":"{code}","KPIs":["{kpi}"]}}]',
                "schedule": '[{"Type":"","Days":[]}]',
                "start_time": "",
                "end_time": "",
                "granul_option": "30M",
                "status": "Inactive",
                "create_time": "2023-5-25 21:59:9",
                "periods": "[]",
            }
            for number, ne_type, ne_ids, code, kpi in _TASKS
        ),
    )


def trace_tasks() -> Table:
    """Make two traces."""
    return Table(
        "id",
        (
            {
                "trace_type": "Interface",
                "start_time": "2023-07-04 13:00:00",
                "end_time": "2023-07-04 19:00:00",
                "ne_type": "",
                "ne_id": "",
                "src_ip": "",
                "signal_port": 0,
                "interfaces": '["N8","N10"]',
            }
            for _number in range(2)
        ),
    )
