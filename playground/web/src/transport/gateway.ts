/** Typed calls to the graph: one answer over HTTP, or many over the socket. */
import { createClient, type Client } from "graphql-ws";
import type { TypedDocumentString } from "../generated/operations";
import type { Session } from "../session/session";
import { Failure, needsSignIn, type Answer } from "./answer";
import type { GraphQLRequest, Post, Reply } from "./post";

const REFUSAL = "This gateway answers only those it knows.";

/** A connection that stays silent this long after a ping is taken for lost. */
const PONG_WITHIN_MS = 5_000;

export interface Sink<Data> {
  opened(): void;
  next(data: Data): void;
  failed(failure: Failure): void;
  /** One event could not be read; the stream goes on. */
  damaged?(failure: Failure): void;
}

/** Errors that end a stream even where the gateway sends them as its first event. */
const FINAL_CODES = new Set(["CURSOR_EXPIRED", "UNAUTHENTICATED", "FORBIDDEN", "BAD_USER_INPUT", "QUERY_TOO_COMPLEX"]);

interface ConnectionEvents {
  /** With what the connection presents itself. */
  readonly identified?: (authorization: string | null) => void;
  readonly opened?: () => void;
}

export class Gateway {
  constructor(
    readonly session: Session,
    private readonly post: Post,
    private readonly socketUrl: string,
  ) {}

  /** The whole answer, errors included; a caller that is not known is asked to sign in. */
  async send(request: GraphQLRequest, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    const authorization = await this.session.authorization();
    const reply = await this.post(request, authorization ? { authorization, ...headers } : headers);
    if (needsSignIn(reply.status, reply.answer)) this.session.demand(authorization, REFUSAL);
    return reply;
  }

  async request<Data, Variables>(document: TypedDocumentString<Data, Variables>, variables: Variables): Promise<Data> {
    const { answer } = await this.send({ query: document.toString(), variables });
    const error = answer.errors?.[0];
    if (error && !answer.data) throw new Failure(error.extensions?.code ?? "INTERNAL", error.message);
    return answer.data as Data;
  }

  /** One subscription on a connection of its own; ends at the first failure and leaves trying again to the caller. */
  subscribe<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    sink: Sink<Data>,
  ): () => void {
    let acknowledged = false;
    let authorization: string | null = null;
    const client = this.connect({
      identified: (used) => {
        authorization = used;
      },
      opened: () => {
        acknowledged = true;
        sink.opened();
      },
    });
    const fail = (failure: Failure) => {
      if (failure.code === "UNAUTHENTICATED") this.session.demand(authorization, REFUSAL);
      sink.failed(failure);
    };
    const cancel = client.subscribe<Data>(
      { query: document.toString(), variables: variables as Record<string, unknown> },
      {
        next: (result) => {
          if (result.data) return sink.next(result.data);
          const failure = failureOf(result as Answer);
          // What failed inside of an event is that event's own trouble.
          const inside = (result.errors?.[0]?.path?.length ?? 0) > 1;
          if (!inside && FINAL_CODES.has(failure.code)) fail(failure);
          else sink.damaged?.(failure);
        },
        error: (reason) => fail(streamFailure(reason, acknowledged)),
        complete: () => sink.failed(new Failure("COMPLETED", "The gateway ended the stream.")),
      },
    );
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      cancel();
      dispose(client);
    };
  }

  connect({ identified, opened }: ConnectionEvents = {}): Client {
    let silence: ReturnType<typeof setTimeout> | undefined;
    const client = createClient({
      url: this.socketUrl,
      retryAttempts: 0,
      keepAlive: 10_000,
      connectionParams: async () => {
        const authorization = await this.session.authorization();
        identified?.(authorization);
        return authorization ? { authorization } : {};
      },
      on: {
        connected: () => opened?.(),
        ping: (received) => {
          if (!received) silence = setTimeout(() => client.terminate(), PONG_WITHIN_MS);
        },
        pong: (received) => {
          if (received) clearTimeout(silence);
        },
        closed: () => clearTimeout(silence),
      },
    });
    return client;
  }
}

/** Closes the connection, also one that is refused while it is still being made. */
export function dispose(client: Client): void {
  Promise.resolve(client.dispose()).catch(() => undefined);
}

/** graphql-ws hands over a CloseEvent when the socket closed, else the errors of the operation. */
export function streamFailure(reason: unknown, acknowledged: boolean): Failure {
  if (Array.isArray(reason)) return failureOf({ errors: reason });
  const { code, reason: words } = (reason ?? {}) as { code?: unknown; reason?: unknown };
  const told = typeof words === "string" && words !== "" ? words : null;
  // A token whose time is over ends a connection that it had opened: a new one takes a new token.
  if (code === 4401 && acknowledged) return new Failure("TOKEN_EXPIRED", told ?? "The token’s time is over.");
  if (code === 4401) return new Failure("UNAUTHENTICATED", "Sign in to go on.");
  if (code === 4403) return new Failure("FORBIDDEN", told ?? "The gateway refuses this connection.");
  return new Failure("UNREACHABLE", "The connection to the gateway was lost.");
}

function failureOf(answer: Answer): Failure {
  const error = answer.errors?.[0];
  return new Failure(error?.extensions?.code ?? "INTERNAL", error?.message ?? "The gateway gave no reason.");
}
