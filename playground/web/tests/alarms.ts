/** Alarms and events for the tests of the board. */
import type { Alarm, BoardEvent } from "../src/alarms/board";

export function alarm(id: string, changes: Partial<Alarm> = {}): Alarm {
  return {
    id,
    source: { name: "omc" },
    neType: "SMF",
    neId: "001",
    alarmId: null,
    code: 10,
    title: "Link to peer is down",
    severity: "CRITICAL",
    status: "ACTIVE",
    raisedAt: "2026-01-01T00:00:00Z",
    updatedAt: "2026-01-01T00:00:00Z",
    acknowledged: false,
    acknowledgedBy: null,
    shelvedUntil: null,
    shelvedBy: null,
    flapping: false,
    stale: false,
    count: 1,
    specificProblem: null,
    ...changes,
  };
}

export function event(of: Alarm, changes: Partial<BoardEvent> = {}): BoardEvent {
  return { cursor: `after ${of.id}`, change: "RAISED", at: of.updatedAt, by: null, matches: true, alarm: of, ...changes };
}
