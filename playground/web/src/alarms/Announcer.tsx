/** The last change in one line, read out by screen readers. */
import { useMemo, useState } from "react";
import { clockTime } from "../app/time";
import { useServices } from "../app/services";
import { useCell } from "../state/cell";
import { newsOf } from "./changes";

export function Announcer() {
  const { alarms } = useServices();
  const latest = useCell(alarms.latest);
  const [since] = useState(() => Date.now());
  const news = useMemo(() => newsOf(latest, since), [latest, since]);
  const at = latest.at(-1)?.at;
  return (
    <p className="announcer" aria-live="polite">
      {news && at ? `${clockTime(at)} · ${news}` : ""}
    </p>
  );
}
