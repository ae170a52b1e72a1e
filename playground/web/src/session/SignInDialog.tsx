/** Asks for a local account where the gateway, or the person, wants a sign-in. */
import { useState, type FormEvent } from "react";
import { Dialog } from "../app/Dialog";
import { useServices } from "../app/services";
import { useCell } from "../state/cell";

export function SignInDialog() {
  const { session } = useServices();
  const { asking } = useCell(session.state);
  return asking === null ? null : <SignInForm reason={asking} />;
}

function SignInForm({ reason }: { reason: string }) {
  const { session } = useServices();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(await session.signIn(String(fields.get("username")), String(fields.get("password"))));
    setBusy(false);
  }

  return (
    <Dialog title="Sign in" onClose={() => session.dismiss()}>
      <p className="muted">{reason}</p>
      <form onSubmit={(event) => void submit(event)}>
        <label>
          User name
          <input name="username" autoComplete="username" required autoFocus spellCheck={false} />
        </label>
        <label>
          Password
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
        {problem && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        <p className="muted small">The token stays in this page’s memory; a reload forgets it.</p>
        <div className="dialog-buttons">
          <button type="button" onClick={() => session.dismiss()}>
            Not now
          </button>
          <button type="submit" className="primary" disabled={busy}>
            Sign in
          </button>
        </div>
      </form>
    </Dialog>
  );
}
