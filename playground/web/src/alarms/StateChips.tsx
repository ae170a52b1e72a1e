/** Who has taken an alarm in hand, and what else is to be known of it. */
import { dayTime } from "../app/time";
import type { Alarm } from "./board";

export function StateChips({ alarm }: { alarm: Alarm }) {
  const { acknowledged, acknowledgedBy, shelvedUntil, shelvedBy, flapping, stale } = alarm;
  return (
    <>
      {acknowledged && <span className="chip chip-acknowledged">✓ {acknowledgedBy ?? "acknowledged"}</span>}
      {shelvedUntil && (
        <span className="chip" title={`Shelved by ${shelvedBy ?? "an operator"} until ${dayTime(shelvedUntil)}`}>
          Shelved by {shelvedBy ?? "an operator"}
        </span>
      )}
      {flapping && <span className="chip chip-notice">Flapping</span>}
      {stale && (
        <span className="chip chip-notice" title="Its source cannot be reached: this is the last that was known.">
          Stale
        </span>
      )}
    </>
  );
}
