/** Asks for the words, and the time, that an action needs. */
import { useState, type FormEvent } from "react";
import { Dialog } from "../app/Dialog";
import { ACTION_LABELS, type AlarmAction } from "./actions";
import type { Asking } from "./useOperator";

const SHELF_HOURS = [1, 4, 8, 24, 72];

interface Props {
  readonly asking: Asking;
  readonly onDone: (action: AlarmAction | null) => void;
}

export function ActionDialog({ asking, onDone }: Props) {
  const { kind, ids } = asking;
  const [hours, setHours] = useState(4);

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get("text")).trim();
    if (kind === "comment") onDone({ kind, text });
    else if (kind === "clear") onDone({ kind, comment: text });
    else onDone({ kind, comment: text, until: new Date(Date.now() + hours * 3_600_000) });
  }

  return (
    <Dialog title={`${ACTION_LABELS[kind]} ${ids.length === 1 ? "the alarm" : `${ids.length} alarms`}`} onClose={() => onDone(null)}>
      <form onSubmit={submit}>
        {kind === "shelve" && (
          <fieldset className="hours">
            <legend>For how long</legend>
            {SHELF_HOURS.map((value) => (
              <label key={value}>
                <input type="radio" name="hours" checked={hours === value} onChange={() => setHours(value)} />
                {value} h
              </label>
            ))}
          </fieldset>
        )}
        <label>
          {kind === "comment" ? "Comment" : "Comment (may be left empty)"}
          <textarea name="text" rows={3} required={kind === "comment"} autoFocus />
        </label>
        <div className="dialog-buttons">
          <button type="button" onClick={() => onDone(null)}>
            Cancel
          </button>
          <button type="submit" className="primary">
            {ACTION_LABELS[kind]}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
