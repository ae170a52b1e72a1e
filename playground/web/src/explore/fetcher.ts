/** How Explore sends what stands in its editor: with the page's identity, and asking for the cost where allowed. */
import type { Fetcher } from "@graphiql/toolkit";
import { getOperationAST, type DocumentNode, type ExecutionResult } from "graphql";
import { dispose, streamFailure, type Gateway } from "../transport/gateway";
import { readUpstream, type UpstreamCall } from "./waterfall";

export interface Cost {
  readonly totalMs: number;
  readonly calls: readonly UpstreamCall[];
}

export const EXPLAIN_PERMISSION = "explain";

export function createFetcher(gateway: Gateway, onCost: (cost: Cost | null) => void): Fetcher {
  return (params, options) => {
    const headers = (options?.headers ?? {}) as Record<string, string>;
    if (isSubscription(options?.documentAST, params.operationName)) {
      onCost(null);
      return stream(gateway, params);
    }
    return answerTo(gateway, params, headers, onCost);
  };
}

type Params = Parameters<Fetcher>[0];

async function answerTo(
  gateway: Gateway,
  params: Params,
  headers: Record<string, string>,
  onCost: (cost: Cost | null) => void,
): Promise<ExecutionResult> {
  const introspects = params.operationName === "IntrospectionQuery";
  const explain = !introspects && gateway.session.may(EXPLAIN_PERMISSION);
  const started = performance.now();
  const { answer } = await gateway.send(params, explain ? { "x-ems-explain": "1", ...headers } : headers);
  if (!introspects) {
    onCost(explain ? { totalMs: performance.now() - started, calls: readUpstream(answer.extensions) } : null);
  }
  return answer as ExecutionResult;
}

function stream(gateway: Gateway, { query, variables, operationName }: Params) {
  return {
    subscribe(observer: { next(value: unknown): void; error(reason: unknown): void; complete(): void }) {
      const client = gateway.connect();
      const cancel = client.subscribe(
        { query, variables: variables as Record<string, unknown>, operationName: operationName ?? null },
        {
          next: (result) => observer.next(result),
          error: (reason) => observer.error(Array.isArray(reason) ? reason : streamFailure(reason, true)),
          complete: () => observer.complete(),
        },
      );
      return {
        unsubscribe() {
          cancel();
          dispose(client);
        },
      };
    },
  } as ReturnType<Fetcher> & object;
}

function isSubscription(document: DocumentNode | undefined, operationName: string | null | undefined): boolean {
  return document !== undefined && getOperationAST(document, operationName)?.operation === "subscription";
}
