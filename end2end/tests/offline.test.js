// On a train: pages that were looked at can be read, what is changed waits, and nothing is overwritten when the network is back.

import assert from "node:assert/strict";
import { after } from "node:test";

import { Line } from "../support/line.js";
import { stage } from "../support/stage.js";

stage("without a network", { args: ["--demo"] }, ({ test }) => {
  const AWAY = /ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_SOCKET|ERR_FAILED|WebSocket/;
  const lines = new Map();
  after(() => Promise.all([...lines.values()].map((line) => line.remove())));

  /** One who reaches the server by a line of their own. */
  async function traveller(person, server, name) {
    const someone = await person(name);
    const line = await Line.to(server.port);
    lines.set(someone, line);
    someone.server = () => line;
    return someone;
  }

  /** Looks around as the demo person, with the worker at hand. */
  async function enter(someone) {
    await someone.open("/");
    await someone.page.getByRole("button", { name: "Look around as a demo user" }).click();
    await someone.page.waitForURL("**/today");
    await someone.hydrated();
    await someone.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  }

  /** Has the pages that are looked at kept here. */
  async function keep(someone) {
    await someone.open("/offline");
    await someone.page.getByRole("button", { name: "Keep pages here", exact: true }).click();
    await keeps(someone.page, "/offline");
  }

  /** The addresses of the pages this device keeps. */
  const kept = (page) =>
    page.evaluate(async () => {
      const names = (await caches.keys()).filter((name) => name.startsWith("pages-"));
      const pages = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)));
      return pages.flat();
    });

  async function keeps(page, path) {
    await page.waitForFunction(async (path) => {
      for (const name of await caches.keys()) {
        if (name.startsWith("pages-") && (await (await caches.open(name)).match(path))) return true;
      }
      return false;
    }, path);
  }

  async function away(someone) {
    someone.watch.expect(AWAY);
    await lines.get(someone).cut();
  }

  const back = (someone) => lines.get(someone).mend();
  const bar = (page) => page.locator(".offline-bar");

  /** Writes the notes of the application that is shown. */
  async function write(page, text) {
    const notes = page.locator("section.card", { has: page.getByRole("heading", { name: "Notes" }) });
    await notes.locator("summary").click();
    await notes.getByRole("textbox", { name: "Notes" }).fill(text);
    await notes.getByRole("button", { name: "Save" }).click();
  }

  test("a card is moved on the train, waits, and is sent", async ({ person, server }) => {
    const [train, home] = [await traveller(person, server, "On the train"), await person("At home")];
    await enter(train);
    await enter(home);
    await keep(train);
    await train.open("/applications");
    await keeps(train.page, "/applications");
    await home.open("/applications");
    await away(train);

    // It can be opened anew, and says from when it is.
    await train.open("/applications");
    await bar(train.page).getByText(/No network. This page is as it was on/).waitFor();
    const column = (page, name) => page.locator(".column", { has: page.getByRole("heading", { name, exact: true }) });
    const id = await column(train.page, "Interested").locator(".card-item").first().getAttribute("id");
    await train.page.locator(`#${id} a`).first().focus();
    await train.press("Shift+ArrowRight");
    const moved = column(train.page, "Applied").locator(`#${id}`);
    await moved.getByText("Not sent yet").waitFor();
    await train.inspect("board-without-network");
    await bar(train.page).getByRole("link", { name: "1 change waits" }).click();
    await train.page.waitForURL("**/offline");
    await train.hydrated();
    await train.page.getByText("Moved to another stage").waitFor();
    await train.inspect("waiting-changes");
    assert.equal(await column(home.page, "Applied").locator(`#${id}`).count(), 0);

    await back(train);
    await train.page.getByText("Everything is sent").waitFor();
    await column(home.page, "Applied").locator(`#${id}`).waitFor();
    await bar(train.page).getByText("No network").waitFor({ state: "detached" });
  });

  test("notes written at two places are both shown, and the person decides", async ({ person, server }) => {
    const [train, home] = [await traveller(person, server, "On the train"), await person("At home")];
    await enter(train);
    await enter(home);
    await keep(train);
    await train.open("/applications");
    const href = await train.page.locator(".card-item .item-title").nth(3).getAttribute("href");
    await train.open(href);
    await keeps(train.page, href);
    await home.open(href);

    await away(train);
    await write(train.page, "Written on the train");
    await bar(train.page).getByRole("link", { name: "1 change waits" }).waitFor();
    await train.page.getByText("Not sent yet").waitFor();
    // The page stays as it was: it does not become an error because it cannot be loaded again.
    await train.page.getByRole("heading", { name: "Notes" }).waitFor();
    await write(home.page, "Written at home");
    await home.page.locator(".prose", { hasText: "Written at home" }).waitFor();

    await back(train);
    await bar(train.page).getByRole("link", { name: "1 change needs" }).click();
    await train.page.waitForURL("**/offline");
    const row = train.page.getByRole("row", { name: /Notes/ });
    await row.getByText("Written on the train").waitFor();
    await row.getByText("Written at home").waitFor();
    await train.inspect("conflict");
    await home.page.locator(".prose", { hasText: "Written at home" }).waitFor();

    await train.page.getByRole("button", { name: "Use yours" }).click();
    await train.page.getByText("Everything is sent").waitFor();
    await home.page.locator(".prose", { hasText: "Written on the train" }).waitFor();

    // And the other way round.
    await train.open(href);
    await away(train);
    await write(train.page, "A second thought");
    await bar(train.page).getByRole("link", { name: "1 change waits" }).waitFor();
    await home.open(href);
    await write(home.page, "Final");
    await home.page.locator(".prose", { hasText: "Final" }).waitFor();
    await back(train);
    await bar(train.page).getByRole("link", { name: "1 change needs" }).click();
    await train.page.waitForURL("**/offline");
    await train.page.getByRole("button", { name: "Keep it as it is now" }).click();
    await train.page.getByRole("button", { name: /Really/ }).click();
    await train.page.getByText("Everything is sent").waitFor();
    await home.open(href);
    await home.page.locator(".prose", { hasText: "Final" }).waitFor();
  });

  test("what is kept goes with the person, and is not kept where they say so", async ({ person, server }) => {
    const someone = await traveller(person, server);
    const { page } = someone;
    await enter(someone);
    await someone.open("/applications");
    assert.deepEqual(await kept(page), [], "a browser keeps nothing unasked");
    await keep(someone);
    await someone.open("/applications");
    await keeps(page, "/applications");
    await someone.open("/account");
    assert.ok(!(await kept(page)).some((path) => path.startsWith("/account")), "nothing about the account is kept");

    await someone.open("/offline");
    await page.getByRole("button", { name: "Do not keep pages here" }).click();
    await page.getByRole("button", { name: "Keep pages here", exact: true }).waitFor();
    assert.deepEqual(await kept(page), []);
    await keep(someone);
    await keeps(page, "/applications");

    await page.locator(".rail-foot").getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL((url) => ["/", "/sign-in"].includes(url.pathname));
    await someone.hydrated();
    assert.deepEqual(await kept(page), []);
    await away(someone);
    const response = await page.goto(`${someone.server().url}/applications`);
    assert.ok(response.fromServiceWorker());
    assert.match(await page.title(), /offline/i);
  });
});
