/** The board's data while the page is open: it goes on while another page is looked at. */
import { AlarmBoardDocument, type AlarmFilter } from "../generated/operations";
import { Cell } from "../state/cell";
import type { Clock } from "../state/clock";
import type { Gateway } from "../transport/gateway";
import { apply, EMPTY_BOARD, type Board, type BoardEvent } from "./board";
import { followAlarms, type Follower, type Link } from "./follow";

export interface Damage {
  readonly count: number;
  readonly message: string;
}

export class AlarmFeed {
  readonly board = new Cell<Board>(EMPTY_BOARD);
  readonly link = new Cell<Link>({ phase: "connecting" });
  /** The latest batch that came after the first snapshot was asked for, for announcements. */
  readonly latest = new Cell<readonly BoardEvent[]>([]);
  /** Changes that the gateway could not tell, and why the last of them. */
  readonly damage = new Cell<Damage | null>(null);
  #follower: Follower | null = null;
  #key = "";

  constructor(
    private readonly gateway: Gateway,
    private readonly clock: Clock,
  ) {}

  /** Follows this filter; the same filter again changes nothing. */
  follow(filter: AlarmFilter): void {
    const key = JSON.stringify([filter, this.gateway.session.state.value.generation]);
    if (key === this.#key) return;
    this.#key = key;
    this.#follower?.stop();
    this.#empty();
    this.#follower = followAlarms({
      clock: this.clock,
      open: (after, stream) =>
        this.gateway.subscribe(
          AlarmBoardDocument,
          { filter, after },
          {
            opened: () => stream.opened(),
            next: ({ alarms }) => stream.next(alarms),
            damaged: ({ message }) => this.damage.set({ count: (this.damage.value?.count ?? 0) + 1, message }),
            failed: (failure) => stream.failed(failure),
          },
        ),
      onEvents: (events) => {
        this.board.set(apply(this.board.value, events));
        this.latest.set(events);
      },
      onReset: () => this.#empty(),
      onLink: (link) => this.link.set(link),
    });
  }

  retry(): void {
    this.#follower?.retry();
  }

  #empty(): void {
    this.board.set(EMPTY_BOARD);
    this.damage.set(null);
  }
}
