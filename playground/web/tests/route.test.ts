import { describe, expect, test } from "vitest";
import { parseRoute, routeHash } from "../src/app/route";
import { httpEndpoint, socketEndpoint } from "../src/transport/endpoint";

describe("the page's address", () => {
  test("names the page and its filter", () => {
    const { page, search } = parseRoute("#/alarms?state=SHELVED");
    expect([page, search.get("state")]).toEqual(["alarms", "SHELVED"]);
  });

  test("opens Explore where it names no page", () => {
    expect(parseRoute("").page).toBe("explore");
    expect(parseRoute("#/elsewhere").page).toBe("explore");
  });

  test("comes back as it went in", () => {
    expect(routeHash("alarms", parseRoute("#/alarms?text=a%26b").search)).toBe("#/alarms?text=a%26b");
  });
});

describe("the gateway's address", () => {
  test("is found beside the page, also below a prefix", () => {
    expect(httpEndpoint("https://ems.example/core/#/alarms")).toBe("https://ems.example/core/graphql");
    expect(socketEndpoint("http://127.0.0.1:8000/")).toBe("ws://127.0.0.1:8000/graphql");
  });
});
