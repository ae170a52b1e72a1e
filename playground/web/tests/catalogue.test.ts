import { describe, expect, test } from "vitest";
import { grouped, matching, parseExample } from "../src/explore/catalogue";

const TEXT = `# group: Alarms
# title: What burns
# description: The critical ones.
# variables: {"first": 5}

# This remark belongs to the operation.
query WhatBurns($first: Int) { alarms(first: $first) { nodes { id } } }
`;

const example = (name: string, group: string) => parseExample(`${name}.graphql`, TEXT.replace("Alarms", group));

describe("the examples", () => {
  test("are read from their notes", () => {
    expect(parseExample("../queries/what-burns.graphql", TEXT)).toEqual({
      name: "what-burns",
      group: "Alarms",
      title: "What burns",
      description: "The critical ones.",
      variables: '{\n  "first": 5\n}',
      query: expect.stringMatching(/^# This remark(.|\n)*\n}?.*$/),
    });
  });

  test("may ask for the hours before now, whenever that is", () => {
    const text = TEXT.replace('{"first": 5}', '{"from": "2026-01-01T00:00:00Z"}\n# recent: {"from": 6}');
    const { variables } = parseExample("x.graphql", text, Date.parse("2030-05-01T12:00:00Z"));
    expect(JSON.parse(variables)).toEqual({ from: "2030-05-01T06:00:00.000Z" });
  });

  test("must have a title", () => {
    expect(() => parseExample("x.graphql", TEXT.replace("# title: What burns\n", ""))).toThrow("x.graphql needs the notes");
  });

  test("stand in the order of the questions, unknown groups last", () => {
    const groups = grouped([example("a", "Zebras"), example("b", "People"), example("c", "Start here"), example("d", "People")]);
    expect(groups.map(({ title, examples }) => [title, examples.map(({ name }) => name)])).toEqual([
      ["Start here", ["c"]],
      ["People", ["b", "d"]],
      ["Zebras", ["a"]],
    ]);
  });

  test("are found by words of the title, the description and the operation", () => {
    const examples = [example("a", "Alarms")];
    expect(matching(examples, "burns NODES critical")).toHaveLength(1);
    expect(matching(examples, "burns sheep")).toHaveLength(0);
  });
});
