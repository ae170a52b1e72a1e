/** Gives the editors the size of the page's own text. */
import { pick, useGraphiQL } from "@graphiql/react";
import { useEffect } from "react";

const OPTIONS = { fontSize: 13, lineHeight: 19 };

export function EditorSize() {
  const { queryEditor, variableEditor, headerEditor, responseEditor } = useGraphiQL(
    pick("queryEditor", "variableEditor", "headerEditor", "responseEditor"),
  );
  useEffect(() => {
    for (const editor of [queryEditor, variableEditor, headerEditor, responseEditor]) editor?.updateOptions(OPTIONS);
  }, [queryEditor, variableEditor, headerEditor, responseEditor]);
  return null;
}
