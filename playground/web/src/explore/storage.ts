/** What the editor remembers between visits: tabs and history, but no header and nothing that holds a secret. */
import type { Storage as EditorStorage } from "@graphiql/toolkit";

const SECRET = /"?(\w*(password|secret|token|authorization)\w*|\b(ki|opc)\b)"?\s*:\s*"[^"]/i;

/** Lists of past operations: an entry that holds a secret is left out as a whole. */
const HISTORIES = new Set(["queries", "favorites"]);

export function withoutSecrets(value: string): string {
  let kept: unknown;
  try {
    kept = JSON.parse(value);
  } catch {
    return SECRET.test(value) ? "" : value;
  }
  if (typeof kept !== "object" || kept === null) return value;
  // Variables that stand on their own are JSON, too.
  if (SECRET.test(JSON.stringify(kept)) && !("tabs" in kept || "queries" in kept || "favorites" in kept)) return "";
  return JSON.stringify(kept, (key, part: unknown) => {
    if (key === "headers") return null;
    if (HISTORIES.has(key) && Array.isArray(part)) return part.filter((entry) => !holdsSecret(entry));
    return typeof part === "string" && SECRET.test(part) ? "" : part;
  });
}

function holdsSecret(entry: unknown): boolean {
  const { query, variables } = (entry ?? {}) as { query?: unknown; variables?: unknown };
  return [query, variables].some((text) => typeof text === "string" && SECRET.test(text));
}

export function editorStorage(inner: Storage): EditorStorage {
  return {
    get length() {
      return inner.length;
    },
    getItem: (key) => inner.getItem(key),
    setItem: (key, value) => inner.setItem(key, key.endsWith(":headers") ? "" : withoutSecrets(value)),
    removeItem: (key) => inner.removeItem(key),
    // Only what is the editor's own: the theme is kept beside it.
    clear: () => Object.keys(inner).filter((key) => key.startsWith("graphiql:")).forEach((key) => inner.removeItem(key)),
  };
}
