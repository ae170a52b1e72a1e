/** Latency of each probe as a bar, its colour the state that it found. */
import { clockTime, latency } from "../app/time";
import { KEPT_SAMPLES, type Sample } from "./health";
import { STATUS_LABELS } from "./labels";

const HEIGHT = 36;
const STEP = 3;

export function HealthChart({ name, samples }: { name: string; samples: readonly Sample[] }) {
  const highest = Math.max(1, ...samples.map(({ latencyMs }) => latencyMs ?? 0));
  const first = samples[0];
  const label = first
    ? `Health of ${name} since ${clockTime(first.at)}: ${samples.length} checks, highest latency ${latency(highest)}`
    : `No check of ${name} seen yet`;
  return (
    <svg className="health-chart" viewBox={`0 0 ${KEPT_SAMPLES * STEP} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <line x1="0" x2={KEPT_SAMPLES * STEP} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} className="health-base" />
      {samples.map(({ at, status, latencyMs }, index) => {
        const height = status === "DOWN" ? HEIGHT : Math.max(3, ((latencyMs ?? 0) / highest) * (HEIGHT - 6));
        return (
          <rect
            key={at}
            x={(KEPT_SAMPLES - samples.length + index) * STEP}
            y={HEIGHT - height}
            width={STEP - 0.8}
            height={height}
            className={`health-${status.toLowerCase()}`}
          >
            <title>{`${clockTime(at)} ${STATUS_LABELS[status]}${latencyMs === null ? "" : `, ${latency(latencyMs)}`}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}
