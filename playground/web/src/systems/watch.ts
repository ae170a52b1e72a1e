/** Keeps the state of every source fresh: the subscription tells changes, a poll tells the rest. */
import { SourceHealthChangesDocument, SourcesDocument } from "../generated/operations";
import { Cell } from "../state/cell";
import type { Clock } from "../state/clock";
import { messageOf } from "../transport/answer";
import type { Gateway } from "../transport/gateway";
import { record, withState, type HealthHistory, type System } from "./health";

const POLL_MS = 10_000;

export interface Systems {
  readonly sources: readonly System[] | null;
  readonly history: HealthHistory;
  /** Why the last poll brought nothing; null where it did. */
  readonly problem: string | null;
}

export class SystemsWatch {
  readonly systems = new Cell<Systems>({ sources: null, history: new Map(), problem: null });
  #stopStream: () => void = () => undefined;
  #cancelPoll: () => void = () => undefined;

  constructor(
    private readonly gateway: Gateway,
    private readonly clock: Clock,
  ) {}

  /** Starts, or starts again under another identity. */
  start(): void {
    this.#cancelPoll();
    this.#stopStream();
    this.#stopStream = () => undefined;
    void this.#poll();
  }

  async #poll(): Promise<void> {
    try {
      const { sources } = await this.gateway.request(SourcesDocument, {});
      const history = record(this.systems.value.history, sources, this.clock.now());
      const first = this.systems.value.sources === null || this.systems.value.problem !== null;
      this.systems.set({ sources, history, problem: null });
      if (first) this.#stream();
    } catch (error) {
      this.systems.set({ ...this.systems.value, problem: messageOf(error) });
    }
    this.#cancelPoll = this.clock.after(POLL_MS, () => void this.#poll());
  }

  #stream(): void {
    this.#stopStream();
    this.#stopStream = this.gateway.subscribe(SourceHealthChangesDocument, {}, {
      opened: () => undefined,
      next: ({ sourceHealth }) => {
        const { sources, history, problem } = this.systems.value;
        this.systems.set({
          sources: sources && withState(sources, sourceHealth),
          history: record(history, [sourceHealth], this.clock.now()),
          problem,
        });
      },
      // The next poll that fails and the first that works again open a new stream.
      failed: () => this.#stopStream(),
    });
  }
}
