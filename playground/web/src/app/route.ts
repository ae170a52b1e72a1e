/** The page's address: `#/alarms?state=SHELVED`. */
import { Cell, useCell } from "../state/cell";

export const PAGES = ["explore", "alarms", "systems"] as const;
export type Page = (typeof PAGES)[number];

export interface Route {
  readonly page: Page;
  readonly search: URLSearchParams;
}

export function parseRoute(hash: string): Route {
  const [path = "", search = ""] = hash.replace(/^#\/?/, "").split("?");
  return { page: PAGES.find((page) => page === path) ?? "explore", search: new URLSearchParams(search) };
}

export function routeHash(page: Page, search: URLSearchParams = new URLSearchParams()): string {
  const text = search.toString();
  return `#/${page}${text ? `?${text}` : ""}`;
}

const current = new Cell<Route>({ page: "explore", search: new URLSearchParams() });

export function followAddress(): void {
  const read = () => current.set(parseRoute(location.hash));
  addEventListener("hashchange", read);
  read();
}

/** Changes the query of the page that is open, without a step in the browser's history. */
export function replaceSearch(search: URLSearchParams): void {
  const { page } = current.value;
  history.replaceState(null, "", routeHash(page, search));
  current.set({ page, search });
}

export const useRoute = (): Route => useCell(current);
