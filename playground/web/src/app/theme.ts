/** Light or dark: as the system has it, until the person chooses. */
import { useSyncExternalStore } from "react";
import { Cell, useCell } from "../state/cell";

export type Theme = "system" | "light" | "dark";

const KEY = "gql_ems.theme";
const NEXT: Readonly<Record<Theme, Theme>> = { system: "light", light: "dark", dark: "system" };

const current = new Cell<Theme>("system");

export function followTheme(): void {
  const kept = localStorage.getItem(KEY);
  apply(kept === "light" || kept === "dark" ? kept : "system");
}

export function nextTheme(): void {
  apply(NEXT[current.value]);
}

function apply(theme: Theme): void {
  current.set(theme);
  localStorage.setItem(KEY, theme);
  document.documentElement.dataset["theme"] = theme;
}

export const useTheme = (): Theme => useCell(current);

const darkSystem = () => matchMedia("(prefers-color-scheme: dark)");

/** The theme that is really drawn. */
export function useDrawnTheme(): "light" | "dark" {
  const theme = useTheme();
  const systemIsDark = useSyncExternalStore(
    (changed) => {
      const query = darkSystem();
      query.addEventListener("change", changed);
      return () => query.removeEventListener("change", changed);
    },
    () => darkSystem().matches,
  );
  if (theme !== "system") return theme;
  return systemIsDark ? "dark" : "light";
}
