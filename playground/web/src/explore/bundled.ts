/** The example operations, bundled when the page is built. */
import { parseExample, type Example } from "./catalogue";

const files = import.meta.glob<string>("../../../queries/*.graphql", {
  query: "?raw",
  import: "default",
  eager: true,
});

export const EXAMPLES: readonly Example[] = Object.keys(files)
  .sort()
  .map((path) => parseExample(path, files[path] ?? ""));
