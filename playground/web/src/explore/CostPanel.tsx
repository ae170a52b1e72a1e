/** What the last answer cost: its upstream calls as a waterfall. */
import { useServices } from "../app/services";
import { latency } from "../app/time";
import { useCell } from "../state/cell";
import { EXPLAIN_PERMISSION, type Cost } from "./fetcher";
import { layOut, type Bar } from "./waterfall";

export function CostPanel({ cost }: { cost: Cost | null }) {
  const { session } = useServices();
  useCell(session.state);
  if (!cost) {
    const hint = session.may(EXPLAIN_PERMISSION)
      ? "Run a query to see which upstream calls its answer took."
      : "Who has the permission “explain” sees here which upstream calls an answer took.";
    return <p className="cost cost-empty muted">{hint}</p>;
  }
  const { bars, placed, sent, spared } = layOut(cost.calls);
  return (
    <details className="cost" open>
      <summary>
        <strong>{callsText(sent)}</strong>
        {spared > 0 && ` · ${spared} spared by cache or coalescing`} · answered in {latency(cost.totalMs)}
      </summary>
      {bars.length > 0 && (
        <div className="waterfall" role="region" aria-label="Upstream calls" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">Source</th>
                <th scope="col">Call</th>
                <th scope="col">Status</th>
                <th scope="col">{placed ? "When" : "How long"}</th>
                <th scope="col" className="number">
                  Took
                </th>
              </tr>
            </thead>
            <tbody>
              {bars.map((bar, index) => (
                // The same call may stand here twice, so its place is its key.
                <CallRow key={index} bar={bar} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}

function CallRow({ bar: { call, left, width } }: { bar: Bar }) {
  const failed = call.status !== null && call.status >= 400;
  return (
    <tr>
      <td>{call.source}</td>
      <td className="call-path" title={`${call.method} ${call.path}`}>
        <span className="muted">{call.method}</span> {call.path}
      </td>
      <td className={failed ? "failed" : undefined}>{call.cache === "MISS" ? (call.status ?? "none") : call.cache.toLowerCase()}</td>
      <td className="call-time">
        <span
          className={`call-bar call-${failed ? "failed" : call.cache.toLowerCase()}`}
          style={{ marginLeft: `${left}%`, width: `${width}%` }}
        />
      </td>
      <td className="number">{latency(call.ms)}</td>
    </tr>
  );
}

function callsText(sent: number): string {
  if (sent === 0) return "No upstream call";
  return sent === 1 ? "1 upstream call" : `${sent} upstream calls`;
}
