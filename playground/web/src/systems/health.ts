/** What was seen of each source's health since the page was opened. */
import type { SourcesQuery, SourceStateFragment } from "../generated/operations";

export type System = SourcesQuery["sources"][number];
type Health = SourceStateFragment["health"];

export interface Sample {
  readonly at: number;
  readonly status: Health["status"];
  readonly latencyMs: number | null;
}

export type HealthHistory = ReadonlyMap<string, readonly Sample[]>;

/** About twenty minutes of a probe every ten seconds. */
export const KEPT_SAMPLES = 120;

/** Adds what is new; a probe that was seen already is no second sample. */
export function record(
  history: HealthHistory,
  sources: readonly Pick<SourceStateFragment, "name" | "health">[],
  now: number,
): HealthHistory {
  const next = new Map(history);
  for (const { name, health } of sources) {
    if (health.status === "UNKNOWN") continue;
    const samples = next.get(name) ?? [];
    const sample = {
      at: health.checkedAt ? Date.parse(health.checkedAt) : now,
      status: health.status,
      latencyMs: health.latencyMs,
    };
    const last = samples.at(-1);
    if (last && last.at >= sample.at && last.status === sample.status) continue;
    next.set(name, [...samples, sample].slice(-KEPT_SAMPLES));
  }
  return next;
}

/** Percent of the seen probes that did not find the source up; null before the first. */
export function failureShare(samples: readonly Sample[]): number | null {
  if (samples.length === 0) return null;
  return (100 * samples.filter(({ status }) => status !== "UP").length) / samples.length;
}

export function medianLatency(samples: readonly Sample[]): number | null {
  const known = samples.flatMap(({ latencyMs }) => (latencyMs === null ? [] : [latencyMs])).sort((a, b) => a - b);
  return known[Math.floor((known.length - 1) / 2)] ?? null;
}

/** The systems with one source's state replaced by what a stream told. */
export function withState(systems: readonly System[], state: SourceStateFragment): readonly System[] {
  return systems.map((system) => (system.id === state.id ? { ...system, ...state } : system));
}
