/** Changes of alarms in words. */
import type { AlarmChange } from "../generated/operations";
import { elementOf, type BoardEvent } from "./board";
import { SEVERITY_LABELS } from "./severity";

export const CHANGE_LABELS: Readonly<Record<AlarmChange, string>> = {
  RAISED: "Raised",
  REPEATED: "Reported again",
  SEVERITY_CHANGED: "Severity changed",
  CLEARED: "Cleared",
  ACKNOWLEDGED: "Acknowledged",
  UNACKNOWLEDGED: "Acknowledgement taken back",
  COMMENTED: "Commented",
  SHELVED: "Shelved",
  UNSHELVED: "Unshelved",
  FLAPPING_CHANGED: "Flapping changed",
  STALE_CHANGED: "Reachability of the source changed",
};

export function changeText({ change, by, alarm, matches }: BoardEvent): string {
  const what = `${CHANGE_LABELS[change]}${by ? ` by ${by}` : ""}`;
  const left = matches ? "" : " It left the board.";
  return `${what}: ${SEVERITY_LABELS[alarm.severity].toLowerCase()} “${alarm.title ?? alarm.alarmId ?? "alarm"}” on ${elementOf(alarm)}.${left}`;
}

/** The last change of a batch that happened after `since`; what only repeats the past is no news. */
export function newsOf(events: readonly BoardEvent[], since: number): string | null {
  const recent = events.filter(({ at, by }) => by !== null || Date.parse(at) >= since);
  const last = recent.at(-1);
  if (!last) return null;
  return recent.length === 1 ? changeText(last) : `${recent.length} changes; the last: ${changeText(last)}`;
}
