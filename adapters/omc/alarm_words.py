"""The OMC's words and numbers for alarms, in the terms of X.733."""

from typing import Any

from adapters.records import AlarmEventType, Severity

SEVERITIES = {
    "critical": Severity.CRITICAL,
    "major": Severity.MAJOR,
    "minor": Severity.MINOR,
    "warning": Severity.WARNING,
    "cleared": Severity.CLEARED,
    "1": Severity.CRITICAL,
    "2": Severity.MAJOR,
    "3": Severity.MINOR,
    "4": Severity.WARNING,
}
"""Rows and synced alarms use words, posted ones numbers."""

EVENT_TYPES = {
    "communicationalarm": AlarmEventType.COMMUNICATIONS,
    "communicationsalarm": AlarmEventType.COMMUNICATIONS,
    "equipmentalarm": AlarmEventType.EQUIPMENT,
    "processingfailure": AlarmEventType.PROCESSING_ERROR,
    "processingerroralarm": AlarmEventType.PROCESSING_ERROR,
    "environmentalalarm": AlarmEventType.ENVIRONMENTAL,
    "qualityofservicealarm": AlarmEventType.QUALITY_OF_SERVICE,
    "securityalarm": AlarmEventType.SECURITY,
}


def severity_of(value: Any) -> Severity | None:
    """A severity by word or number; None where there is none, INDETERMINATE where it is an event or unknown."""
    word = _word(value)
    return SEVERITIES.get(word, Severity.INDETERMINATE) if word else None


def event_type_of(value: Any) -> AlarmEventType:
    """A type of alarm by its word."""
    return EVENT_TYPES.get(_word(value), AlarmEventType.OTHER)


def _word(value: Any) -> str:
    """The word itself: some systems leave the key of a dictionary in its place, with the word at its end."""
    if value is None or isinstance(value, bool):
        return ""
    return str(value).strip().rpartition(".")[2].casefold()
