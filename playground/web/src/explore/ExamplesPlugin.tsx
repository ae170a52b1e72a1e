/** The example operations, grouped, one click away. */
import { pick, useGraphiQL, useGraphiQLActions, type GraphiQLPlugin } from "@graphiql/react";
import { useEffect, useState } from "react";
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

/** Puts an example into the editor, once that is there; what the person wrote is kept in its own tab. */
function useOpenExample(): (example: Example) => void {
  const { addTab } = useGraphiQLActions();
  const { queryEditor, variableEditor } = useGraphiQL(pick("queryEditor", "variableEditor"));
  const [wanted, setWanted] = useState<Example | null>(null);
  useEffect(() => {
    if (!wanted || !queryEditor || !variableEditor) return;
    const present = queryEditor.getValue().trim();
    if (present !== "" && !KNOWN.has(present)) addTab();
    queryEditor.setValue(wanted.query);
    variableEditor.setValue(wanted.variables);
    queryEditor.focus();
    setWanted(null);
  }, [wanted, queryEditor, variableEditor, addTab]);
  return setWanted;
}

function ExamplesIcon() {
  return (
    <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.4" aria-hidden="true">
      <path d="M2.5 3h5v10h-5zM7.5 3h6v10h-6M4 5.5h2M4 8h2M9.2 6l2.4 2-2.4 2" strokeLinejoin="round" strokeLinecap="round" />
    </svg>
  );
}

export const EXAMPLES_PLUGIN: GraphiQLPlugin = { title: "Examples", icon: ExamplesIcon, content: Examples };
