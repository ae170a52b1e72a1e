import { describe, expect, test } from "vitest";
import { withoutSecrets } from "../src/explore/storage";

const LOGIN = 'mutation { login(username: "noc-shift-a", password: "sandbox") { accessToken } }';
const HARMLESS = "query WhoAmI { viewer { username } }";

describe("what the editor remembers", () => {
  test("is the tabs and the history as they are", () => {
    const tabs = JSON.stringify({ tabs: [{ query: HARMLESS, variables: '{"first": 5}' }], activeTabIndex: 0 });
    expect(withoutSecrets(tabs)).toBe(tabs);
  });

  test("has no headers, which may carry a token", () => {
    const history = JSON.stringify({ queries: [{ query: HARMLESS, headers: '{"Authorization": "Bearer abc"}' }] });
    expect(withoutSecrets(history)).toBe(JSON.stringify({ queries: [{ query: HARMLESS, headers: null }] }));
  });

  test("has no past operation with a password in it", () => {
    const history = JSON.stringify({ queries: [{ query: LOGIN }, { query: HARMLESS, variables: '{"input": {"ki": "00"}}' }, { query: HARMLESS }] });
    expect(withoutSecrets(history)).toBe(JSON.stringify({ queries: [{ query: HARMLESS }] }));
  });

  test("keeps a tab's place, without the password in it", () => {
    const tabs = JSON.stringify({ tabs: [{ query: LOGIN }, { query: HARMLESS }], activeTabIndex: 1 });
    expect(withoutSecrets(tabs)).toBe(JSON.stringify({ tabs: [{ query: "" }, { query: HARMLESS }], activeTabIndex: 1 }));
  });

  test("has no variables with a secret in them", () => {
    expect(withoutSecrets('{"clientSecret": "sandbox"}')).toBe("");
    expect(withoutSecrets(LOGIN)).toBe("");
  });

  test("may ask for fields that are named like secrets", () => {
    const query = "mutation Renew($t: String!) { refreshSession(refreshToken: $t) { accessToken } }";
    expect(withoutSecrets(query)).toBe(query);
  });
});
