from datetime import timedelta

import pytest

from adapters.local.alarm_events import (
    Acknowledgement,
    Clearing,
    FlappingChange,
    Remark,
    Shelving,
    StaleChange,
    Unacknowledgement,
    Unshelving,
)
from adapters.local.alarm_reports import key_of, reports_of
from adapters.local.fold import AlarmState, Step, consequence, due_at, fell_due, fold
from adapters.records import AlarmChange, AlarmComment, AlarmStatus, ClearingType, Severity
from tests.adapters.local.samples import NOON, alarm_row


def minute(number: float):
    return NOON + timedelta(minutes=number)


def run(*events) -> list[Step]:
    """Fold rows and deeds in order, each told at the time it happened."""
    state: AlarmState | None = None
    steps = []
    for event in events:
        reports = reports_of("omc", event, NOON) if type(event).__name__ == "AlarmRow" else (event,)
        for report in reports:
            step = fold(state, report, "a1", report.at)
            state = step.state
            steps.append(step)
    return steps


def changes(*events) -> list[AlarmChange | None]:
    return [step.change for step in run(*events)]


def last(*events):
    return run(*events)[-1].state.alarm


def test_a_report_raises_an_alarm():
    alarm = last(alarm_row(1))

    assert (alarm.status, alarm.severity, alarm.raised_at, alarm.count) == (
        AlarmStatus.ACTIVE,
        Severity.MAJOR,
        minute(1),
        1,
    )


def test_a_later_report_repeats_and_counts():
    steps = run(alarm_row(1), alarm_row(2))

    assert (steps[-1].change, steps[-1].state.alarm.count) == (AlarmChange.REPEATED, 2)


def test_a_count_that_the_source_tells_is_believed_when_it_is_higher():
    assert last(alarm_row(1), alarm_row(2, count=7)).count == 7


def test_another_severity_is_a_change_of_it_and_keeps_the_first():
    steps = run(alarm_row(1), alarm_row(2, severity=Severity.CRITICAL))
    alarm = steps[-1].state.alarm

    assert (steps[-1].change, alarm.severity, alarm.original_severity) == (
        AlarmChange.SEVERITY_CHANGED,
        Severity.CRITICAL,
        Severity.MAJOR,
    )


def test_a_clear_by_the_element_clears_and_keeps_the_severity():
    alarm = last(alarm_row(1), alarm_row(3, cleared=True))

    assert (alarm.status, alarm.clearing, alarm.cleared_at, alarm.severity) == (
        AlarmStatus.CLEARED,
        ClearingType.AUTOMATIC,
        minute(3),
        Severity.MAJOR,
    )


def test_severity_cleared_is_a_clear():
    assert changes(alarm_row(1), alarm_row(2, severity=Severity.CLEARED))[-1] is AlarmChange.CLEARED


def test_a_clear_by_hand_names_who_did_it():
    alarm = last(alarm_row(1), Clearing(at=minute(2), by="noc-shift-a"))

    assert (alarm.status, alarm.clearing, alarm.cleared_by) == (
        AlarmStatus.CLEARED,
        ClearingType.MANUAL,
        "noc-shift-a",
    )


def test_a_raise_after_a_clear_reopens_anew():
    alarm = last(
        alarm_row(1),
        alarm_row(2),
        Acknowledgement(at=minute(3), by="noc-shift-a"),
        alarm_row(4, cleared=True),
        alarm_row(5),
    )

    assert (alarm.status, alarm.raised_at, alarm.count, alarm.acknowledged, alarm.cleared_at) == (
        AlarmStatus.ACTIVE,
        minute(5),
        1,
        False,
        None,
    )


def test_a_report_from_before_the_last_change_is_history_alone():
    steps = run(alarm_row(5), alarm_row(3, cleared=True))

    assert (steps[-1].late, steps[-1].state) == (True, steps[0].state)


def test_an_acknowledgement_does_not_make_the_elements_clear_late():
    assert (
        last(alarm_row(1), Acknowledgement(at=minute(9), by="noc-shift-a"), alarm_row(2, cleared=True)).status
        is AlarmStatus.CLEARED
    )


def test_the_known_raise_told_again_after_the_clear_is_nothing_new():
    assert changes(alarm_row(1), alarm_row(2, cleared=True), alarm_row(1))[-1] is None


@pytest.mark.parametrize(
    ("deed", "change"),
    [
        (Acknowledgement(at=minute(2), by="noc-shift-a"), AlarmChange.ACKNOWLEDGED),
        (Remark(at=minute(2), by="noc-shift-a", text="seen"), AlarmChange.COMMENTED),
        (Shelving(at=minute(2), by="noc-shift-a", until=minute(60)), AlarmChange.SHELVED),
        (StaleChange(at=minute(2), stale=True), AlarmChange.STALE_CHANGED),
        (FlappingChange(at=minute(2), flapping=True), AlarmChange.FLAPPING_CHANGED),
        (Unacknowledgement(at=minute(2), by="noc-shift-a"), None),
        (Unshelving(at=minute(2), by="noc-shift-a"), None),
        (StaleChange(at=minute(2), stale=False), None),
    ],
)
def test_a_deed_tells_what_it_changed(deed, change):
    assert changes(alarm_row(1), deed)[-1] is change


@pytest.mark.parametrize("deed", [Clearing(at=minute(2), by="x"), Acknowledgement(at=minute(2), by="x")])
def test_a_deed_done_already_changes_nothing(deed):
    assert changes(alarm_row(1), deed, deed)[-1] is None


def test_a_comment_given_with_an_acknowledgement_is_kept():
    state = run(alarm_row(1), Acknowledgement(at=minute(2), by="noc-shift-a", comment="on it"))[-1].state

    assert state.comments == (AlarmComment(at=minute(2), by="noc-shift-a", text="on it"),)


def test_four_raises_and_clears_within_half_an_hour_are_flapping():
    steps = run(alarm_row(0), alarm_row(10, cleared=True), alarm_row(20), alarm_row(30, cleared=True))

    assert [consequence(s.state, s.change, s.state.reported_at) for s in steps] == [
        None,
        None,
        None,
        FlappingChange(at=minute(30), flapping=True),
    ]


def test_four_changes_over_a_longer_time_are_not_flapping():
    steps = run(alarm_row(0), alarm_row(10, cleared=True), alarm_row(20), alarm_row(31, cleared=True))

    assert consequence(steps[-1].state, steps[-1].change, minute(31)) is None


def test_flapping_ends_half_an_hour_after_the_first_of_the_last_four_changes():
    state = run(
        alarm_row(0),
        alarm_row(1, cleared=True),
        alarm_row(2),
        alarm_row(3, cleared=True),
        FlappingChange(at=minute(3), flapping=True),
    )[-1].state

    assert (due_at(state), fell_due(state, minute(30))) == (
        minute(30),
        [FlappingChange(at=minute(30), flapping=False)],
    )


def test_a_shelf_ends_at_its_time():
    state = run(alarm_row(0), Shelving(at=minute(1), by="noc-shift-a", until=minute(60)))[-1].state

    assert (fell_due(state, minute(59)), fell_due(state, minute(60))) == ([], [Unshelving(at=minute(60))])


def test_a_row_that_tells_of_raise_and_clear_is_both():
    row = alarm_row(1, cleared=True, cleared_at=minute(4), cleared_by="noc-shift-a", cleared_by_hand=True)

    assert changes(row) == [AlarmChange.RAISED, AlarmChange.CLEARED]


@pytest.mark.parametrize(
    "facts",
    [
        {"ne_id": "002"},
        {"ne_type": "UPF"},
        {"alarm_id": "SMF0114"},
        {"specific_problem": "other"},
        {"location": "rack 2"},
    ],
)
def test_what_differs_in_a_part_of_the_key_is_another_alarm(facts):
    keys = {key_of(reports_of("omc", alarm_row(0, **told), NOON)[0]) for told in ({}, facts)}

    assert len(keys) == 2
