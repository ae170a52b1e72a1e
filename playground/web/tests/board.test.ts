import { describe, expect, test } from "vitest";
import { apply, countBySeverity, EMPTY_BOARD } from "../src/alarms/board";
import { alarm, event } from "./alarms";

describe("the board", () => {
  test("shows the newest alarm first, whatever order they came in", () => {
    const board = apply(EMPTY_BOARD, [
      event(alarm("old", { raisedAt: "2026-01-01T00:00:00Z" })),
      event(alarm("new", { raisedAt: "2026-01-01T00:00:02.500Z" })),
      event(alarm("middle", { raisedAt: "2026-01-01T00:00:02Z" })),
    ]);
    expect(board.rows.map(({ id }) => id)).toEqual(["new", "middle", "old"]);
  });

  test("shows an alarm as its last event tells it", () => {
    const board = apply(EMPTY_BOARD, [event(alarm("a")), event(alarm("a", { acknowledgedBy: "noc-shift-a" }))]);
    expect(board.rows.map(({ acknowledgedBy }) => acknowledgedBy)).toEqual(["noc-shift-a"]);
  });

  test("drops an alarm that no longer matches", () => {
    const board = apply(apply(EMPTY_BOARD, [event(alarm("a")), event(alarm("b"))]), [event(alarm("a"), { matches: false })]);
    expect(board.rows.map(({ id }) => id)).toEqual(["b"]);
  });

  test("takes an alarm back that matches again", () => {
    const board = apply(EMPTY_BOARD, [event(alarm("a")), event(alarm("a"), { matches: false }), event(alarm("a"))]);
    expect(board.rows).toHaveLength(1);
  });

  test("is the same object when nothing happened, so that nothing is drawn", () => {
    expect(apply(EMPTY_BOARD, [])).toBe(EMPTY_BOARD);
  });

  test("leaves the board before it as it was", () => {
    const before = apply(EMPTY_BOARD, [event(alarm("a"))]);
    apply(before, [event(alarm("a"), { matches: false })]);
    expect(before.alarms.has("a")).toBe(true);
  });

  test("counts by severity", () => {
    const rows = [alarm("a"), alarm("b"), alarm("c", { severity: "MINOR" })];
    expect(countBySeverity(rows)).toEqual({ CRITICAL: 2, MAJOR: 0, MINOR: 1, WARNING: 0, INDETERMINATE: 0 });
  });
});
