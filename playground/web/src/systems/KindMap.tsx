/** Which kinds of object each system gives, and which of them can be changed there. */
import type { ObjectKind } from "../generated/operations";
import type { System } from "./health";
import { KIND_LABELS } from "./labels";

const REACH = { none: "–", read: "read", write: "read, write" } as const;
const KINDS = Object.keys(KIND_LABELS) as ObjectKind[];

export function KindMap({ systems }: { systems: readonly System[] }) {
  return (
    <div className="kind-map" role="region" aria-label="Kinds by systems" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Kind</th>
            {systems.map(({ id, name }) => (
              <th key={id} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {KINDS.map((kind) => (
            <tr key={kind}>
              <th scope="row">{KIND_LABELS[kind]}</th>
              {systems.map((system) => (
                <KindCell key={system.id} system={system} kind={kind} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function KindCell({ system, kind }: { system: System; kind: ObjectKind }) {
  const capability = system.capabilities.find((one) => one.kind === kind);
  const reach = capability?.writable ? "write" : capability?.readable ? "read" : "none";
  return (
    <td className={`kind-${reach}`}>
      <span>{REACH[reach]}</span>
    </td>
  );
}
