/** The operator's hands: what is selected, which action is being asked about, what came of the last one. */
import { useCallback, useState } from "react";
import { useServices } from "../app/services";
import { messageOf } from "../transport/answer";
import { perform, type ActionKind, type AlarmAction } from "./actions";
import type { Board } from "./board";

export interface Asking {
  readonly kind: "comment" | "shelve" | "clear";
  readonly ids: readonly string[];
}

export interface Operator {
  readonly selected: ReadonlySet<string>;
  /** What an action would be done to: the selection, else the active row. */
  readonly targets: readonly string[];
  readonly asking: Asking | null;
  readonly problem: string | null;
  readonly busy: boolean;
  readonly select: (ids: ReadonlySet<string>) => void;
  readonly toggle: (id: string) => void;
  /** Does what needs no words at once, and asks for the rest. */
  readonly begin: (kind: ActionKind, ids?: readonly string[]) => void;
  readonly finish: (action: AlarmAction | null) => void;
}

const NOTHING: ReadonlySet<string> = new Set();

export function useOperator(board: Board, activeId: string | null): Operator {
  const { gateway } = useServices();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(NOTHING);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const standing = [...chosen].filter((id) => board.alarms.has(id));
  const selected = standing.length === chosen.size ? chosen : new Set(standing);
  const active = activeId !== null && board.alarms.has(activeId) ? [activeId] : [];
  const targets = standing.length > 0 ? standing : active;

  const run = useCallback(
    async (ids: readonly string[], action: AlarmAction) => {
      setBusy(true);
      try {
        setProblem((await perform(gateway, ids, action)).join(" ") || null);
        setChosen(NOTHING);
      } catch (error) {
        setProblem(messageOf(error));
      } finally {
        setBusy(false);
      }
    },
    [gateway],
  );

  const toggle = useCallback((id: string) => {
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);

  return {
    selected,
    targets,
    asking,
    problem,
    busy,
    select: setChosen,
    toggle,
    begin(kind, ids = targets) {
      if (ids.length === 0 || busy) return;
      if (kind === "comment" || kind === "shelve" || kind === "clear") setAsking({ kind, ids });
      else void run(ids, kind === "unshelve" ? { kind } : { kind, comment: "" });
    },
    finish(action) {
      setAsking(null);
      if (action && asking) void run(asking.ids, action);
    },
  };
}
