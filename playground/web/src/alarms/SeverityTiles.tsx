/** How many alarms stand by severity; a tile narrows the board to its own. */
import { STANDING_SEVERITIES, type SeverityCounts, type StandingSeverity } from "./board";
import { SEVERITY_LABELS, severityClass } from "./severity";

interface Props {
  readonly counts: SeverityCounts;
  readonly chosen: readonly StandingSeverity[];
  readonly onChoose: (severities: readonly StandingSeverity[]) => void;
}

export function SeverityTiles({ counts, chosen, onChoose }: Props) {
  const toggle = (severity: StandingSeverity) =>
    onChoose(chosen.includes(severity) ? chosen.filter((one) => one !== severity) : [...chosen, severity]);
  return (
    <div className="severity-tiles" role="group" aria-label="Severities">
      {STANDING_SEVERITIES.map((severity) => (
        <button
          key={severity}
          type="button"
          className={`severity-tile ${severityClass(severity)}`}
          aria-pressed={chosen.includes(severity)}
          onClick={() => toggle(severity)}
        >
          <span className="severity-count">{counts[severity].toLocaleString()}</span>
          <span className="severity-name">{SEVERITY_LABELS[severity]}</span>
        </button>
      ))}
    </div>
  );
}
