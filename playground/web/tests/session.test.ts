import { beforeEach, describe, expect, test } from "vitest";
import { Session } from "../src/session/session";
import type { Post, Reply } from "../src/transport/post";
import { HandClock } from "./clock";

const VIEWER = { username: "noc-shift-a", displayName: null, roles: ["operator"], permissions: ["explain"] };
const REFUSED: Reply = { status: 401, answer: { errors: [{ message: "Sign in.", extensions: { code: "UNAUTHENTICATED" } }] } };

/** A gateway in token mode with one account. */
class PretendGateway {
  readonly seen: { field: string; authorization: string | undefined }[] = [];
  lifetimeMs = 600_000;
  issued = 0;

  constructor(private readonly clock: HandClock) {}

  readonly post: Post = async ({ query, variables }, headers) => {
    const field = /\b(viewer|login|refreshSession|logout)\b/.exec(query)?.[1] ?? "";
    this.seen.push({ field, authorization: headers["authorization"] });
    if (field === "login") {
      const { password } = variables as { password: string };
      return this.#answer("login", password === "right" ? this.#tokens() : { userErrors: [{ message: "Wrong password." }] });
    }
    if (field === "refreshSession") return this.#answer(field, this.#tokens());
    if (headers["authorization"] !== `Bearer token-${this.issued}`) return REFUSED;
    return this.#answer(field, field === "viewer" ? VIEWER : true);
  };

  #tokens() {
    this.issued += 1;
    const expiresAt = new Date(this.clock.now() + this.lifetimeMs).toISOString();
    return { accessToken: `token-${this.issued}`, refreshToken: "refresh", expiresAt, userErrors: [] };
  }

  #answer(field: string, value: unknown): Reply {
    return { status: 200, answer: { data: { [field]: value } } };
  }
}

let clock: HandClock;
let gateway: PretendGateway;
let session: Session;

beforeEach(() => {
  clock = new HandClock();
  gateway = new PretendGateway(clock);
  session = new Session(gateway.post, clock);
});

describe("the session", () => {
  test("asks for a sign-in where the gateway wants one", async () => {
    await session.load();
    expect(session.state.value).toMatchObject({ viewer: null, asking: expect.any(String) });
  });

  test("asks for a sign-in where the gateway knows the caller by no name", async () => {
    const nobody: Post = async () => ({ status: 200, answer: { data: { viewer: { ...VIEWER, username: "", permissions: [] } } } });
    session = new Session(nobody, clock);
    await session.load();
    expect(session.state.value).toMatchObject({ viewer: null, asking: expect.any(String) });
  });

  test("knows who signed in and what they may do", async () => {
    expect(await session.signIn("noc-shift-a", "right")).toBeNull();
    expect(session.state.value).toMatchObject({ viewer: VIEWER, signedIn: true, asking: null });
    expect(session.may("explain")).toBe(true);
  });

  test("tells why a sign-in was refused and stays open", async () => {
    await session.load();
    expect(await session.signIn("noc-shift-a", "wrong")).toBe("Wrong password.");
    expect(session.state.value).toMatchObject({ signedIn: false, asking: expect.any(String) });
  });

  test("counts each change of identity, so that streams are opened anew", async () => {
    await session.signIn("noc-shift-a", "right");
    await session.signOut();
    expect(session.state.value.generation).toBe(2);
  });

  test("forgets the token on sign-out", async () => {
    await session.signIn("noc-shift-a", "right");
    await session.signOut();
    expect(await session.authorization()).toBeNull();
    expect(gateway.seen.find(({ field }) => field === "logout")?.authorization).toBe("Bearer token-1");
  });

  test("renews a token shortly before its end, once for all who ask", async () => {
    await session.signIn("noc-shift-a", "right");
    clock.advance(gateway.lifetimeMs - 10_000);
    expect(await Promise.all([session.authorization(), session.authorization()])).toEqual(["Bearer token-2", "Bearer token-2"]);
    expect(gateway.seen.filter(({ field }) => field === "refreshSession")).toHaveLength(1);
  });

  test("does not ask again whoever said not now", () => {
    session.demand(null, "First.");
    session.dismiss();
    session.demand(null, "Second.");
    expect(session.state.value.asking).toBeNull();
  });

  test("says so when a session has ended, even to whoever said not now before", async () => {
    session.demand(null, "First.");
    session.dismiss();
    await session.signIn("noc-shift-a", "right");
    session.demand("Bearer token-1", "Refused.");
    expect(session.state.value).toMatchObject({ signedIn: false, asking: "Your session has ended." });
  });

  test("does not end because of a refusal that was meant for the caller before", async () => {
    await session.signIn("noc-shift-a", "right");
    session.demand(null, "Late.");
    expect(session.state.value).toMatchObject({ signedIn: true, asking: null });
  });

  test("shows the token to nothing but the requests", async () => {
    await session.signIn("noc-shift-a", "right");
    expect(JSON.stringify(session.state.value)).not.toContain("token-1");
  });
});
