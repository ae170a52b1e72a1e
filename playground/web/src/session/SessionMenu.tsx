/** Who is signed in, and the way in and out. */
import { useServices } from "../app/services";
import { useCell } from "../state/cell";

export function SessionMenu() {
  const { session } = useServices();
  const { viewer, signedIn } = useCell(session.state);
  return (
    <span className="session">
      {viewer && (
        <span className="session-name" title={viewer.roles.join(", ")}>
          {viewer.displayName ?? viewer.username}
        </span>
      )}
      {signedIn ? (
        <button type="button" onClick={() => void session.signOut()}>
          Sign out
        </button>
      ) : (
        <button type="button" onClick={() => session.ask("Sign in with a local account of the gateway.")}>
          Sign in
        </button>
      )}
    </span>
  );
}
