/** Follows the alarms across lost connections: from the last cursor on, nothing missed, nothing twice. */
import type { Clock } from "../state/clock";
import type { Failure } from "../transport/answer";
import type { BoardEvent } from "./board";

export type Link =
  | { readonly phase: "connecting" }
  | { readonly phase: "live"; readonly resumed: Resumption | null }
  | { readonly phase: "lost"; readonly since: number; readonly attempt: number; readonly retryAt: number }
  | { readonly phase: "refused"; readonly message: string };

/** What became of the time without a connection. */
export interface Resumption {
  readonly lostAt: number;
  readonly backAt: number;
  /** Events that happened meanwhile and were brought now. */
  readonly caughtUp: number;
  /** The gateway no longer kept the place: the board was read anew. */
  readonly anew: boolean;
}

export interface Stream {
  opened(): void;
  next(event: BoardEvent): void;
  failed(failure: Failure): void;
}

export interface Follower {
  stop(): void;
  /** Tries at once, without waiting for the next attempt. */
  retry(): void;
}

interface Outside {
  readonly open: (after: string | null, stream: Stream) => () => void;
  readonly clock: Clock;
  readonly onEvents: (events: readonly BoardEvent[]) => void;
  /** What was shown is void: the next events are a new snapshot. */
  readonly onReset: () => void;
  readonly onLink: (link: Link) => void;
}

/** Events are handed over in batches, so that a snapshot of thousands draws a few times only. */
const BATCH_MS = 60;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 10_000;

export function retryDelay(attempt: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** attempt, LONGEST_RETRY_MS);
}

export function followAlarms({ open, clock, onEvents, onReset, onLink }: Outside): Follower {
  let cursor: string | null = null;
  let stopped = false;
  let attempt = 0;
  let openedAt: number | null = null;
  let lostAt: number | null = null;
  let expired = false;
  let resumed: Resumption | null = null;
  let waiting: BoardEvent[] = [];
  let cancelBatch: (() => void) | null = null;
  let cancelRetry: (() => void) | null = null;
  let close: () => void = () => undefined;

  function connect(): void {
    cancelRetry = null;
    let current = true;
    const cancel = open(cursor, {
      opened: () => current && connected(),
      next: (event) => current && take(event),
      failed: (failure) => {
        if (!current) return;
        current = false;
        cancel();
        broken(failure);
      },
    });
    close = () => {
      current = false;
      cancel();
    };
  }

  function connected(): void {
    const backAt = clock.now();
    resumed = lostAt === null && !expired ? null : { lostAt: lostAt ?? backAt, backAt, caughtUp: 0, anew: expired };
    openedAt = backAt;
    lostAt = null;
    expired = false;
    onLink({ phase: "live", resumed });
  }

  function take(event: BoardEvent): void {
    waiting.push(event);
    cancelBatch ??= clock.after(BATCH_MS, flush);
  }

  function flush(): void {
    cancelBatch?.();
    cancelBatch = null;
    if (waiting.length === 0) return;
    const events = waiting;
    waiting = [];
    cursor = events.at(-1)?.cursor ?? cursor;
    onEvents(events);
    if (resumed && !resumed.anew) {
      const { backAt } = resumed;
      const missed = events.filter(({ at }) => Date.parse(at) <= backAt).length;
      if (missed === 0) return;
      resumed = { ...resumed, caughtUp: resumed.caughtUp + missed };
      onLink({ phase: "live", resumed });
    }
  }

  function broken(failure: Failure): void {
    if (stopped) return;
    flush();
    switch (failure.code) {
      case "CURSOR_EXPIRED":
        cursor = null;
        expired = true;
        onReset();
        connect();
        return;
      case "TOKEN_EXPIRED":
        if (openedAt === null || clock.now() - openedAt < FIRST_RETRY_MS) waitAndRetry();
        else connect();
        return;
      case "UNREACHABLE":
      case "COMPLETED":
      case "INTERNAL":
      case "UPSTREAM_UNAVAILABLE":
      case "RATE_LIMITED":
        waitAndRetry();
        return;
      default:
        onLink({ phase: "refused", message: failure.message });
    }
  }

  function waitAndRetry(): void {
    const now = clock.now();
    // A connection that opens and fails at once is no reason to hurry.
    if (openedAt !== null && now - openedAt > LONGEST_RETRY_MS) attempt = 0;
    openedAt = null;
    lostAt ??= now;
    const delay = retryDelay(attempt);
    attempt += 1;
    onLink({ phase: "lost", since: lostAt, attempt, retryAt: now + delay });
    cancelRetry = clock.after(delay, connect);
  }

  onLink({ phase: "connecting" });
  connect();
  return {
    stop() {
      stopped = true;
      close();
      cancelRetry?.();
      cancelBatch?.();
    },
    retry() {
      if (!cancelRetry) return;
      cancelRetry();
      connect();
    },
  };
}
