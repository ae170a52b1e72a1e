/** What can be done to the selected alarms, and how the board is connected. */
import { ACTION_LABELS, type ActionKind } from "./actions";
import type { Link } from "./follow";
import { SHORTCUTS } from "./keys";
import type { Operator } from "./useOperator";

const KINDS = ["acknowledge", "comment", "shelve", "unshelve", "clear"] as const satisfies readonly ActionKind[];

const LINKS: Readonly<Record<Link["phase"], string>> = {
  connecting: "Connecting",
  live: "Live",
  lost: "Not connected",
  refused: "Refused",
};

export function ActionBar({ operator, shown, link }: { operator: Operator; shown: number; link: Link }) {
  const { selected, targets, problem, busy } = operator;
  return (
    <div className="action-bar" role="toolbar" aria-label="Actions on alarms">
      {KINDS.map((kind) => (
        <button
          key={kind}
          type="button"
          disabled={targets.length === 0 || busy || (kind === "comment" && targets.length > 1)}
          aria-keyshortcuts={SHORTCUTS[kind]}
          title={`${ACTION_LABELS[kind]} (key ${SHORTCUTS[kind]})`}
          onClick={() => operator.begin(kind)}
        >
          {ACTION_LABELS[kind]}
        </button>
      ))}
      {selected.size > 0 && (
        <button type="button" className="quiet" onClick={() => operator.select(new Set())}>
          {selected.size} selected · clear selection
        </button>
      )}
      {problem && (
        <span className="problem" role="alert">
          {problem}
        </span>
      )}
      <span className="action-end">
        <span>{shown.toLocaleString()} shown</span>
        <span className={`link link-${link.phase}`}>{LINKS[link.phase]}</span>
      </span>
    </div>
  );
}
