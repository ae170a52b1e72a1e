/** The playground as a person uses it, in a real browser against a running gateway. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axeViolations, launch, openPage, screenshot } from "./browser.mjs";
import { account, postAlarm, startGateway, startGuardedGateway } from "./gateway.mjs";
import { startRelay } from "./relay.mjs";

// The code editor and the tabs of GraphiQL are not ours to colour and to nest.
const NOT_OURS = [[".monaco-editor"], [".graphiql-tab"]];

let browser;
let gateway;

before(async () => {
  [browser, gateway] = await Promise.all([launch(), startGateway()]);
});

after(async () => {
  await browser?.close();
  await gateway?.stop();
});

async function onPage(hash, options, run) {
  const { page, complaints } = await openPage(browser, `${gateway.url}${hash}`, options);
  try {
    await run(page);
    assert.deepEqual(complaints, []);
  } finally {
    await page.context().close();
  }
}

const uniqueTitle = (what) => `${what} ${Date.now().toString(36)}`;
const rowOf = (page, title) => page.getByRole("row").filter({ hasText: title });

/** Milliseconds that the page's thread worked, which a busy machine does not stretch as it stretches the clock. */
async function workOf(page, run) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const taskSeconds = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration").value;
  };
  const before = await taskSeconds();
  await run();
  return ((await taskSeconds()) - before) * 1000;
}

async function wholeSnapshot(page) {
  const shown = () => page.getByText(/[\d,]+ shown/).textContent();
  for (let before = ""; before !== (await shown()); await page.waitForTimeout(1000)) before = await shown();
}

async function liveBoard(page) {
  await page.getByText("Live", { exact: true }).waitFor();
}

test("an example runs and shows what it cost", async () => {
  await onPage("#/explore", {}, async (page) => {
    await page.getByRole("button", { name: /The same person in all systems/ }).click();
    await page.getByRole("tab", { name: "SamePersonInAllSystems" }).waitFor();
    await page.getByRole("button", { name: /Execute query/ }).click();
    await page.locator(".graphiql-response").getByText("noc-shift-a").first().waitFor();
    await page.getByRole("region", { name: "Upstream calls" }).getByText("idaas").first().waitFor();
    assert.deepEqual(await axeViolations(page, NOT_OURS), []);
    await screenshot(page, "explore-light");
  });
});

test("the schema can be read", async () => {
  await onPage("#/explore", { colorScheme: "dark" }, async (page) => {
    await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
    await page.getByText("A GraphQL schema provides").or(page.getByText("Root Types")).first().waitFor();
    await page.locator(".monaco-editor .view-line").first().waitFor();
    await screenshot(page, "explore-schema-dark");
  });
});

test("a subscription in the editor brings events", async () => {
  await onPage("#/explore", {}, async (page) => {
    await page.getByRole("button", { name: /Watch alarms as they happen/ }).click();
    await page.getByRole("tab", { name: "WatchAlarms" }).waitFor();
    await page.getByRole("button", { name: /Execute query/ }).click();
    await page.locator(".graphiql-response").getByText('"cursor"').first().waitFor();
  });
});

test("an alarm arrives, is acknowledged, and goes off the board of unacknowledged ones", async () => {
  const title = uniqueTitle("Cell is silent");
  await onPage(`#/alarms?state=UNACKNOWLEDGED&text=${title}`, {}, async (page) => {
    await liveBoard(page);
    await postAlarm(gateway.url, title);
    await rowOf(page, title).click();
    await page.getByRole("complementary").getByText("Raised", { exact: true }).last().waitFor();
    await page.getByRole("toolbar").getByRole("button", { name: "Acknowledge" }).click();
    await rowOf(page, title).waitFor({ state: "detached" });
    await page.getByText(/Acknowledged by \S+: critical “Cell is silent/).waitFor();
  });
});

test("the board works by keyboard alone", async () => {
  const title = uniqueTitle("Key by key");
  await onPage("#/alarms", {}, async (page) => {
    await liveBoard(page);
    await postAlarm(gateway.url, title);
    await page.getByRole("searchbox").fill(title);
    await page.getByText("1 shown").waitFor();
    await page.getByRole("grid").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("complementary").waitFor();
    await page.keyboard.press("c");
    await page.getByRole("textbox", { name: "Comment" }).fill("Looked at it.");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("complementary").getByText("Looked at it.").waitFor();
    await page.keyboard.press("s");
    await page.getByRole("dialog").getByRole("button", { name: "Shelve" }).press("Enter");
    await page.getByText("0 shown").waitFor();
    await page.getByRole("combobox", { name: "State" }).selectOption("SHELVED");
    await rowOf(page, title).getByText(/Shelved by/).waitFor();
  });
});

test("thousands of alarms scroll with few rows drawn", async () => {
  await onPage("#/alarms", {}, async (page) => {
    await liveBoard(page);
    await wholeSnapshot(page);
    await page.getByRole("grid").focus();
    await page.keyboard.press("End");
    await page.locator("[role=row].active").waitFor();
    assert.ok((await page.getByRole("row").count()) < 120);
    const frames = 60;
    const work = await workOf(page, () =>
      page.evaluate(async (count) => {
        const grid = document.querySelector("[role=grid]");
        for (let frame = 0; frame < count; frame += 1) {
          grid.scrollTop = frame * 10 * 34;
          await new Promise(requestAnimationFrame);
        }
      }, frames),
    );
    // Less than two frames of a screen, on a machine that is busy with other things.
    assert.ok(work / frames < 33, `a frame takes ${work / frames} ms of the page's thread`);
  });
});

test("the board says that the server is lost, resumes, and has what it missed", async () => {
  const relay = await startRelay(gateway.url);
  const cut = uniqueTitle("cut");
  const [before, meanwhile] = [`Before the ${cut}`, `During the ${cut}`];
  const { page } = await openPage(browser, `${relay.url}#/alarms?text=${cut}`);
  try {
    await liveBoard(page);
    await postAlarm(gateway.url, before);
    await rowOf(page, before).waitFor();
    relay.cut();
    await page.getByText(/Connection lost at/).waitFor();
    await screenshot(page, "alarms-lost-light");
    await postAlarm(gateway.url, meanwhile);
    await relay.mend();
    await page.getByText(/resumed at the last alarm seen and caught up \d+ change/).waitFor();
    await rowOf(page, meanwhile).waitFor();
    assert.equal(await rowOf(page, before).count(), 1);
  } finally {
    await page.context().close();
    relay.cut();
  }
});

for (const colorScheme of ["light", "dark"]) {
  test(`alarms and systems pass axe in the ${colorScheme} theme`, async () => {
    await onPage("#/alarms", { colorScheme }, async (page) => {
      await liveBoard(page);
      await page.getByRole("row").nth(3).click();
      await page.getByRole("complementary").getByText("History").waitFor();
      await page.keyboard.press("Space");
      await page.getByText("1 selected").waitFor();
      assert.deepEqual(await axeViolations(page), []);
      await screenshot(page, `alarms-${colorScheme}`);

      await page.getByRole("toolbar").getByRole("button", { name: "Shelve", exact: true }).click();
      await page.getByRole("dialog").waitFor();
      assert.deepEqual(await axeViolations(page), []);
      await page.keyboard.press("Escape");

      await page.getByRole("link", { name: "Systems", exact: true }).click();
      await page.getByRole("heading", { name: "What comes from where" }).waitFor();
      assert.deepEqual(await axeViolations(page), []);
      await screenshot(page, `systems-${colorScheme}`);
    });
  });
}

test("the theme follows the switch", async () => {
  await onPage("#/systems", { colorScheme: "light" }, async (page) => {
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await ground();
    await page.getByRole("button", { name: "Theme: as the system" }).click();
    await page.getByRole("button", { name: "Theme: light" }).click();
    await page.getByRole("button", { name: "Theme: dark" }).waitFor();
    assert.notEqual(await ground(), light);
  });
});

test("a gateway that wants a token shows its alarms after the sign-in, and forgets the person after the sign-out", async () => {
  const guarded = await startGuardedGateway();
  const { page, complaints } = await openPage(browser, `${guarded.url}#/alarms`);
  try {
    await page.getByRole("dialog", { name: "Sign in" }).waitFor();
    assert.deepEqual(await axeViolations(page), []);
    await screenshot(page, "sign-in-light");
    await signIn(page, "not the password");
    await page.getByRole("dialog").getByRole("alert").waitFor();
    await signIn(page, account.password);
    await liveBoard(page);
    await page.getByRole("row").nth(2).waitFor();
    const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage, cookies: document.cookie }));
    assert.doesNotMatch(stored, /token|bearer/i);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("dialog", { name: "Sign in" }).waitFor();
    await page.getByText("0 shown").waitFor();
    await signIn(page, account.password);
    await liveBoard(page);
    await page.reload();
    await page.getByRole("dialog", { name: "Sign in" }).waitFor();
    assert.deepEqual(complaints, []);
  } finally {
    await page.context().close();
    await guarded.stop();
  }
});

async function signIn(page, password) {
  await page.getByRole("textbox", { name: "User name" }).fill(account.username);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("dialog").getByRole("button", { name: "Sign in" }).click();
}
