import { describe, expect, test } from "vitest";
import { changeText, newsOf } from "../src/alarms/changes";
import { resumptionText } from "../src/alarms/LinkBanner";
import { alarm, event } from "./alarms";

const NOON = Date.parse("2026-01-01T12:00:00Z");

describe("changes in words", () => {
  test("name who did it, and that the alarm went off the board", () => {
    const cleared = event(alarm("a", { severity: "CLEARED" }), { change: "CLEARED", by: "noc-shift-a", matches: false });
    expect(changeText(cleared)).toBe("Cleared by noc-shift-a: cleared “Link to peer is down” on SMF/001. It left the board.");
  });

  test("of a snapshot are no news", () => {
    expect(newsOf([event(alarm("a"))], NOON)).toBeNull();
  });

  test("of a storm are told as a number and the last one", () => {
    const later = { at: "2026-01-01T12:00:01Z" };
    expect(newsOf([event(alarm("a"), later), event(alarm("b"), later)], NOON)).toMatch(/^2 changes; the last: Raised/);
  });
});

describe("the banner after a lost connection", () => {
  const back = { lostAt: NOON, backAt: NOON + 65_000, caughtUp: 0, anew: false };

  test("says that nothing was missed", () => {
    expect(resumptionText(back)).toContain("nothing missed");
  });

  test("says how much was caught up", () => {
    expect(resumptionText({ ...back, caughtUp: 1 })).toContain("caught up 1 change.");
    expect(resumptionText({ ...back, caughtUp: 12 })).toContain("caught up 12 changes.");
  });

  test("says that the board was read anew", () => {
    expect(resumptionText({ ...back, anew: true })).toContain("read anew");
  });
});
