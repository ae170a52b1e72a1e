/** One system: state, breaker, latency, share of failures. */
import { clockTime, latency } from "../app/time";
import { failureShare, medianLatency, type Sample, type System } from "./health";
import { HealthChart } from "./HealthChart";
import { CIRCUIT_LABELS, DIALECT_LABELS, STATUS_LABELS } from "./labels";

export function SystemCard({ system, samples }: { system: System; samples: readonly Sample[] }) {
  const { name, dialect, health } = system;
  const share = failureShare(samples);
  const median = medianLatency(samples);
  return (
    <section className={`system-card status-${health.status.toLowerCase()}`} aria-label={name}>
      <div className="system-head">
        <h2>{name}</h2>
        <span className="muted">{DIALECT_LABELS[dialect]}</span>
        <span className="status">{STATUS_LABELS[health.status]}</span>
      </div>
      <HealthChart name={name} samples={samples} />
      <dl>
        <Fact name="Latency" value={health.latencyMs === null ? "–" : latency(health.latencyMs)} />
        <Fact name="Median" value={median === null ? "–" : latency(median)} />
        <Fact name="Failed checks" value={share === null ? "–" : `${share.toFixed(share > 0 && share < 10 ? 1 : 0)} % of ${samples.length}`} />
        <Fact name="Breaker" value={CIRCUIT_LABELS[health.circuit]} />
        <Fact name="Checked" value={health.checkedAt ? clockTime(health.checkedAt) : "not yet"} />
      </dl>
      {health.lastError && <p className="last-error">{health.lastError}</p>}
    </section>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
