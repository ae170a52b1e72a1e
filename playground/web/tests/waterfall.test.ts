import { describe, expect, test } from "vitest";
import { layOut, readUpstream, type UpstreamCall } from "../src/explore/waterfall";

function call(changes: Partial<UpstreamCall> = {}): UpstreamCall {
  return { source: "omc", method: "GET", path: "/ne", status: 200, ms: 50, cache: "MISS", startedMs: 0, ...changes };
}

describe("reading the upstream calls", () => {
  test("takes an entry as the gateway gives it", () => {
    expect(readUpstream({ upstream: [{ source: "omc", method: "GET", path: "/ne", status: 200, ms: 50, cache: "MISS", startedMs: 0 }] })).toEqual([
      call(),
    ]);
  });

  test("does without a start and without a status", () => {
    expect(readUpstream({ upstream: [{ source: "omc", method: "GET", path: "/ne", ms: 50, cache: "HIT" }] })).toEqual([
      call({ status: null, startedMs: null, cache: "HIT" }),
    ]);
  });

  test("leaves out what is no call", () => {
    expect(readUpstream({ upstream: [null, 7, { source: "omc" }] })).toEqual([]);
    expect(readUpstream({})).toEqual([]);
    expect(readUpstream(undefined)).toEqual([]);
  });
});

describe("laying them out", () => {
  test("puts each bar where its call began", () => {
    const { bars, spanMs } = layOut([call({ startedMs: 50, ms: 50 }), call({ startedMs: 0, ms: 25 })]);
    expect(bars.map(({ left, width }) => [left, width])).toEqual([
      [0, 25],
      [50, 50],
    ]);
    expect(spanMs).toBe(100);
  });

  test("starts every bar at the left where one start is not told", () => {
    const { bars, placed } = layOut([call({ startedMs: 50 }), call({ startedMs: null, ms: 25 })]);
    expect(placed).toBe(false);
    expect(bars.map(({ left, width }) => [left, width])).toEqual([
      [0, 100],
      [0, 50],
    ]);
  });

  test("shows a call that took no time, inside of the width", () => {
    const { bars } = layOut([call({ startedMs: 0, ms: 100 }), call({ startedMs: 100, ms: 0 })]);
    expect(bars[1]?.width).toBeGreaterThan(0);
    expect((bars[1]?.left ?? 0) + (bars[1]?.width ?? 0)).toBeLessThanOrEqual(100);
  });

  test("counts what was sent and what was spared", () => {
    const { sent, spared } = layOut([call(), call({ cache: "HIT" }), call({ cache: "COALESCED" })]);
    expect([sent, spared]).toEqual([1, 2]);
  });

  test("has room for no call at all", () => {
    expect(layOut([])).toMatchObject({ bars: [], spanMs: 0, sent: 0 });
  });
});
