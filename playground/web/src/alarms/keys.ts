/** The board's keys: pure, so that what a key means can be tested without a page. */
import type { ActionKind } from "./actions";

export const SHORTCUTS = {
  acknowledge: "a",
  unacknowledge: "u",
  comment: "c",
  shelve: "s",
  unshelve: "d",
  clear: "x",
} as const satisfies Readonly<Record<ActionKind, string>>;

export type Command =
  | { readonly do: "go"; readonly index: number }
  | { readonly do: "act"; readonly kind: ActionKind }
  | { readonly do: "open" | "close" | "toggle" | "selectAll" };

interface Place {
  readonly index: number;
  readonly count: number;
  readonly page: number;
}

export interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** What the key asks for, or null where the browser should have it. */
export function commandOf({ key, ctrlKey, metaKey, altKey }: Key, { index, count, page }: Place): Command | null {
  if (altKey) return null;
  if (ctrlKey || metaKey) return key === "a" ? { do: "selectAll" } : null;
  const go = (wanted: number): Command => ({ do: "go", index: Math.max(0, Math.min(wanted, count - 1)) });
  switch (key) {
    case "ArrowDown":
    case "j":
      return go(index + 1);
    case "ArrowUp":
    case "k":
      return go(index - 1);
    case "PageDown":
      return go(index + page);
    case "PageUp":
      return go(index - page);
    case "Home":
      return go(0);
    case "End":
      return go(count - 1);
    case " ":
      return { do: "toggle" };
    case "Enter":
      return { do: "open" };
    case "Escape":
      return { do: "close" };
    default: {
      const action = Object.entries(SHORTCUTS).find(([, shortcut]) => shortcut === key);
      return action ? { do: "act", kind: action[0] as ActionKind } : null;
    }
  }
}
