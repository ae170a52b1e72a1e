/** Narrows the board by text, source, element and state. */
import { useMemo } from "react";
import { useServices } from "../app/services";
import { useCell } from "../state/cell";
import { elementOf, type Alarm } from "./board";
import { ALARM_STATES, filterToSearch, WHOLE_BOARD, type AlarmState, type BoardFilter } from "./filter";

interface Props {
  readonly filter: BoardFilter;
  readonly rows: readonly Alarm[];
  readonly onChange: (part: Partial<BoardFilter>) => void;
}

export function FilterBar({ filter, rows, onChange }: Props) {
  const sources = useAlarmSources(filter.source);
  const elements = useMemo(() => {
    const seen = new Set(rows.map(elementOf));
    if (filter.element) seen.add(filter.element);
    return [...seen].sort();
  }, [rows, filter.element]);
  const narrowed = filterToSearch(filter).size > 0;

  return (
    <div className="filter-bar" role="search" aria-label="Filter the alarms">
      <input
        type="search"
        className="filter-text"
        aria-label="Text in the alarm"
        placeholder="Text, code or element"
        value={filter.text}
        onChange={(event) => onChange({ text: event.target.value })}
      />
      <select
        aria-label="State"
        value={filter.state}
        onChange={(event) => onChange({ state: event.target.value as AlarmState })}
      >
        {Object.entries(ALARM_STATES).map(([state, { label }]) => (
          <option key={state} value={state}>
            {label}
          </option>
        ))}
      </select>
      <Choice label="Source" all="All sources" value={filter.source} options={sources} onChange={(source) => onChange({ source })} />
      <Choice label="Element" all="All elements" value={filter.element} options={elements} onChange={(element) => onChange({ element })} />
      {narrowed && (
        <button type="button" onClick={() => onChange(WHOLE_BOARD)}>
          Show all
        </button>
      )}
    </div>
  );
}

function useAlarmSources(chosen: string | null): readonly string[] {
  const { systems } = useServices();
  const { sources } = useCell(systems.systems);
  const names = (sources ?? [])
    .filter(({ capabilities }) => capabilities.some(({ kind, readable }) => kind === "ALARM" && readable))
    .map(({ name }) => name);
  return chosen !== null && !names.includes(chosen) ? [...names, chosen] : names;
}

interface ChoiceProps {
  readonly label: string;
  readonly all: string;
  readonly value: string | null;
  readonly options: readonly string[];
  readonly onChange: (value: string | null) => void;
}

function Choice({ label, all, value, options, onChange }: ChoiceProps) {
  return (
    <select aria-label={label} value={value ?? ""} onChange={(event) => onChange(event.target.value || null)}>
      <option value="">{all}</option>
      {options.map((option) => (
        <option key={option}>{option}</option>
      ))}
    </select>
  );
}
