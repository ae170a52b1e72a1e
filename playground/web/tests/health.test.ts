import { describe, expect, test } from "vitest";
import { failureShare, KEPT_SAMPLES, medianLatency, record, type Sample } from "../src/systems/health";

type Health = Parameters<typeof record>[1][number]["health"];

const health = (changes: Partial<Health> = {}): Health => ({
  status: "UP",
  circuit: "CLOSED",
  checkedAt: "2026-01-01T12:00:00Z",
  latencyMs: 12,
  lastError: null,
  ...changes,
});
const sample = (changes: Partial<Sample> = {}): Sample => ({ at: 0, status: "UP", latencyMs: 10, ...changes });
const NONE = new Map<string, readonly Sample[]>();

describe("the history of health", () => {
  test("keeps a probe", () => {
    const history = record(NONE, [{ name: "omc", health: health() }], 0);
    expect(history.get("omc")).toEqual([{ at: Date.parse("2026-01-01T12:00:00Z"), status: "UP", latencyMs: 12 }]);
  });

  test("keeps the same probe once, however often it is told", () => {
    const once = record(NONE, [{ name: "omc", health: health() }], 0);
    expect(record(once, [{ name: "omc", health: health() }], 1).get("omc")).toHaveLength(1);
  });

  test("keeps a change of state that the last probe did not show", () => {
    const once = record(NONE, [{ name: "omc", health: health() }], 0);
    expect(record(once, [{ name: "omc", health: health({ status: "DOWN" }) }], 1).get("omc")).toHaveLength(2);
  });

  test("knows nothing of a source that was never probed", () => {
    expect(record(NONE, [{ name: "omc", health: health({ status: "UNKNOWN", checkedAt: null }) }], 0).size).toBe(0);
  });

  test("forgets the oldest probes", () => {
    let history: ReturnType<typeof record> = NONE;
    for (let minute = 0; minute < KEPT_SAMPLES + 5; minute += 1) {
      history = record(history, [{ name: "omc", health: health({ checkedAt: new Date(minute * 60_000).toISOString() }) }], 0);
    }
    expect(history.get("omc")).toHaveLength(KEPT_SAMPLES);
    expect(history.get("omc")?.[0]?.at).toBe(5 * 60_000);
  });

  test("tells the share of probes that did not find the source up", () => {
    expect(failureShare([sample(), sample({ status: "DOWN" }), sample({ status: "DEGRADED" }), sample()])).toBe(50);
    expect(failureShare([])).toBeNull();
  });

  test("tells the median of the latencies that are known", () => {
    expect(medianLatency([sample({ latencyMs: 30 }), sample({ latencyMs: null }), sample({ latencyMs: 10 }), sample({ latencyMs: 20 })])).toBe(20);
    expect(medianLatency([sample({ latencyMs: null })])).toBeNull();
  });
});
