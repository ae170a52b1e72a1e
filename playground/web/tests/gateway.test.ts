import { describe, expect, test } from "vitest";
import { streamFailure } from "../src/transport/gateway";

const closed = (code: number, reason = "") => ({ code, reason });

describe("the end of a stream", () => {
  test("is a lost connection where the socket just closed", () => {
    expect(streamFailure(closed(1006), true).code).toBe("UNREACHABLE");
  });

  test("asks for a sign-in where the gateway did not take the caller", () => {
    expect(streamFailure(closed(4401), false).code).toBe("UNAUTHENTICATED");
  });

  test("only wants a new token where the old one had been taken", () => {
    expect(streamFailure(closed(4401), true).code).toBe("TOKEN_EXPIRED");
  });

  test("tells why the gateway forbids it", () => {
    expect(streamFailure(closed(4403, "Not from this site."), false)).toMatchObject({ code: "FORBIDDEN", message: "Not from this site." });
  });

  test("carries the code of an operation's own error", () => {
    const errors = [{ message: "Too old.", extensions: { code: "CURSOR_EXPIRED" } }];
    expect(streamFailure(errors, true)).toMatchObject({ code: "CURSOR_EXPIRED", message: "Too old." });
  });
});
