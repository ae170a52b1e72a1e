// Subscribes with the real clients of graphql-ws and graphql-sse; prints what came, one JSON line each.
//   node clients.mjs ws|sse URL TOKEN QUERY VARIABLES COUNT
import { createClient as createSocketClient } from "graphql-ws";
import { createClient as createEventClient } from "graphql-sse";
import WebSocket from "ws";

const [kind, url, token, query, variables, count] = process.argv.slice(2);
const authorization = token ? { authorization: `Bearer ${token}` } : {};

const client =
  kind === "ws"
    ? createSocketClient({
        url: url.replace(/^http/, "ws"),
        webSocketImpl: WebSocket,
        connectionParams: authorization,
        retryAttempts: 0,
      })
    : createEventClient({ url, headers: authorization, retryAttempts: 0 });

function told(line) {
  console.log(JSON.stringify(line));
}

let left = Number(count);
const dispose = client.subscribe(
  { query, variables: JSON.parse(variables) },
  {
    next(value) {
      told({ next: value });
      left -= 1;
      if (left === 0) dispose();
    },
    error(error) {
      const closed = error?.code ? { code: error.code, reason: error.reason } : undefined;
      told({ error: Array.isArray(error) ? error : (closed ?? { message: String(error?.message ?? error) }) });
      finish();
    },
    complete() {
      told({ complete: true });
      finish();
    },
  },
);
told({ subscribed: true });

async function finish() {
  await client.dispose?.();
  process.exitCode = 0;
}
