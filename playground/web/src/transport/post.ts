/** One GraphQL request over HTTP. */
import { Failure, type Answer } from "./answer";

export interface GraphQLRequest {
  readonly query: string;
  readonly variables?: unknown;
  readonly operationName?: string | null | undefined;
}

export interface Reply {
  readonly status: number;
  readonly answer: Answer;
}

export type Post = (request: GraphQLRequest, headers: Readonly<Record<string, string>>) => Promise<Reply>;

export function postTo(endpoint: string, fetcher: typeof fetch = (...call) => fetch(...call)): Post {
  return async (request, headers) => {
    let response: Response;
    try {
      response = await fetcher(endpoint, {
        method: "POST",
        headers: {
          accept: "application/graphql-response+json, application/json;q=0.9",
          "content-type": "application/json",
          ...headers,
        },
        body: JSON.stringify(request),
      });
    } catch {
      throw new Failure("UNREACHABLE", "The gateway cannot be reached.");
    }
    return { status: response.status, answer: await answerOf(response) };
  };
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null && ("data" in body || "errors" in body)) {
      return body as Answer;
    }
  } catch {
    // Told below: whatever stands in front of the gateway answered in its own words.
  }
  if (response.status === 401) return { errors: [{ message: "Sign in to go on." }] };
  throw new Failure("UNREACHABLE", `The gateway answered ${response.status} without a GraphQL body.`);
}
