// What both nights have: a person who searches, the sources they choose, and what is there in the morning.

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import { signUp } from "./accounts.js";
import { ADDRESSES } from "./internet.js";

const PASSWORD = "four plain words here";
/**
 * One Senior Data Engineer of each board, three of the largest; two boards show the same one. Two more are in Berlin, and a new search
 * begins with the places of the profile.
 */
export const WANTED = 13;
/** What a server that was killed held is taken over after a minute. */
const PATIENCE = 120_000;

/** Calls REST as the person of this page. */
export const rest = (page, method, path, body) =>
  page.evaluate(
    async ([method, path, body]) => {
      const answer = await fetch(`/api/v1${path}`, { method, headers: { "content-type": "application/json" }, body: body && JSON.stringify(body) });
      return { status: answer.status, ...(await answer.json().catch(() => ({}))) };
    },
    [method, path, body],
  );

/** Waits until something is so, or says what it was at last. */
export async function until(what, look, patience = PATIENCE) {
  let seen;
  for (const start = Date.now(); Date.now() - start < patience; await sleep(250)) {
    seen = await look().catch((error) => error);
    if (seen === true) return;
  }
  assert.fail(`${what}: ${JSON.stringify(seen)}`);
}

/** A person with a confirmed address, a profile, a search, and the morning's mail. */
export async function searcher(person, inbox, email) {
  const ann = await person("Ann");
  const { page } = ann;
  await signUp(ann, { email, password: PASSWORD });
  await page.goto(await inbox.link(email, "Confirm your e-mail address"));
  await ann.hydrated();
  await page.getByRole("button", { name: "Confirm the address" }).click();
  await page.waitForURL("**/verify?done=yes");
  const profile = { skills: ["Python", "SQL", "Docker"], preferred_locations: ["Lyon, France"], experience_level: "senior", remote: "any", match_threshold: 60, time_zone: "Europe/Berlin" };
  assert.equal((await rest(page, "PUT", "/profile", profile)).status, 200);
  await ann.open("/jobs/searches/new");
  const form = page.getByRole("main");
  await form.getByLabel("Name", { exact: true }).fill("Next job");
  await form.getByRole("combobox", { name: "Titles" }).fill("Data Engineer");
  await form.getByRole("combobox", { name: "Titles" }).press("Enter");
  await ann.inspect("search-new");
  await form.getByRole("button", { name: "Save" }).click();
  await page.waitForURL((url) => !url.pathname.endsWith("/new"));
  await ann.open("/briefings");
  await page.getByLabel("Morning briefing").check();
  await page.getByRole("button", { name: "Save" }).click();
  await until("the mail is wanted", async () => (await rest(page, "GET", "/briefings/settings")).morning === true);
  await ann.inspect("briefings-none");
  return ann;
}

/** Chooses every source: the first on its page, the others as a program does. */
export async function choose(ann) {
  const { page } = ann;
  await ann.open("/jobs/sources");
  const [first, ...others] = ADDRESSES;
  await page.getByLabel("Company, board, feed or page").fill(first);
  await page.getByLabel("Company, board, feed or page").press("Enter");
  await until("the first is chosen", async () => (await rest(page, "GET", "/sources")).items.some(({ source }) => source.label.includes("Green")));
  for (const what of others) {
    const { status, ...said } = await rest(page, "POST", "/sources", { what });
    assert.equal(status, 201, `${what}: ${JSON.stringify(said)}`);
  }
}

export const jobs = async (page) => (await rest(page, "GET", "/jobs?per_page=100")).items;

/** Every job once, and the morning's mail once with the best of them. */
export async function morning(ann, inbox, email) {
  const { page } = ann;
  const site = ann.server().url;
  const all = await jobs(page);
  assert.equal(all.length, WANTED, all.map(({ title, company, source }) => `${title}, ${company}, ${source}`).join("\n"));
  assert.equal(new Set(all.map(({ url }) => url)).size, WANTED);
  const alerts = (await rest(page, "GET", "/alerts")).items;
  assert.equal(new Set(alerts.map(({ job_id }) => job_id)).size, alerts.length, "one alert each");
  assert.ok(alerts.length > 0);

  await ann.open("/admin/work");
  await ann.inspect("admin-work");
  await page.getByLabel("What to begin before its time today").selectOption("morning");
  await page.getByRole("button", { name: "Begin now" }).click();
  await page.getByText("It begins.").waitFor();
  await until("the morning's mail", async () => inbox.count(email, site) === 1);
  const mail = inbox.last(email, site);
  assert.match(mail, /Senior Data Engineer/);
  assert.match(mail, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
  // Not twice, however often it is asked for.
  ann.watch.expect(/status of 409/);
  await page.getByRole("button", { name: "Begin now" }).click();
  await page.getByText("It was begun today already").first().waitFor();
  await sleep(1_000);
  assert.equal(inbox.count(email, site), 1);

  await ann.open("/briefings");
  await page.locator("main a.item-title").first().click();
  await page.waitForURL("**/briefings/*-*");
  await page.getByText("Senior Data Engineer").first().waitFor();
  await ann.inspect("briefing-morning");
  await ann.open("/alerts");
  await page.getByText("Found by the search").first().waitFor();
  await ann.inspect("alerts-of-the-night");

  // One click in the mail program ends it; no session is asked for.
  const address = mail.match(/^List-Unsubscribe: <([^>]+)>/m)[1];
  const clicked = await fetch(address, { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body: "List-Unsubscribe=One-Click" });
  assert.ok(clicked.status < 300, `${clicked.status}`);
  assert.equal((await rest(page, "GET", "/briefings/settings")).morning, false);
}

