/** Who is using the page. Tokens live in this object alone: a reload forgets them. */
import {
  RefreshSessionDocument,
  SignInDocument,
  SignOutDocument,
  ViewerDocument,
  type SessionTokensFragment,
  type ViewerQuery,
} from "../generated/operations";
import { Cell } from "../state/cell";
import type { Clock } from "../state/clock";
import { messageOf, needsSignIn } from "../transport/answer";
import type { Post, Reply } from "../transport/post";

export type Viewer = ViewerQuery["viewer"];

export interface SessionState {
  readonly viewer: Viewer | null;
  /** Whether a token is held; without one a gateway may still know the caller as `anonymous`. */
  readonly signedIn: boolean;
  /** Why the sign-in dialog is open, or null while it is closed. */
  readonly asking: string | null;
  /** Grows with every change of identity, so that open streams can be opened anew. */
  readonly generation: number;
}

interface Tokens {
  readonly access: string;
  readonly refresh: string | null;
  readonly expiresAt: number;
}

/** A token this close to its end is renewed before it is sent. */
const RENEW_BEFORE_MS = 30_000;

export class Session {
  readonly state = new Cell<SessionState>({ viewer: null, signedIn: false, asking: null, generation: 0 });
  #tokens: Tokens | null = null;
  #renewal: Promise<void> | null = null;
  /** Set by a person who said "not now": then the dialog opens only when they ask for it. */
  #dismissed = false;

  constructor(
    private readonly post: Post,
    private readonly clock: Clock,
  ) {}

  may(permission: string): boolean {
    return this.state.value.viewer?.permissions.includes(permission) ?? false;
  }

  async authorization(): Promise<string | null> {
    const tokens = this.#tokens;
    if (tokens?.refresh && tokens.expiresAt - this.clock.now() < RENEW_BEFORE_MS) {
      this.#renewal ??= this.#renew(tokens.refresh).finally(() => (this.#renewal = null));
      await this.#renewal;
    }
    return this.#bearer();
  }

  #bearer(): string | null {
    return this.#tokens ? `Bearer ${this.#tokens.access}` : null;
  }

  async load(): Promise<void> {
    const authorization = await this.authorization();
    const reply = await this.#send(ViewerDocument.toString(), authorization);
    if (authorization !== this.#bearer()) return;
    const viewer = (reply.answer.data as ViewerQuery | null | undefined)?.viewer ?? null;
    // A gateway may answer nobody, too, whom it knows by no name.
    if (needsSignIn(reply.status, reply.answer) || viewer?.username === "") {
      this.demand(authorization, "This gateway answers only those it knows.");
      return;
    }
    this.#change({ viewer, asking: viewer ? null : this.state.value.asking });
  }

  ask(reason: string): void {
    this.#dismissed = false;
    this.#change({ asking: reason });
  }

  dismiss(): void {
    this.#dismissed = true;
    this.#change({ asking: null });
  }

  /** The gateway refused a caller who came with this; of an earlier identity it says nothing any more. */
  demand(authorization: string | null, reason: string): void {
    if (authorization !== this.#bearer()) return;
    if (this.#tokens) {
      this.#dismissed = false;
      reason = "Your session has ended.";
    }
    this.#tokens = null;
    const asking = this.#dismissed ? null : (this.state.value.asking ?? reason);
    this.#change({ viewer: null, signedIn: false, asking });
  }

  /** Null when it worked, else why it did not. */
  async signIn(username: string, password: string): Promise<string | null> {
    try {
      const reply = await this.post({ query: SignInDocument.toString(), variables: { username, password } }, {});
      const refusal = this.#keep(reply, "login");
      if (refusal) return refusal;
      this.#nextGeneration({ signedIn: true, asking: null });
      await this.load();
      return null;
    } catch (error) {
      return messageOf(error);
    }
  }

  async signOut(): Promise<void> {
    await this.#send(SignOutDocument.toString(), this.#bearer()).catch(() => undefined);
    this.#tokens = null;
    this.#nextGeneration({ viewer: null, signedIn: false });
    await this.load();
  }

  #send(query: string, authorization: string | null): Promise<Reply> {
    return this.post({ query }, authorization ? { authorization } : {});
  }

  async #renew(refreshToken: string): Promise<void> {
    const reply = await this.post({ query: RefreshSessionDocument.toString(), variables: { refreshToken } }, {});
    if (this.#keep(reply, "refreshSession")) this.demand(this.#bearer(), "Your session has ended.");
  }

  #keep(reply: Reply, field: "login" | "refreshSession"): string | null {
    const payload = (reply.answer.data as Record<string, SessionTokensFragment | null> | null | undefined)?.[field];
    if (!payload?.accessToken) {
      return payload?.userErrors[0]?.message ?? reply.answer.errors?.[0]?.message ?? "The gateway refused the sign-in.";
    }
    this.#tokens = {
      access: payload.accessToken,
      refresh: payload.refreshToken,
      expiresAt: payload.expiresAt ? Date.parse(payload.expiresAt) : Number.POSITIVE_INFINITY,
    };
    return null;
  }

  #nextGeneration(changes: Partial<SessionState>): void {
    this.#change({ ...changes, generation: this.state.value.generation + 1 });
  }

  #change(changes: Partial<SessionState>): void {
    this.state.set({ ...this.state.value, ...changes });
  }
}
