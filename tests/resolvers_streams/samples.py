"""Bodies as the document has them."""

from typing import Any


def alarm(minute: float = 0, **fields: Any) -> dict[str, Any]:
    """An alarm as an element posts it, some minutes after noon."""
    seconds = int(minute * 60)
    return {
        "neType": "SMF",
        "neId": "001",
        "alarmId": "SMF0113",
        "alarmTitle": "N4 association lost",
        "eventTime": f"2026-03-01 {12 + seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}",
        "alarmCode": 113,
        "alarmType": "CommunicationAlarm",
        "origSeverity": "Major",
        "alarmStatus": 1,
        "specificProblem": "PFCP heartbeat missing",
        "addInfo": "",
        "locationInfo": "Hall 1",
        **fields,
    }


def numbered(number: int, **fields: Any) -> dict[str, Any]:
    """An alarm of its own."""
    told = {"alarmId": f"SMF{number:06d}", "addInfo": f"alarm {number}", **fields}
    return alarm(number / 60, **told)


def detach(number: int = 0, imsi: str = "460010000000001") -> dict[str, Any]:
    at = f"2026-03-01 12:{number // 60:02d}:{number % 60:02d}"
    return {"imsi": imsi, "detachTime": at, "detachResult": 1}
