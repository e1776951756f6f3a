// The states that the main job does not pass through: refused, wrong, over. And the main path with the keyboard alone.

import assert from "node:assert/strict";
import { resolve } from "node:path";

import { signIn } from "../support/accounts.js";
import { stage } from "../support/stage.js";

const POSTINGS = resolve(import.meta.dirname, "../fixtures/greenhouse.json");
const BEA = { email: "bea@example.org", password: "four other plain words" };
const NOWHERE = "00000000-0000-7000-8000-000000000000";

stage("pages off the main path", ({ test, server }) => {
  test("refused at the door, then let in", async ({ person }) => {
    const bea = await person("Bea");
    const { page } = bea;
    bea.watch.expect(/status of (401|422)/);
    await bea.open("/sign-in");
    await bea.inspect("sign-in");
    await page.getByLabel("E-mail address").fill(BEA.email);
    await page.getByLabel("Password").fill("not the right words");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("The e-mail address or the password is not right.").waitFor();
    await bea.inspect("sign-in-refused");

    await page.getByRole("link", { name: "Create an account" }).click();
    // The page before has fields of the same names.
    await page.getByRole("heading", { level: 1, name: "Create your account" }).waitFor();
    await page.getByLabel("E-mail address").fill("bea at home");
    await page.getByLabel("Password").fill("short");
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByText("Please use at least 8 characters.").waitFor();
    assert.equal(await page.getByLabel("E-mail address").inputValue(), "bea at home", "what was typed is kept");
    assert.equal(await page.evaluate(() => document.activeElement.name), "email", "the focus is at what is wrong first");
    await bea.inspect("sign-up-refused");

    await page.getByLabel("E-mail address").fill(BEA.email);
    await page.getByLabel("Password").fill(BEA.password);
    await page.getByRole("button", { name: "Create account" }).click();
    await page.waitForURL("**/welcome");
  });

  test("what is not there says so, and leads on", async ({ person }) => {
    const bea = await person("Bea");
    bea.watch.expect(/status of 404/);
    const response = await bea.open("/no/such/page");
    assert.equal(response.status(), 404);
    await bea.page.getByRole("heading", { level: 1, name: "There is nothing here" }).waitFor();
    await bea.inspect("not-found");
    await signIn(bea, BEA);
    for (const path of [`/jobs/${NOWHERE}`, `/jobs/${NOWHERE}/edit`]) {
      assert.equal((await bea.open(path)).status(), 404, path);
      await bea.page.getByText("This job is not here").waitFor();
      await bea.page.getByRole("heading", { level: 1 }).waitFor();
      await bea.page.getByRole("link", { name: "All jobs" }).waitFor();
    }
    await bea.inspect("job-not-found");
  });

  test("an import is over, and one of its jobs is put right", async ({ person }) => {
    const bea = await person("Bea");
    const { page } = bea;
    bea.watch.expect(/status of 422/);
    await signIn(bea, BEA);
    await bea.open("/jobs/import");
    await page.setInputFiles("input[type=file]", POSTINGS);
    await page.getByRole("button", { name: "Read it" }).click();
    await page.waitForURL("**/jobs/import?read=*");
    await bea.hydrated();
    await page.getByRole("button", { name: "Take in 4 jobs" }).click();
    await page.getByText("4 jobs taken in").waitFor();
    await page.getByText("0 duplicates and 1 bad row were left out.").waitFor();
    await bea.inspect("import-finished");

    await page.getByRole("link", { name: "See what fits" }).click();
    await page.getByRole("link", { name: "Data Analyst" }).click();
    await page.getByRole("link", { name: "Edit" }).click();
    await page.getByRole("heading", { level: 1, name: "Edit job" }).waitFor();
    assert.equal(await page.getByLabel("Title").inputValue(), "Data Analyst");
    // Words that do not break anywhere by themselves.
    await page.getByLabel("Title").fill("Obstgartenbewässerungsdatenauswertungsbeauftragte");
    await page.getByLabel("Company").fill("Zwetschgenmarmeladenabfüllanlagenbetriebsgesellschaft");
    await bea.inspect("job-edit");
    await page.getByLabel("Link to the posting").fill("not a link");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Please enter a full link").waitFor();
    await bea.inspect("job-edit-refused");
    await page.getByLabel("Link to the posting").fill("");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { level: 1, name: /^Obstgarten/ }).waitFor();
    await page.locator(".page-head .badge", { hasText: "greenhouse" }).waitFor();
    await bea.inspect("job-long-names");
    await bea.open("/jobs");
    await bea.inspect("jobs-long-names");
  });

  test("a page that cannot be fetched says so, and comes when it can", async ({ person }) => {
    const bea = await person("Bea", { serviceWorkers: "block" });
    const { page } = bea;
    await signIn(bea, BEA);
    bea.watch.expect(/split_jobs|ERR_FAILED|Failed to fetch/);
    await page.route(/split_jobs\.wasm/, (route) => route.abort());
    await page.getByRole("link", { name: "Jobs", exact: true }).first().click();
    await page.getByText("This page could not be loaded.").waitFor();
    await bea.inspect("not-loaded");
    await page.unroute(/split_jobs\.wasm/);
    await page.getByRole("link", { name: "Try again" }).click();
    await page.getByRole("heading", { level: 1, name: "Jobs" }).waitFor();
  });

  test("on a phone one can sign out and choose the colours", async ({ person }) => {
    const bea = await person("Bea", { viewport: { width: 360, height: 740 } });
    const { page } = bea;
    await signIn(bea, BEA);
    await page.getByRole("button", { name: "Account" }).click();
    // The label over the picture takes the click.
    await page.locator("#account-menu label", { hasText: "Dark" }).click();
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
    await page.getByRole("button", { name: "Account" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL(`${server().url}/`);
  });

  test("the API can be read", async ({ person, server }) => {
    const reader = await person("a reader");
    const response = await reader.page.goto(`${server.url}/api/docs`);
    assert.equal(response.status(), 200);
    await reader.page.getByRole("heading", { level: 1, name: "The API" }).waitFor();
    assert.ok((await reader.page.locator("section.card").count()) > 20);
    await reader.inspect("api-docs");
  });

  test("the offline page keeps its looks when it is asked for again", async ({ person, server }) => {
    const someone = await person();
    for (const time of ["first", "second"]) {
      await someone.page.goto(`${server.url}/offline.html`);
      const padding = await someone.page.locator("main").evaluate((main) => getComputedStyle(main).paddingTop);
      assert.equal(padding, "32px", `the ${time} time`);
    }
    await someone.inspect("offline");
  });
});

stage("the keyboard alone", { args: ["--demo"] }, ({ test }) => {
  test("in, past the navigation, to a job, apply, delete and undo", async ({ person }) => {
    const someone = await person();
    const { page } = someone;
    someone.watch.expect(/status of 404 .*load_job/);
    const main = page.locator("#main");
    const holds = (locator) => locator.evaluate((element) => element === document.activeElement);
    await someone.open("/");
    await someone.tabTo(page.getByRole("button", { name: "Look around as a demo user" }));
    await someone.press("Enter");
    await page.waitForURL("**/today");
    await someone.hydrated();

    await someone.tabTo(page.getByRole("link", { name: "Skip to content" }), 1);
    await someone.press("Enter");
    assert.ok(await holds(main), "the skip link leads to the content");
    await someone.tabTo(page.getByRole("link", { name: "Add a job" }), 1);

    await someone.open("/today");
    await someone.tabTo(page.getByRole("navigation", { name: "Main", exact: true }).getByRole("link", { name: "Jobs" }));
    await someone.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Jobs" }).waitFor();
    await someone.tabTo(page.getByLabel("Status"));
    await page.keyboard.type("Not applied");
    await someone.tabTo(page.getByRole("button", { name: "Show" }));
    await someone.press("Enter");
    await page.waitForURL("**status=not_applied*");
    await page.getByText("22 jobs").waitFor();
    await someone.tabTo(page.locator(".item-title").first(), 3);

    // After good and bad match the parts of the score open with the focus, and close.
    const parts = page.locator(".score-parts").first();
    await someone.press("Tab", "Tab", "Tab");
    await parts.waitFor({ state: "visible" });
    await someone.press("Escape");
    await parts.waitFor({ state: "hidden" });
    await someone.press("Shift+Tab", "Shift+Tab", "Shift+Tab", "Enter");
    await page.waitForURL(/\/jobs\/[0-9a-f-]{36}$/);

    // Whatever is drawn anew, the keyboard goes on in the content.
    await page.getByRole("button", { name: "Apply", exact: true }).waitFor();
    await page.waitForFunction(() => document.activeElement.id === "main");
    await someone.tabTo(page.getByRole("button", { name: "Apply", exact: true }), 1);
    await someone.press("Enter");
    await page.getByText("Applied. It is on your applications list now.").waitFor();
    await page.getByRole("button", { name: "Apply", exact: true }).waitFor({ state: "detached" });
    await page.waitForFunction(() => document.activeElement.id === "main");

    await someone.tabTo(page.getByRole("button", { name: /^Delete / }), 4);
    await someone.press("Enter");
    await page.getByText("Job deleted.").waitFor();
    const undo = page.getByRole("button", { name: "Undo" });
    await page.waitForFunction(() => document.activeElement.textContent === "Undo");
    assert.ok(await holds(undo));
    await someone.press("Enter");
    await page.getByText("It is back.").waitFor();
    await page.waitForFunction(() => document.activeElement.id === "main");
  });

  test("an application that moves up takes the focus along", async ({ person }) => {
    const someone = await person();
    const { page } = someone;
    await someone.open("/");
    await page.getByRole("button", { name: "Look around as a demo user" }).click();
    await page.waitForURL("**/today");
    const stages = ".tracker-table select[name=stage]";
    await someone.open("/applications?view=table&stage=applied");
    const id = await page.locator(stages).nth(1).getAttribute("id");
    await someone.open("/applications?view=table");
    const row = page.locator(`#${id}`);
    const before = await page.locator(stages).evaluateAll((all, id) => all.findIndex((one) => one.id === id), id);
    assert.ok(before > 0, "not the first");
    await row.focus();
    await someone.press("ArrowDown");
    await page.getByText("Moved to Screening.").waitFor();
    await page.waitForFunction(([stages, id]) => document.querySelector(stages).id === id, [stages, id]);
    assert.equal(await page.evaluate(() => document.activeElement.id), id);
    assert.equal(await row.inputValue(), "screening");
  });
});
