/** The list itself: only the rows in sight are drawn, so thousands scroll as smoothly as ten. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, type KeyboardEvent } from "react";
import type { ActionKind } from "./actions";
import { AlarmRow, rowId } from "./AlarmRow";
import type { Alarm } from "./board";
import { commandOf } from "./keys";

const ROW_HEIGHT = 34;
const HEAD_HEIGHT = 29;
const COLUMNS = ["Select", "Severity", "Raised", "Source", "Element", "Alarm", "Times", "State"];

interface Props {
  readonly rows: readonly Alarm[];
  readonly activeId: string | null;
  readonly selected: ReadonlySet<string>;
  /** What to say where no row is. */
  readonly empty: string;
  readonly onActive: (id: string) => void;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
  readonly onSelect: (ids: ReadonlySet<string>) => void;
  readonly onToggle: (id: string) => void;
  readonly onAction: (kind: ActionKind) => void;
}

export function AlarmGrid(props: Props) {
  const { rows, activeId, selected, empty, onActive, onOpen, onClose, onSelect, onToggle, onAction } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
    // The head scrolls along in flow and then sticks on top.
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
  });
  const activeIndex = rows.findIndex(({ id }) => id === activeId);
  const active = rows[activeIndex];

  useKeptPlace(scroller, rows);

  // Where the active alarm stood when it went off the list: the keys go on from there.
  const lastIndex = useRef(0);
  useEffect(() => {
    if (activeIndex >= 0) lastIndex.current = activeIndex;
  }, [activeIndex]);

  function onKeyDown(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2);
    const index = activeIndex >= 0 || activeId === null ? activeIndex : lastIndex.current - 1;
    const command = commandOf(event, { index, count: rows.length, page });
    if (!command) return;
    event.preventDefault();
    switch (command.do) {
      case "go": {
        const row = rows[command.index];
        if (!row) return;
        onActive(row.id);
        virtual.scrollToIndex(command.index);
        return;
      }
      case "toggle":
        return active && onToggle(active.id);
      case "selectAll":
        return onSelect(new Set(rows.map(({ id }) => id)));
      case "open":
        return active && onOpen(active.id);
      case "close":
        return onClose();
      case "act":
        return onAction(command.kind);
    }
  }

  return (
    <div
      ref={scroller}
      className="grid"
      role="grid"
      aria-label="Standing alarms, newest first"
      aria-rowcount={rows.length + 1}
      aria-colcount={COLUMNS.length}
      aria-multiselectable="true"
      aria-activedescendant={active ? rowId(active.id) : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className="grid-head">
        <div role="row" aria-rowindex={1} className="grid-row">
          {COLUMNS.map((name) => (
            <span key={name} role="columnheader">
              {name === "Select" ? <span className="visually-hidden">{name}</span> : name}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="grid-space" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ key, index, start }) => {
          const alarm = rows[index];
          return (
            alarm && (
              <AlarmRow
                key={key}
                alarm={alarm}
                index={index}
                top={start - HEAD_HEIGHT}
                active={alarm.id === activeId}
                selected={selected.has(alarm.id)}
                onToggle={onToggle}
                onActive={onActive}
                onOpen={onOpen}
              />
            )
          );
        })}
      </div>
      {rows.length === 0 && <p className="grid-empty">{empty}</p>}
    </div>
  );
}

/** New alarms come in on top; whoever has scrolled down keeps looking at the same rows. */
function useKeptPlace(scroller: React.RefObject<HTMLDivElement | null>, rows: readonly Alarm[]): void {
  const before = useRef(rows);
  useEffect(() => {
    const element = scroller.current;
    const previous = before.current;
    before.current = rows;
    if (!element || element.scrollTop < ROW_HEIGHT || previous === rows) return;
    const topIndex = Math.floor(element.scrollTop / ROW_HEIGHT);
    const anchor = previous[topIndex];
    const index = anchor ? rows.findIndex(({ id }) => id === anchor.id) : -1;
    if (index >= 0 && index !== topIndex) element.scrollTop += (index - topIndex) * ROW_HEIGHT;
  }, [scroller, rows]);
}
