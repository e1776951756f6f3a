// The main job, end to end: sign up, three steps, bring in postings, see what fits and why, apply, watch it on two screens.

import assert from "node:assert/strict";
import { resolve } from "node:path";

import { stage } from "../support/stage.js";

const POSTINGS = resolve(import.meta.dirname, "../fixtures/greenhouse.json");
const ANN = { email: "ann@example.org", password: "four plain words here" };

async function addTag(page, label, text) {
  const box = page.getByRole("combobox", { name: label }).or(page.getByRole("textbox", { name: label }));
  await box.fill(text);
  await box.press("Enter");
}

async function signIn(person) {
  await person.open("/sign-in");
  await person.page.getByLabel("E-mail address").fill(ANN.email);
  await person.page.getByLabel("Password").fill(ANN.password);
  await person.page.getByRole("button", { name: "Sign in" }).click();
  await person.page.waitForURL("**/today");
  await person.hydrated();
}

stage("the main job", ({ test, server }) => {
  test("from sign-up to a live application on two screens", async ({ person }) => {
    const ann = await person("Ann");
    const { page } = ann;

    // Refused forms are part of the story.
    ann.watch.expect(/status of 422/);
    await ann.open("/sign-up");
    await ann.inspect("sign-up");
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByText("Please enter an e-mail address").waitFor();
    await page.getByText("Please use at least 8 characters.").waitFor();
    await page.getByLabel("Name").fill("Ann Example");
    await page.getByLabel("E-mail address").fill(ANN.email);
    await page.getByLabel("Password").fill(ANN.password);
    await page.getByRole("button", { name: "Create account" }).click();

    await page.waitForURL("**/welcome");
    await ann.hydrated();
    for (const skill of ["Python", "SQL", "PostgreSQL", "Data modeling"]) await addTag(page, "Skills", skill);
    await page.getByLabel("Experience").selectOption("senior");
    await ann.inspect("guide-1");
    await page.getByRole("button", { name: "Next: where" }).click();

    await page.waitForURL("**/welcome?step=2");
    await addTag(page, "Places", "Berlin, Germany");
    await ann.inspect("guide-2");
    await page.getByRole("button", { name: "Next: bring in jobs" }).click();

    await page.waitForURL("**/welcome?step=3");
    await ann.inspect("guide-3");
    await page.getByRole("link", { name: "Bring in jobs" }).first().click();
    await page.waitForURL("**/jobs/import");
    await ann.inspect("import");
    await page.setInputFiles("input[type=file]", POSTINGS);
    await page.getByRole("button", { name: "Read it" }).click();

    await page.waitForURL("**/jobs/import?read=*");
    await ann.hydrated();
    await page.getByText("4 new jobs").waitFor();
    await page.getByText("1 bad row").waitFor();
    await ann.inspect("import-preview");
    await page.getByRole("button", { name: "Take in 4 jobs" }).click();
    await page.getByText("4 jobs taken in").waitFor();

    await page.getByRole("link", { name: "See what fits" }).click();
    await page.getByRole("link", { name: "Senior Data Engineer" }).waitFor();
    const first = page.locator(".list .item").first();
    assert.match(await first.innerText(), /Senior Data Engineer/, "the best match comes first");
    await ann.inspect("jobs");
    await page.getByRole("link", { name: "Senior Data Engineer" }).click();
    await page.getByRole("heading", { level: 1, name: "Senior Data Engineer" }).waitFor();
    await page.getByText("of 50").first().waitFor();
    await page.getByText("Missing:").first().waitFor();
    await ann.inspect("job");

    await ann.open("/skills");
    await page.getByRole("heading", { name: "Missing, most asked for first" }).waitFor();
    await ann.inspect("skills");
    const before = Number(await page.locator(".gauge").first().innerText().then((text) => /\d+/.exec(text)[0]));
    const missing = page.locator(".item", { hasText: "Apache Airflow" });
    await missing.getByRole("button", { name: "I have this" }).click();
    await page.getByText("Apache Airflow is on your profile now.").waitFor();
    await missing.getByRole("button", { name: "I have this" }).waitFor({ state: "detached" });
    const after = Number(await page.locator(".gauge").first().innerText().then((text) => /\d+/.exec(text)[0]));
    assert.ok(after > before, `coverage ${before} then ${after}`);

    const desk = await person("Ann at her desk");
    await signIn(desk);
    await desk.page.getByRole("heading", { name: "Next steps" }).waitFor();
    assert.equal(await desk.page.locator("a.stat", { hasText: "Applications" }).locator(".big").innerText(), "0");

    await ann.open("/jobs");
    await page.getByRole("link", { name: "Senior Data Engineer" }).click();
    await page.getByRole("button", { name: "Apply", exact: true }).click();
    await desk.page.locator("a.stat", { hasText: "Applications" }).locator(".big", { hasText: "1" }).waitFor();
    await page.getByText("Applied. It is on your applications list now.").waitFor();
    await ann.open("/applications");
    await page.getByRole("link", { name: "Senior Data Engineer" }).waitFor();
    await ann.inspect("applications");
    await ann.open("/applications?view=table");
    await page.locator(".tracker-table select[name=stage]").first().waitFor();

    // The server goes away and comes back; the desk notices by itself and catches up.
    desk.watch.expect(/WebSocket|ERR_CONNECTION|Failed to fetch|Failed to load resource/);
    ann.watch.expect(/WebSocket|ERR_CONNECTION|Failed to fetch|Failed to load resource/);
    await server().restart();
    await page.locator(".tracker-table select[name=stage]").first().selectOption("interview");
    await desk.page.locator("a.stat", { hasText: "Interviews" }).locator(".big", { hasText: "1" }).waitFor();
    await desk.inspect("today");

    await ann.open("/alerts");
    await ann.inspect("alerts");
    await ann.open("/profile");
    await ann.inspect("profile");
    await ann.open("/jobs/new");
    await ann.inspect("job-new");

    // What the browser keeps says nothing about her, nor can a script read a cookie that does.
    const kept = await page.evaluate(async () => ({
      local: Object.keys(localStorage),
      session: Object.keys(sessionStorage),
      databases: (await indexedDB.databases()).map(({ name }) => name),
      worker: await new Promise((resolve) => {
        indexedDB.open("offline").onsuccess = ({ target: { result } }) => {
          const stores = result.transaction(["settings", "changes"]);
          const [settings, changes] = [stores.objectStore("settings").getAllKeys(), stores.objectStore("changes").getAll()];
          stores.oncomplete = () => resolve([settings.result, changes.result]);
        };
      }),
      cookies: document.cookie,
      files: (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))).flat(),
    }));
    assert.deepEqual(kept.local.filter((name) => !["theme", "recent", "single-keys"].includes(name)), []);
    assert.deepEqual([kept.session, kept.databases, kept.cookies], [[], ["offline"], ""]);
    // Whose device it is, by a number; no change waits.
    assert.deepEqual(kept.worker, [["who"], []]);
    for (const path of kept.files) assert.match(path, /^\/(pkg\/|apple-touch-icon\.|favicon\.|icon[-.]|offline[./]|notices\.js$|manifest\.webmanifest$)/, path);
  });

  test("a job that arrives over REST raises an alert on the open page", async ({ person, server }) => {
    const ann = await person("Ann");
    await signIn(ann);
    const login = await fetch(`${server.url}/api/v1/auth/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(ANN),
    });
    const { access_token: token } = await login.json();
    const created = await fetch(`${server.url}/api/v1/jobs`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({
        company: "Quiet Rivers", title: "Data Platform Engineer", location: "Berlin, Germany", experience_level: "senior",
        tech_stack: ["Python", "SQL", "PostgreSQL"],
      }),
    });
    assert.equal(created.status, 201);
    await ann.page.getByText("Data Platform Engineer at Quiet Rivers matches you").waitFor();
    await ann.page.locator(".rail .count", { hasText: /[1-9]/ }).first().waitFor();
  });

  test("forms work without any script", async ({ person }) => {
    const ann = await person("Ann", { javaScriptEnabled: false });
    const { page } = ann;
    ann.watch.expect(/status of 422/);
    await page.goto(`${server().url}/sign-in`);
    await page.getByLabel("E-mail address").fill(ANN.email);
    await page.getByLabel("Password").fill(ANN.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL("**/today");
    await page.goto(`${server().url}/jobs/new`);
    await page.getByLabel("Title").fill("Orchard keeper");
    await page.getByLabel("Link to the posting").fill("not a link");
    await page.getByRole("button", { name: "Add job" }).click();
    await page.getByText("Please name the company.").waitFor();
    assert.equal(await page.getByLabel("Title").inputValue(), "Orchard keeper", "what was typed is kept");
    await page.getByLabel("Company").fill("Apple & Sons");
    await page.getByLabel("Link to the posting").fill("");
    await page.getByRole("button", { name: "Add job" }).click();
    await page.getByRole("heading", { level: 1, name: "Orchard keeper" }).waitFor();
  });

  test("a deleted job can be brought back at once", async ({ person }) => {
    const ann = await person("Ann");
    await signIn(ann);
    // The open page asks for the job once more when it hears that something happened to it.
    ann.watch.expect(/status of 404 .*load_job/);
    await ann.open("/jobs?q=orchard");
    await ann.page.getByRole("link", { name: "Orchard keeper" }).click();
    await ann.page.getByRole("button", { name: "Delete Orchard keeper" }).click();
    await ann.page.getByText("Job deleted.").waitFor();
    await ann.page.getByRole("button", { name: "Undo" }).click();
    await ann.page.getByText("It is back.").waitFor();
    await ann.open("/jobs?q=orchard");
    await ann.page.getByRole("link", { name: "Orchard keeper" }).waitFor();
  });
});

stage("the demo", { args: ["--demo"] }, ({ test }) => {
  test("one click, and no page is empty", async ({ person }) => {
    const someone = await person();
    const { page } = someone;
    await someone.open("/");
    await page.getByRole("button", { name: "Look around as a demo user" }).click();
    await page.waitForURL("**/today");
    await someone.hydrated();
    for (const path of ["today", "jobs", "applications", "skills", "alerts", "profile"]) {
      await someone.open(`/${path}`);
      assert.equal(await page.locator(".empty").count(), 0, `${path} is empty`);
      await someone.inspect(`demo-${path}`);
    }
    await someone.open("/jobs");
    await page.locator(".list .item .item-title").first().click();
    await page.getByRole("heading", { name: "How it fits" }).waitFor();
    await someone.inspect("demo-job");
  });
});
