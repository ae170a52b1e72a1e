import { beforeEach, describe, expect, test } from "vitest";
import type { BoardEvent } from "../src/alarms/board";
import { followAlarms, retryDelay, type Follower, type Link, type Stream } from "../src/alarms/follow";
import { Failure } from "../src/transport/answer";
import { alarm, event } from "./alarms";
import { HandClock } from "./clock";

const LOST = new Failure("UNREACHABLE", "The connection to the gateway was lost.");

let clock: HandClock;
let opened: { after: string | null; stream: Stream; closed: boolean }[];
let shown: BoardEvent[];
let links: Link[];
let resets: number;
let follower: Follower;

const last = <T>(items: readonly T[]): T => items[items.length - 1] as T;
const at = (offset: number) => new Date(clock.now() + offset).toISOString();

beforeEach(() => {
  clock = new HandClock();
  opened = [];
  shown = [];
  links = [];
  resets = 0;
  follower = followAlarms({
    clock,
    open: (after, stream) => {
      const connection = { after, stream, closed: false };
      opened.push(connection);
      return () => {
        connection.closed = true;
      };
    },
    onEvents: (events) => shown.push(...events),
    onReset: () => {
      resets += 1;
    },
    onLink: (link) => links.push(link),
  });
});

describe("following the alarms", () => {
  test("starts with a snapshot, without a place to go on from", () => {
    expect(opened.map(({ after }) => after)).toEqual([null]);
  });

  test("hands events over in batches and in their order", () => {
    last(opened).stream.next(event(alarm("a")));
    last(opened).stream.next(event(alarm("b")));
    expect(shown).toEqual([]);
    clock.advance(100);
    expect(shown.map(({ alarm: { id } }) => id)).toEqual(["a", "b"]);
  });

  test("goes on from the last cursor after the connection was lost", () => {
    last(opened).stream.opened();
    last(opened).stream.next(event(alarm("a"), { cursor: "7" }));
    last(opened).stream.failed(LOST);
    expect(last(links).phase).toBe("lost");
    clock.advance(retryDelay(0));
    expect(last(opened).after).toBe("7");
  });

  test("shows what came right before the loss", () => {
    last(opened).stream.next(event(alarm("a")));
    last(opened).stream.failed(LOST);
    expect(shown).toHaveLength(1);
  });

  test("waits longer from attempt to attempt, up to a limit", () => {
    const waits = [0, 1, 2, 3, 9].map(retryDelay);
    expect(waits).toEqual([500, 1000, 2000, 4000, 10_000]);
  });

  test("does not hurry where every connection opens and fails at once", () => {
    last(opened).stream.opened();
    last(opened).stream.failed(LOST);
    clock.advance(retryDelay(0));
    last(opened).stream.opened();
    last(opened).stream.failed(LOST);
    clock.advance(retryDelay(0));
    expect(opened).toHaveLength(2);
    clock.advance(retryDelay(1) - retryDelay(0));
    expect(opened).toHaveLength(3);
  });

  test("starts with short waits again after a connection that held", () => {
    last(opened).stream.failed(LOST);
    clock.advance(retryDelay(0));
    last(opened).stream.opened();
    clock.advance(60_000);
    last(opened).stream.failed(LOST);
    clock.advance(retryDelay(0));
    expect(opened).toHaveLength(3);
  });

  test("says when it is back and how much was caught up", () => {
    last(opened).stream.opened();
    last(opened).stream.failed(LOST);
    clock.advance(retryDelay(0));
    last(opened).stream.opened();
    last(opened).stream.next(event(alarm("missed"), { at: at(-200) }));
    last(opened).stream.next(event(alarm("fresh"), { at: at(50) }));
    clock.advance(100);
    expect(last(links)).toMatchObject({ phase: "live", resumed: { caughtUp: 1, anew: false } });
  });

  test("says nothing of resuming on the first connection", () => {
    last(opened).stream.opened();
    expect(last(links)).toEqual({ phase: "live", resumed: null });
  });

  test("reads the board anew where the gateway no longer keeps its place", () => {
    last(opened).stream.next(event(alarm("a"), { cursor: "7" }));
    last(opened).stream.failed(new Failure("CURSOR_EXPIRED", "The cursor is too old."));
    expect({ resets, after: last(opened).after }).toEqual({ resets: 1, after: null });
    last(opened).stream.opened();
    expect(last(links)).toMatchObject({ phase: "live", resumed: { anew: true } });
  });

  test("stops at a refusal, which trying again would not change", () => {
    last(opened).stream.failed(new Failure("FORBIDDEN", "You may not see alarms."));
    clock.advance(60_000);
    expect(opened).toHaveLength(1);
    expect(last(links)).toEqual({ phase: "refused", message: "You may not see alarms." });
  });

  test("opens a new connection at once, and in silence, when the token of the old one ran out", () => {
    last(opened).stream.opened();
    last(opened).stream.next(event(alarm("a"), { cursor: "7" }));
    clock.advance(600_000);
    last(opened).stream.failed(new Failure("TOKEN_EXPIRED", "Token expired."));
    expect(opened.map(({ after }) => after)).toEqual([null, "7"]);
    expect(links.some(({ phase }) => phase === "lost")).toBe(false);
  });

  test("does not spin where every token is refused right after it was taken", () => {
    last(opened).stream.opened();
    last(opened).stream.failed(new Failure("TOKEN_EXPIRED", "Token expired."));
    expect(opened).toHaveLength(1);
  });

  test("tries at once when a person asks for it", () => {
    last(opened).stream.failed(LOST);
    follower.retry();
    expect(opened).toHaveLength(2);
    clock.advance(retryDelay(0));
    expect(opened).toHaveLength(2);
  });

  test("hears nothing more from a connection that was given up", () => {
    const first = last(opened);
    first.stream.failed(LOST);
    first.stream.next(event(alarm("late")));
    clock.advance(100);
    expect(shown).toEqual([]);
    expect(first.closed).toBe(true);
  });

  test("neither listens nor tries again once stopped", () => {
    last(opened).stream.failed(LOST);
    follower.stop();
    clock.advance(60_000);
    expect(opened).toHaveLength(1);
  });
});
