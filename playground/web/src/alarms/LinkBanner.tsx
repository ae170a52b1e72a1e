/** Says when the connection is lost, when it is back, and what was caught up. */
import { useEffect, useState } from "react";
import { clockTime, duration } from "../app/time";
import type { Link, Resumption } from "./follow";

interface Props {
  readonly link: Link;
  readonly onRetry: () => void;
  /** Null where a sign-in would change nothing. */
  readonly onSignIn: (() => void) | null;
}

/** How long the good news stays. */
const SHOWN_MS = 12_000;

export function LinkBanner({ link, onRetry, onSignIn }: Props) {
  const shown = useRecent(link.phase === "live" ? link.resumed : null);
  if (link.phase === "lost") {
    return (
      <div className="banner banner-lost" role="status">
        <span>
          Connection lost at {clockTime(link.since)}. The board shows what was last known; attempt {link.attempt} at{" "}
          {clockTime(link.retryAt)} goes on from its place.
        </span>
        <button type="button" onClick={onRetry}>
          Try now
        </button>
      </div>
    );
  }
  if (link.phase === "refused") {
    return (
      <div className="banner banner-lost" role="status">
        <span>The gateway does not show the alarms: {link.message}</span>
        {onSignIn && (
          <button type="button" onClick={onSignIn}>
            Sign in
          </button>
        )}
      </div>
    );
  }
  if (!shown) return null;
  return (
    <div className="banner banner-back" role="status">
      {resumptionText(shown)}
    </div>
  );
}

export function resumptionText({ anew, backAt, lostAt, caughtUp }: Resumption): string {
  const back = `Connected again at ${clockTime(backAt)}`;
  if (anew) return `${back}. The gateway no longer kept this board’s place, so the board was read anew.`;
  const away = duration(backAt - lostAt);
  if (caughtUp === 0) return `${back} after ${away}; resumed at the last alarm seen, nothing missed.`;
  return `${back} after ${away}; resumed at the last alarm seen and caught up ${caughtUp} ${caughtUp === 1 ? "change" : "changes"}.`;
}

function useRecent(resumed: Resumption | null): Resumption | null {
  const [over, setOver] = useState<number | null>(null);
  const backAt = resumed?.backAt ?? null;
  useEffect(() => {
    if (backAt === null) return;
    const timer = setTimeout(() => setOver(backAt), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [backAt]);
  return resumed && over !== resumed.backAt ? resumed : null;
}
