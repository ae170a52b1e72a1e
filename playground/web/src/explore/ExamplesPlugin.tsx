/** The example operations, grouped, one click away. */
import { useGraphiQL, useGraphiQLActions, type GraphiQLPlugin } from "@graphiql/react";
import { useState } from "react";
import { EXAMPLES } from "./bundled";
import { grouped, matching, type Example } from "./catalogue";

const KNOWN = new Set(EXAMPLES.map(({ query }) => query.trim()));

function Examples() {
  const [text, setText] = useState("");
  const open = useOpenExample();
  const groups = grouped(matching(EXAMPLES, text));
  return (
    <section className="examples" aria-label="Examples">
      <h2>Examples</h2>
      <input
        type="search"
        aria-label="Find an example"
        placeholder="Find an example"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {groups.length === 0 && <p className="muted">No example has these words.</p>}
      {groups.map(({ title, examples }) => (
        <div key={title}>
          <h3>{title}</h3>
          <ul>
            {examples.map((example) => (
              <li key={example.name}>
                <button type="button" onClick={() => open(example)}>
                  <strong>{example.title}</strong>
                  <span>{example.description}</span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

/** Puts an example into the editor; what the person wrote is kept in its own tab. */
function useOpenExample(): (example: Example) => void {
  const { addTab } = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  return ({ query, variables }) => {
    const present = queryEditor?.getValue().trim() ?? "";
    if (present !== "" && !KNOWN.has(present)) addTab();
    queryEditor?.setValue(query);
    variableEditor?.setValue(variables);
    queryEditor?.focus();
  };
}

function ExamplesIcon() {
  return (
    <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.4" aria-hidden="true">
      <path d="M2.5 3h5v10h-5zM7.5 3h6v10h-6M4 5.5h2M4 8h2M9.2 6l2.4 2-2.4 2" strokeLinejoin="round" strokeLinecap="round" />
    </svg>
  );
}

export const EXAMPLES_PLUGIN: GraphiQLPlugin = { title: "Examples", icon: ExamplesIcon, content: Examples };
