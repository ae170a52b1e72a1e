/** The alarms on the board: a pure fold of the events that the subscription brings. */
import type { AlarmBoardSubscription, BoardAlarmFragment, Severity } from "../generated/operations";

export type BoardEvent = AlarmBoardSubscription["alarms"];
export type Alarm = BoardAlarmFragment;

export interface Board {
  readonly alarms: ReadonlyMap<string, Alarm>;
  /** The same alarms, newest first. */
  readonly rows: readonly Alarm[];
}

export const STANDING_SEVERITIES = ["CRITICAL", "MAJOR", "MINOR", "WARNING", "INDETERMINATE"] as const;
export type StandingSeverity = (typeof STANDING_SEVERITIES)[number];
export type SeverityCounts = Readonly<Record<StandingSeverity, number>>;

export const EMPTY_BOARD: Board = { alarms: new Map(), rows: [] };

/** The board after these events, in their order; an alarm that no longer matches goes off it. */
export function apply(board: Board, events: readonly BoardEvent[]): Board {
  if (events.length === 0) return board;
  const alarms = new Map(board.alarms);
  for (const { matches, alarm } of events) {
    if (matches) alarms.set(alarm.id, alarm);
    else alarms.delete(alarm.id);
  }
  return { alarms, rows: newestFirst(alarms.values()) };
}

function newestFirst(alarms: Iterable<Alarm>): readonly Alarm[] {
  return Array.from(alarms, (alarm) => ({ alarm, raised: Date.parse(alarm.raisedAt) }))
    .sort((a, b) => b.raised - a.raised || (a.alarm.id < b.alarm.id ? -1 : 1))
    .map(({ alarm }) => alarm);
}

export function countBySeverity(rows: readonly Alarm[]): SeverityCounts {
  const counts = { CRITICAL: 0, MAJOR: 0, MINOR: 0, WARNING: 0, INDETERMINATE: 0 };
  for (const { severity } of rows) if (isStanding(severity)) counts[severity] += 1;
  return counts;
}

function isStanding(severity: Severity): severity is StandingSeverity {
  return severity !== "CLEARED";
}

export function elementOf(alarm: Pick<Alarm, "neType" | "neId">): string {
  return `${alarm.neType}/${alarm.neId}`;
}
