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
  #stopStream: (() => void) | null = null;
  #cancelPoll: () => void = () => undefined;
  /** Grows with every start, so that a poll of an earlier one does not go on. */
  #run = 0;

  constructor(
    private readonly gateway: Gateway,
    private readonly clock: Clock,
  ) {}

  /** Starts, or starts again under another identity. */
  start(): void {
    this.#run += 1;
    this.#cancelPoll();
    this.#closeStream();
    void this.#poll(this.#run);
  }

  async #poll(run: number): Promise<void> {
    try {
      const { sources } = await this.gateway.request(SourcesDocument, {});
      if (run !== this.#run) return;
      const history = record(this.systems.value.history, sources, this.clock.now());
      this.systems.set({ sources, history, problem: null });
      if (!this.#stopStream) this.#openStream();
    } catch (error) {
      if (run !== this.#run) return;
      this.systems.set({ ...this.systems.value, problem: messageOf(error) });
    }
    this.#cancelPoll = this.clock.after(POLL_MS, () => void this.#poll(run));
  }

  #closeStream(): void {
    this.#stopStream?.();
    this.#stopStream = null;
  }

  #openStream(): void {
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
      // The next poll that works opens a new one.
      failed: () => this.#closeStream(),
    });
  }
}
