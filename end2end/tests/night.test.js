// A night: boards answer, what they have is read and compared, what fits is brought to the person and told in the morning's mail. Once
// all goes well; the other time every board has a fault first, and the server is killed in the middle.

import assert from "node:assert/strict";
import { after } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { signUp } from "../support/accounts.js";
import { Inbox } from "../support/inbox.js";
import { ADDRESSES, Internet } from "../support/internet.js";
import { stage } from "../support/stage.js";

const PASSWORD = "four plain words here";
/** One Senior Data Engineer of each board, five of the largest; two boards show the same one. */
const WANTED = 15;
/** What a server that was killed held is taken over after a minute. */
const PATIENCE = 120_000;

const inbox = await Inbox.open();
const internet = await Internet.open();
const rough = await Internet.open();
after(() => Promise.all([inbox.close(), internet.close(), rough.close()]));

/** Calls REST as the person of this page. */
const rest = (page, method, path, body) =>
  page.evaluate(
    async ([method, path, body]) => {
      const answer = await fetch(`/api/v1${path}`, { method, headers: { "content-type": "application/json" }, body: body && JSON.stringify(body) });
      return { status: answer.status, ...(await answer.json().catch(() => ({}))) };
    },
    [method, path, body],
  );

/** Waits until something is so, or says what it was at last. */
async function until(what, look, patience = PATIENCE) {
  let seen;
  for (const start = Date.now(); Date.now() - start < patience; await sleep(250)) {
    seen = await look().catch((error) => error);
    if (seen === true) return;
  }
  assert.fail(`${what}: ${JSON.stringify(seen)}`);
}

/** A person with a confirmed address, a profile, a search, and the morning's mail. */
async function searcher(person, email) {
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
  await until("the mail is wanted", async () => (await rest(page, "GET", "/briefings/settings")).morning === true, 10_000);
  await ann.inspect("briefings-none");
  return ann;
}

/** Chooses every source: the first on its page, the others as a program does. */
async function choose(ann) {
  const { page } = ann;
  await ann.open("/jobs/sources");
  const [first, ...others] = ADDRESSES;
  await page.getByLabel("Company, board, feed or page").fill(first);
  await page.getByLabel("Company, board, feed or page").press("Enter");
  await until("the first is chosen", async () => (await rest(page, "GET", "/sources")).items.some(({ source }) => source.label.includes("Green")), 20_000);
  for (const what of others) {
    const { status, ...said } = await rest(page, "POST", "/sources", { what });
    assert.equal(status, 201, `${what}: ${JSON.stringify(said)}`);
  }
}

const jobs = async (page) => (await rest(page, "GET", "/jobs?per_page=100")).items;

/** Every job once, and the morning's mail once with the best of them. */
async function morning(ann, email, server) {
  const { page } = ann;
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
  await until("the morning's mail", async () => inbox.count(email, server.url) === 1, 30_000);
  const mail = inbox.last(email, server.url);
  assert.match(mail, /Senior Data Engineer/);
  assert.match(mail, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
  // Not twice, however often it is asked for.
  ann.watch.expect(/status of 409/);
  await page.getByRole("button", { name: "Begin now" }).click();
  await page.getByText("It was begun today already").first().waitFor();
  await sleep(1_000);
  assert.equal(inbox.count(email, server.url), 1);

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

stage("a quiet night", { env: { ...inbox.env, ...internet.env } }, ({ test }) => {
  test("what boards have is found, brought once and told in the morning", async ({ person, server }) => {
    const email = "ann@example.org";
    const ann = await searcher(person, email);
    const { page } = ann;
    await choose(ann);
    // Jobs arrive on the open page by themselves.
    await ann.open("/jobs");
    await page.getByText("Senior Data Engineer").first().waitFor({ timeout: PATIENCE });
    await until("all arrived", async () => (await jobs(page)).length >= WANTED || (await jobs(page)).length);
    await ann.open("/jobs/sources");
    await ann.inspect("sources-visited");
    await morning(ann, email, server);

    // The one that two boards have says so, and why.
    const green = (await jobs(page)).find(({ company }) => company === "Green Works");
    await ann.open(`/jobs/${green.id}`);
    await page.getByRole("heading", { name: "Where it is shown" }).waitFor();
    await page.getByText("Remotive", { exact: true }).waitFor();
    await ann.inspect("job-opening");
    await ann.open("/jobs/searches");
    await page.getByText("Next job").first().waitFor();
    await ann.inspect("searches");
  });
});

stage("a rough night", { env: { ...inbox.env, ...rough.env } }, ({ test }) => {
  test("every board has a fault and the server is killed, and nothing is lost or told twice", async ({ person, server }) => {
    const email = "ann@example.net";
    const ann = await searcher(person, email);
    const { page } = ann;
    rough.trouble();
    await choose(ann);
    await until("the first visits", async () => rough.asked.size >= 5 || rough.asked.size, 30_000);
    ann.watch.expect(/ERR_CONNECTION_REFUSED|WebSocket|Failed to fetch|status of 50/);
    await server.kill();
    await server.again();
    await ann.open("/admin/sources");
    // Whatever is in trouble is tried again at once instead of in its time.
    await until("all arrived", async () => {
      const found = (await jobs(page)).length;
      if (found >= WANTED) return true;
      const sources = await page.evaluate(() => fetch("/api/list_sources", { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" } }).then((answer) => answer.json()));
      for (const { id, succeeded_at } of sources) {
        if (!succeeded_at) {
          await page.evaluate((id) => fetch("/api/retry_source", { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body: `id=${id}` }), id);
        }
      }
      await sleep(2_000);
      return { found, without: sources.filter(({ succeeded_at }) => !succeeded_at).map(({ label, last_error }) => `${label}: ${last_error}`) };
    });
    await ann.open("/admin/sources");
    await ann.inspect("admin-sources");
    await morning(ann, email, server);
  });
});
