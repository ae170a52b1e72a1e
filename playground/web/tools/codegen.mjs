/**
 * Writes src/generated/operations.ts: the types and the text of every operation in src/.
 *
 * `--check` writes nothing and fails where the file is behind the schema or the operations.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { codegen } from "@graphql-codegen/core";
import * as typedDocumentNode from "@graphql-codegen/typed-document-node";
import * as typescriptOperations from "@graphql-codegen/typescript-operations";
import { parse } from "graphql";
import { schemaText } from "./schema.mjs";

const source = fileURLToPath(new URL("../src/", import.meta.url));
const target = `${source}generated/operations.ts`;

const config = {
  documentMode: "string",
  enumsAsTypes: true,
  immutableTypes: true,
  useTypeImports: true,
  skipTypename: true,
  dedupeFragments: true,
  scalars: { DateTime: "string", Date: "string", Long: "number | string", JSON: "unknown", Upload: "File" },
};

async function operations() {
  const files = (await readdir(source, { recursive: true })).filter((name) => name.endsWith(".graphql")).sort();
  return Promise.all(
    files.map(async (name) => ({
      location: name,
      document: parse(await readFile(source + name, "utf8")),
    })),
  );
}

async function generate() {
  return codegen({
    filename: target,
    schema: parse(schemaText()),
    documents: await operations(),
    config,
    plugins: [{ operations: {} }, { documents: {} }],
    pluginMap: { operations: typescriptOperations, documents: typedDocumentNode },
  });
}

const header = "/* Written by `npm run codegen` from the schema and the .graphql files beside the pages. */\n";
const wanted = header + (await generate());

if (process.argv.includes("--check")) {
  const present = await readFile(target, "utf8").catch(() => "");
  if (present !== wanted) {
    console.error("src/generated/operations.ts is behind the schema: run `npm run codegen`");
    process.exit(1);
  }
} else {
  await writeFile(target, wanted);
}
