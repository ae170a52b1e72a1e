/** The gateway's exported schema. */
import { readFileSync } from "node:fs";
import { buildSchema } from "graphql";

const path = new URL("../../../schema.graphql", import.meta.url);

export const schemaText = () => readFileSync(path, "utf8");

export const loadSchema = () => buildSchema(schemaText());
