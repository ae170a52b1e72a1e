/** Every connected system: its health over time, and what comes from it. */
import { useServices } from "../app/services";
import { useCell } from "../state/cell";
import { KindMap } from "./KindMap";
import { SystemCard } from "./SystemCard";
import "./systems.css";

export function SystemsPage() {
  const { systems } = useServices();
  const { sources, history, problem } = useCell(systems.systems);
  return (
    <div className="systems">
      <h1>Systems</h1>
      {problem && (
        <p className="banner banner-lost" role="status">
          {problem} What follows is what was last known.
        </p>
      )}
      {!sources && !problem && <p className="muted">Asking the gateway…</p>}
      {sources && (
        <>
          <div className="system-cards">
            {sources.map((system) => (
              <SystemCard key={system.id} system={system} samples={history.get(system.name) ?? []} />
            ))}
          </div>
          <h2>What comes from where</h2>
          <KindMap systems={sources} />
        </>
      )}
    </div>
  );
}
