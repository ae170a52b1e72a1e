/** What the gateway answers over HTTP, and the one error the pages show. */

export interface AnswerError {
  readonly message: string;
  readonly extensions?: { readonly code?: string } | undefined;
}

export interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly AnswerError[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** A request that brought no usable answer; `code` is one of the gateway's ErrorCode, or UNREACHABLE. */
export class Failure extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = "Failure";
    this.code = code;
  }
}

export function needsSignIn(status: number, answer: Answer): boolean {
  return status === 401 || (answer.errors ?? []).some((error) => error.extensions?.code === "UNAUTHENTICATED");
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
