/** One alarm on the board. */
import { memo } from "react";
import { dayTime } from "../app/time";
import { elementOf, type Alarm } from "./board";
import { SEVERITY_LABELS, severityClass } from "./severity";
import { StateChips } from "./StateChips";

interface Props {
  readonly alarm: Alarm;
  readonly index: number;
  readonly top: number;
  readonly active: boolean;
  readonly selected: boolean;
  readonly onToggle: (id: string) => void;
  readonly onActive: (id: string) => void;
  readonly onOpen: (id: string) => void;
}

export function rowId(alarmId: string): string {
  return `alarm-${alarmId}`;
}

export const AlarmRow = memo(function AlarmRow({ alarm, index, top, active, selected, onToggle, onActive, onOpen }: Props) {
  return (
    <div
      id={rowId(alarm.id)}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={`grid-row ${severityClass(alarm.severity)}${active ? " active" : ""}`}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => {
        onActive(alarm.id);
        onOpen(alarm.id);
      }}
    >
      <span
        role="gridcell"
        className="cell-select"
        onClick={(event) => {
          event.stopPropagation();
          onActive(alarm.id);
          onToggle(alarm.id);
        }}
      >
        <span className="check" aria-hidden="true">
          {selected ? "✓" : ""}
        </span>
      </span>
      <span role="gridcell" className="cell-severity">
        {SEVERITY_LABELS[alarm.severity]}
      </span>
      <span role="gridcell" className="cell-time">
        <time dateTime={alarm.raisedAt}>{dayTime(alarm.raisedAt)}</time>
      </span>
      <span role="gridcell">{alarm.source.name}</span>
      <span role="gridcell" className="cell-element">
        {elementOf(alarm)}
      </span>
      <span role="gridcell" className="cell-title" title={alarm.specificProblem ?? undefined}>
        <strong>{alarm.title ?? alarm.alarmId ?? "Alarm without a title"}</strong>
        {alarm.specificProblem && <span className="muted"> {alarm.specificProblem}</span>}
      </span>
      <span role="gridcell" className="cell-count">
        {alarm.count > 1 ? `×${alarm.count}` : ""}
      </span>
      <span role="gridcell" className="cell-state">
        <StateChips alarm={alarm} />
      </span>
    </div>
  );
});
