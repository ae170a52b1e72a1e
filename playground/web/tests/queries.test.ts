import { readdirSync, readFileSync } from "node:fs";
import { parse, validate, type OperationDefinitionNode } from "graphql";
import { describe, expect, test } from "vitest";
import { grouped, parseExample } from "../src/explore/catalogue";
import { loadSchema } from "../tools/schema.mjs";

const folder = new URL("../../queries/", import.meta.url);
const schema = loadSchema();
const examples = readdirSync(folder)
  .filter((name) => name.endsWith(".graphql"))
  .map((name) => parseExample(name, readFileSync(new URL(name, folder), "utf8")));

describe("the example operations", () => {
  test("are many enough to answer every kind of question", () => {
    expect(examples.length).toBeGreaterThanOrEqual(15);
    expect(grouped(examples).length).toBeGreaterThanOrEqual(5);
  });

  test("have titles of their own", () => {
    expect(new Set(examples.map(({ title }) => title)).size).toBe(examples.length);
  });

  test.each(examples.map((example) => [example.name, example] as const))("%s is valid", (_name, { query }) => {
    expect(validate(schema, parse(query)).map(({ message }) => message)).toEqual([]);
  });

  test.each(examples.map((example) => [example.name, example] as const))("%s gives only variables that it has", (_name, { query, variables }) => {
    const declared = parse(query)
      .definitions.filter((definition): definition is OperationDefinitionNode => definition.kind === "OperationDefinition")
      .flatMap(({ variableDefinitions = [] }) => variableDefinitions.map(({ variable }) => variable.name.value));
    expect(declared).toEqual(expect.arrayContaining(Object.keys(JSON.parse(variables || "{}"))));
  });
});
