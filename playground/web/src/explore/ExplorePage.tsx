/** The graph's editor with examples, and what each answer cost. */
import "./workers";
import "@graphiql/react/style.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "@graphiql/plugin-history/style.css";
import "graphiql/graphiql.css";
import "./explore.css";
import { HISTORY_PLUGIN } from "@graphiql/plugin-history";
import { GraphiQL } from "graphiql";
import { useMemo, useState } from "react";
import { useServices } from "../app/services";
import { useDrawnTheme } from "../app/theme";
import { EXAMPLES } from "./bundled";
import { grouped } from "./catalogue";
import { CostPanel } from "./CostPanel";
import { EXAMPLES_PLUGIN } from "./ExamplesPlugin";
import { EditorSize } from "./EditorSize";
import { createFetcher, type Cost } from "./fetcher";
import { SchemaRefresh } from "./SchemaRefresh";
import { editorStorage } from "./storage";

const PLUGINS = [EXAMPLES_PLUGIN, HISTORY_PLUGIN];
const FIRST_TABS = grouped(EXAMPLES)
  .flatMap(({ examples }) => examples)
  .slice(0, 1)
  .map(({ query, variables }) => ({ query, variables }));

export default function ExplorePage() {
  const { gateway } = useServices();
  const theme = useDrawnTheme();
  const [cost, setCost] = useState<Cost | null>(null);
  const fetcher = useMemo(() => createFetcher(gateway, setCost), [gateway]);
  const storage = useMemo(() => editorStorage(localStorage), []);
  return (
    <div className="explore">
      <h1 className="visually-hidden">Explore the graph</h1>
      <GraphiQL
        fetcher={fetcher}
        storage={storage}
        plugins={PLUGINS}
        visiblePlugin={EXAMPLES_PLUGIN}
        defaultTabs={FIRST_TABS}
        defaultQuery=""
        forcedTheme={theme}
        showPersistHeadersSettings={false}
        shouldPersistHeaders={false}
      >
        <GraphiQL.Logo>
          <span />
        </GraphiQL.Logo>
        <GraphiQL.Footer>
          <SchemaRefresh />
          <EditorSize />
          <CostPanel cost={cost} />
        </GraphiQL.Footer>
      </GraphiQL>
    </div>
  );
}
