import { describe, expect, test } from "vitest";
import { filterFromSearch, filterToSearch, narrow, ofSeverities, subscriptionFilter, WHOLE_BOARD } from "../src/alarms/filter";
import { alarm } from "./alarms";

const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

describe("the filter", () => {
  test("asks the gateway for standing alarms that are not shelved", () => {
    expect(subscriptionFilter(WHOLE_BOARD)).toEqual({ status: "ACTIVE", shelved: false });
  });

  test("asks the gateway for one source and one state", () => {
    expect(subscriptionFilter({ ...WHOLE_BOARD, source: "omc", state: "UNACKNOWLEDGED" })).toEqual({
      status: "ACTIVE",
      shelved: false,
      acknowledged: false,
      sources: ["omc"],
    });
  });

  test("narrows to an element", () => {
    const rows = [alarm("a"), alarm("b", { neId: "002" })];
    expect(ids(narrow(rows, { ...WHOLE_BOARD, element: "SMF/002" }))).toEqual(["b"]);
  });

  test("finds alarms that have every word somewhere", () => {
    const rows = [alarm("a"), alarm("b", { specificProblem: "Board 7" }), alarm("c", { specificProblem: "Board 8" })];
    expect(ids(narrow(rows, { ...WHOLE_BOARD, text: "link  BOARD 8" }))).toEqual(["c"]);
  });

  test("finds an alarm by its code", () => {
    expect(ids(narrow([alarm("a"), alarm("b", { code: 4711 })], { ...WHOLE_BOARD, text: "4711" }))).toEqual(["b"]);
  });

  test("shows all severities until one is chosen", () => {
    const rows = [alarm("a"), alarm("b", { severity: "MINOR" })];
    expect(ids(ofSeverities(rows, []))).toEqual(["a", "b"]);
    expect(ids(ofSeverities(rows, ["MINOR"]))).toEqual(["b"]);
  });

  test("comes back from the page's address as it went in", () => {
    const filter = { state: "SHELVED", source: "omc", element: "AMF/001", text: "peer", severities: ["CRITICAL", "MINOR"] } as const;
    expect(filterFromSearch(filterToSearch(filter))).toEqual(filter);
  });

  test("takes no word of an address that it does not know", () => {
    expect(filterFromSearch(new URLSearchParams("state=toString&severity=LOUD"))).toEqual(WHOLE_BOARD);
  });
});
