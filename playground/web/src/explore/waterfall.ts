/** The upstream calls behind one answer, laid out in time. */

export interface UpstreamCall {
  readonly source: string;
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  readonly ms: number;
  readonly cache: string;
  /** Milliseconds from the start of the request; null where the gateway does not tell. */
  readonly startedMs: number | null;
}

export interface Bar {
  readonly call: UpstreamCall;
  /** Percent of the whole width. */
  readonly left: number;
  readonly width: number;
}

export interface Waterfall {
  readonly bars: readonly Bar[];
  readonly spanMs: number;
  /** False where starts are not told: then every bar begins at the left edge. */
  readonly placed: boolean;
  readonly sent: number;
  readonly spared: number;
}

/** A call that took no time still shows. */
const THINNEST = 0.8;

/** Reads `extensions.upstream`; entries that are no calls are left out. */
export function readUpstream(extensions: Readonly<Record<string, unknown>> | undefined): readonly UpstreamCall[] {
  const entries = extensions?.["upstream"];
  return Array.isArray(entries) ? entries.flatMap((entry) => readCall(entry) ?? []) : [];
}

function readCall(entry: unknown): UpstreamCall | null {
  if (typeof entry !== "object" || entry === null) return null;
  const { source, method, path, status, ms, cache, startedMs } = entry as Record<string, unknown>;
  if (typeof source !== "string" || typeof path !== "string") return null;
  return {
    source,
    path,
    method: typeof method === "string" ? method : "GET",
    status: typeof status === "number" ? status : null,
    ms: typeof ms === "number" && ms >= 0 ? ms : 0,
    cache: typeof cache === "string" ? cache : "MISS",
    startedMs: typeof startedMs === "number" && startedMs >= 0 ? startedMs : null,
  };
}

export function layOut(calls: readonly UpstreamCall[]): Waterfall {
  const placed = calls.every(({ startedMs }) => startedMs !== null);
  const ordered = placed ? [...calls].sort((a, b) => (a.startedMs ?? 0) - (b.startedMs ?? 0)) : calls;
  const startOf = (call: UpstreamCall) => (placed ? (call.startedMs ?? 0) : 0);
  const spanMs = Math.max(0, ...calls.map((call) => startOf(call) + call.ms));
  const percent = (ms: number) => (spanMs === 0 ? 0 : (100 * ms) / spanMs);
  const sent = calls.filter(({ cache }) => cache === "MISS").length;
  return {
    bars: ordered.map((call) => {
      const width = Math.max(percent(call.ms), THINNEST);
      return { call, width, left: Math.min(percent(startOf(call)), 100 - width) };
    }),
    spanMs,
    placed,
    sent,
    spared: calls.length - sent,
  };
}
