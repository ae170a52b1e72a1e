/** Reads the schema again when another person signs in, since it may not have been readable before. */
import { useGraphiQLActions } from "@graphiql/react";
import { useEffect, useRef } from "react";
import { useServices } from "../app/services";
import { useCell } from "../state/cell";

export function SchemaRefresh() {
  const { session } = useServices();
  const { generation } = useCell(session.state);
  const { introspect } = useGraphiQLActions();
  const seen = useRef(generation);
  useEffect(() => {
    if (seen.current === generation) return;
    seen.current = generation;
    void introspect();
  }, [generation, introspect]);
  return null;
}
