/** What the board shows: part is asked of the gateway, part is narrowed on the page. */
import type { AlarmFilter } from "../generated/operations";
import { elementOf, STANDING_SEVERITIES, type Alarm, type StandingSeverity } from "./board";

export const ALARM_STATES = {
  STANDING: { label: "Standing", filter: { shelved: false } },
  UNACKNOWLEDGED: { label: "Unacknowledged", filter: { shelved: false, acknowledged: false } },
  ACKNOWLEDGED: { label: "Acknowledged", filter: { shelved: false, acknowledged: true } },
  SHELVED: { label: "Shelved", filter: { shelved: true } },
  FLAPPING: { label: "Flapping", filter: { flapping: true } },
  STALE: { label: "Stale", filter: { stale: true } },
} as const satisfies Record<string, { label: string; filter: AlarmFilter }>;

export type AlarmState = keyof typeof ALARM_STATES;

export interface BoardFilter {
  readonly state: AlarmState;
  readonly source: string | null;
  readonly element: string | null;
  /** None chosen means all. */
  readonly severities: readonly StandingSeverity[];
  readonly text: string;
}

export const WHOLE_BOARD: BoardFilter = { state: "STANDING", source: null, element: null, severities: [], text: "" };

/** The gateway's part: with it the gateway itself says when an alarm leaves the board. */
export function subscriptionFilter({ state, source }: BoardFilter): AlarmFilter {
  return { status: "ACTIVE", ...ALARM_STATES[state].filter, ...(source ? { sources: [source] } : {}) };
}

/** The page's part without severities, so that their counts stay visible while one is chosen. */
export function narrow(rows: readonly Alarm[], { element, text }: BoardFilter): readonly Alarm[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (!element && words.length === 0) return rows;
  return rows.filter((alarm) => (!element || elementOf(alarm) === element) && mentions(alarm, words));
}

export function ofSeverities(rows: readonly Alarm[], severities: readonly StandingSeverity[]): readonly Alarm[] {
  return severities.length === 0 ? rows : rows.filter(({ severity }) => severities.some((one) => one === severity));
}

function mentions(alarm: Alarm, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = [alarm.title, alarm.specificProblem, alarm.alarmId, alarm.code, elementOf(alarm), alarm.source.name]
    .join(" ")
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

/** The filter as it stands in the page's address. */
export function filterToSearch(filter: BoardFilter): URLSearchParams {
  const search = new URLSearchParams();
  if (filter.state !== WHOLE_BOARD.state) search.set("state", filter.state);
  if (filter.source) search.set("source", filter.source);
  if (filter.element) search.set("element", filter.element);
  if (filter.text) search.set("text", filter.text);
  for (const severity of filter.severities) search.append("severity", severity);
  return search;
}

export function filterFromSearch(search: URLSearchParams): BoardFilter {
  const state = search.get("state") ?? "";
  return {
    state: Object.hasOwn(ALARM_STATES, state) ? (state as AlarmState) : WHOLE_BOARD.state,
    source: search.get("source"),
    element: search.get("element"),
    text: search.get("text") ?? "",
    severities: STANDING_SEVERITIES.filter((severity) => search.getAll("severity").includes(severity)),
  };
}
