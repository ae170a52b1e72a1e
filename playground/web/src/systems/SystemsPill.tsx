/** How many systems are up, and which are not, at a glance. */
import { routeHash } from "../app/route";
import { useServices } from "../app/services";
import { useCell } from "../state/cell";

export function SystemsPill() {
  const { systems } = useServices();
  const { sources, problem } = useCell(systems.systems);
  if (problem) return <span className="pill pill-down">{problem}</span>;
  if (!sources) return null;
  const troubled = sources.filter(({ health }) => health.status !== "UP" && health.status !== "UNKNOWN");
  const worst = troubled.some(({ health }) => health.status === "DOWN") ? "down" : troubled.length > 0 ? "degraded" : "up";
  const names = troubled.map(({ name, health }) => `${name} ${health.status.toLowerCase()}`).join(", ");
  return (
    <a className={`pill pill-${worst}`} href={routeHash("systems")}>
      {sources.length - troubled.length} of {sources.length} systems up{names && ` · ${names}`}
    </a>
  );
}
