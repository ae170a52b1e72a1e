/** Where the gateway's exported schema stands. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildSchema } from "graphql";

const exported = fileURLToPath(new URL("../../../schema.graphql", import.meta.url));
const fallback = fileURLToPath(new URL("../schema.fallback.graphql", import.meta.url));

export const schemaPath = existsSync(exported) ? exported : fallback;

export const schemaText = () => readFileSync(schemaPath, "utf8");

export const loadSchema = () => buildSchema(schemaText());
