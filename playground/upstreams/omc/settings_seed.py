"""The parameters and the dictionaries of the pretend OMC."""

from playground.upstreams.omc.rows import Row, Table

SEEDED_AT = 1_699_350_000_000
_MADE: Row = {
    "createBy": "supervisor",
    "createTime": SEEDED_AT,
    "updateBy": "",
    "updateTime": 0,
    "remark": "",
}

_PARAMETERS = (
    ("User Management-Account Initial Password", "sys.user.initPassword", "Sandbox@1234"),
    ("Account Self-service-Captcha Switch", "sys.account.captchaEnabled", "false"),
    ("Account Self-service-Captcha Type", "sys.account.captchaType", "math"),
    ("Account Self-service-Registration", "sys.account.registerUser", "false"),
    ("System Title", "sys.title", "Sandbox EMS"),
    ("System Logo", "sys.logo.filePathIcon", "/static/logo/{language}_icon.png"),
    ("System Language", "sys.i18n.default", "en_US"),
    ("User Lock-Password Attempts", "sys.user.maxRetryCount", "5"),
    ("User Lock-Minutes", "sys.user.lockTime", "10"),
    ("Monitor-Storage Days", "monitor.sysResource.storeDays", "30"),
    ("Alarm-Forward by Mail", "alarm.forward.mail", "false"),
    ("Alarm-Retention Days", "alarm.retention.days", "90"),
)

# Type, name, and the values with their labels in order.
_DICTIONARIES: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    ("sys_user_sex", "User Gender", (("0", "Not selected"), ("1", "Male"), ("2", "Female"))),
    ("sys_show_hide", "Menu Status", (("1", "Show"), ("0", "Hide"))),
    ("sys_normal_disable", "System switches", (("1", "Active"), ("0", "Inactive"))),
    ("sys_job_status", "Task Status", (("1", "Active"), ("0", "Inactive"))),
    ("sys_job_group", "Task Group", (("DEFAULT", "Default"), ("SYSTEM", "System"))),
    ("sys_yes_no", "Yes or No", (("Y", "Yes"), ("N", "No"))),
    (
        "operation_log_type",
        "Operation Type",
        (
            ("0", "Other"), ("1", "Insert"), ("2", "Update"), ("3", "Delete"), ("4", "Authorize"), ("5", "Export"),
            ("6", "Import"), ("7", "Force logout"), ("8", "Clear"),
        ),
    ),
    ("sys_common_status", "Login Status", (("1", "Success"), ("0", "Failed"))),
    (
        "active_alarm_type",
        "Alarm Type",
        (
            ("CommunicationAlarm", "Communication"), ("EquipmentAlarm", "Equipment"),
            ("ProcessingFailure", "Processing failure"), ("EnvironmentalAlarm", "Environment"),
            ("QualityOfServiceAlarm", "Quality of service"),
        ),
    ),
    ("active_clear_type", "Clear Type", (("0", "Not cleared"), ("1", "Cleared by the element"), ("2", "By hand"))),
    ("active_ack_state", "Acknowledgement", (("0", "Not confirmed"), ("1", "Confirmed"))),
    (
        "active_alarm_severity",
        "Severity",
        (
            ("Critical", "dictData.active_alarm_severity.critical"), ("Major", "Major"), ("Minor", "Minor"),
            ("Warning", "Warning"), ("Event", "Event"),
        ),
    ),
    ("alarm_status", "Alarm Status", (("1", "Active"), ("0", "Cleared"))),
    ("cdr_sip_code", "SIP Code", (("0", "Other"), ("200", "OK"), ("403", "Forbidden"), ("486", "Busy here"))),
    ("cdr_call_type", "Call Type", (("audio", "Voice"), ("video", "Video"))),
    (
        "ue_auth_code",
        "Authentication Result",
        (
            ("200", "Success"), ("001", "Network failure"), ("002", "Interface failure"), ("003", "MAC failure"),
            ("004", "Synchronisation failure"), ("005", "Non-5G authentication"), ("006", "Response failure"),
            ("007", "Unknown"), ("008", "Illegal UE"),
        ),
    ),
    ("ue_event_type", "UE Event", (("auth-result", "Authentication"), ("detach", "Detach"), ("cm-state", "CM"))),
    ("ue_event_cm_state", "CM State", (("1", "Connected"), ("2", "Idle"), ("3", "Inactive"))),
    ("ne_info_status", "Element Status", (("0", "Offline"), ("1", "Online"))),
    ("trace_type", "Trace Type", (("Interface", "Interface"), ("Device", "Device"), ("Subscriber", "Subscriber"))),
    ("ne_version_status", "Version Status", (("0", "Not installed"), ("1", "Current"), ("2", "New"))),
)  # fmt: skip


def parameters() -> Table:
    """Make the parameters, all but the last built in."""
    last = len(_PARAMETERS)
    return Table(
        "configId",
        (
            {"configName": name, "configKey": key, "configValue": value, "configType": kind, **_MADE}
            for number, (name, key, value) in enumerate(_PARAMETERS, 1)
            for kind in ("N" if number == last else "Y",)
        ),
    )


def dictionary_types() -> Table:
    """Make the types of the dictionaries."""
    return Table(
        "dictId",
        (
            {"dictName": name, "dictType": kind, "status": "1", **_MADE, "remark": f"{name} list"}
            for kind, name, _values in _DICTIONARIES
        ),
    )


def dictionary_values() -> Table:
    """Make the values of the dictionaries."""
    return Table(
        "dictCode",
        (
            {
                "dictSort": place,
                "dictLabel": label,
                "dictValue": value,
                "dictType": kind,
                "tagClass": "",
                "tagType": "processing" if place == 0 else "",
                "status": "1",
                **_MADE,
            }
            for kind, _name, values in _DICTIONARIES
            for place, (value, label) in enumerate(values)
        ),
    )
