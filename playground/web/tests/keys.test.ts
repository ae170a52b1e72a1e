import { describe, expect, test } from "vitest";
import { commandOf, type Key } from "../src/alarms/keys";

const press = (key: string, held: Partial<Key> = {}): Key => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...held });
const place = { index: 4, count: 10, page: 3 };

describe("the board's keys", () => {
  test.each([
    ["ArrowDown", 5],
    ["j", 5],
    ["ArrowUp", 3],
    ["PageDown", 7],
    ["PageUp", 1],
    ["Home", 0],
    ["End", 9],
  ])("%s goes to row %i", (key, index) => {
    expect(commandOf(press(key), place)).toEqual({ do: "go", index });
  });

  test("the first arrow goes to the first row", () => {
    expect(commandOf(press("ArrowDown"), { ...place, index: -1 })).toEqual({ do: "go", index: 0 });
  });

  test("no arrow leaves the list", () => {
    expect(commandOf(press("PageDown"), { ...place, index: 9 })).toEqual({ do: "go", index: 9 });
    expect(commandOf(press("ArrowUp"), { ...place, index: 0 })).toEqual({ do: "go", index: 0 });
  });

  test.each([
    ["a", "acknowledge"],
    ["u", "unacknowledge"],
    ["c", "comment"],
    ["s", "shelve"],
    ["d", "unshelve"],
    ["x", "clear"],
  ])("%s means %s", (key, kind) => {
    expect(commandOf(press(key), place)).toEqual({ do: "act", kind });
  });

  test("control and a select all", () => {
    expect(commandOf(press("a", { ctrlKey: true }), place)).toEqual({ do: "selectAll" });
  });

  test("the browser keeps its own shortcuts", () => {
    expect(commandOf(press("c", { ctrlKey: true }), place)).toBeNull();
    expect(commandOf(press("s", { altKey: true }), place)).toBeNull();
    expect(commandOf(press("Tab"), place)).toBeNull();
  });
});
