// Hands on the keyboard: finding anything, the list of keys, adding a job from any page.

import assert from "node:assert/strict";

import { signUp } from "../support/accounts.js";
import { stage } from "../support/stage.js";

const CLEO = { email: "cleo@example.org", password: "four words of hers" };

/** Waits until this has the focus. */
async function focused(locator) {
  const handle = await locator.elementHandle();
  await locator.page().waitForFunction((element) => element === document.activeElement, handle);
}

const theme = (page) => page.evaluate(() => document.documentElement.dataset.theme ?? "auto");

stage("hands on the keyboard", ({ test }) => {
  test("a job is added, found and opened without a mouse", async ({ person }) => {
    const cleo = await person("Cleo");
    const { page } = cleo;
    await signUp(cleo, CLEO);
    await cleo.open("/today");

    // The small form, from any page, refused and then taken.
    cleo.watch.expect(/status of 422/);
    await cleo.press("c");
    const form = page.getByRole("dialog", { name: "Add a job" });
    const line = form.getByLabel("In a line");
    await focused(line);
    await page.keyboard.type("Data Engineer");
    assert.equal(await form.getByLabel("Title").inputValue(), "Data Engineer");
    await cleo.press("Enter");
    await form.getByText("Please name the company.").waitFor();
    await focused(form.getByLabel("Company"));
    assert.equal(await line.inputValue(), "Data Engineer", "what was typed is kept");
    await line.fill("Data Engineer at Quiet Rivers, Berlin https://jobs.example.org/7");
    assert.equal(await form.getByLabel("Company").inputValue(), "Quiet Rivers");
    assert.equal(await form.getByLabel("Place").inputValue(), "Berlin");
    assert.equal(await form.getByLabel("Link").inputValue(), "https://jobs.example.org/7");
    // The radio button lies over its label, for touch.
    await form.getByText("I have applied").evaluate((label) => label.click());
    await cleo.inspect("quick-add");
    await line.press("Enter");
    await page.getByText("Added: Data Engineer.").waitFor();
    await form.waitFor({ state: "hidden" });
    await page.locator(".toast").getByRole("link", { name: "Open" }).waitFor();

    // The palette finds the application and the job.
    await cleo.press("Control+k");
    const palette = page.getByRole("dialog", { name: "Find anything" });
    const input = palette.getByRole("combobox", { name: "Find anything" });
    await focused(input);
    await palette.getByRole("option", { name: "Today" }).waitFor();
    await page.keyboard.type("quiet riv");
    const options = palette.getByRole("option");
    await palette.getByRole("group", { name: "Jobs" }).getByRole("option").waitFor();
    assert.equal(await options.count(), 2);
    await cleo.inspect("palette");
    const chosen = async () => page.locator(`#${await input.getAttribute("aria-activedescendant")}`).innerText();
    assert.match(await chosen(), /Data Engineer[^]*Applied/);
    await cleo.press("ArrowDown");
    assert.equal(await options.nth(1).getAttribute("aria-selected"), "true");
    await cleo.press("Home", "End", "Enter");
    await page.waitForURL(/\/jobs\/[0-9a-f-]{36}$/);
    await page.getByRole("heading", { level: 1, name: "Data Engineer" }).waitFor();
    await palette.waitFor({ state: "hidden" });

    // What was chosen comes first the next time.
    await cleo.press("Control+k");
    await focused(input);
    assert.equal(await input.inputValue(), "");
    await palette.getByRole("group", { name: "Lately" }).getByRole("option", { name: /Data Engineer/ }).waitFor();
    const left = await page.evaluate(() => JSON.stringify({ ...localStorage }));
    assert.ok(left.includes("/jobs/") && !/Engineer|Quiet|cleo/.test(left), `only the way is kept, no names: ${left}`);
    await page.keyboard.type("zzzz");
    await palette.getByText("Nothing has such a name.").waitFor();
    await cleo.inspect("palette-empty");
    await cleo.press("Escape");
    await palette.waitFor({ state: "hidden" });
  });

  test("the focus comes back, and keys do nothing where one types", async ({ person }) => {
    const dora = await person("Dora");
    const { page } = dora;
    await signUp(dora, { email: "dora@example.org", password: "four other words" });
    await dora.open("/jobs/new");
    const title = page.getByRole("main").getByLabel("Title");
    await title.focus();
    await page.keyboard.type("c?gtj/");
    assert.equal(await title.inputValue(), "c?gtj/");
    assert.equal(await page.locator("dialog[open]").count(), 0);
    await dora.press("Control+k");
    await focused(page.locator("#finder-input"));
    await dora.press("Escape");
    await focused(title);

    await dora.open("/today");
    const heading = page.getByRole("link", { name: "Profile" }).first();
    await heading.focus();
    await dora.press("?");
    const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await sheet.getByText("Find anything").waitFor();
    await dora.inspect("keys");
    await dora.press("g", "j");
    assert.match(page.url(), /\/today$/, "keys do nothing in a dialog");
    await dora.press("Escape");
    await sheet.waitFor({ state: "hidden" });
    await focused(heading);

    const before = await theme(page);
    await dora.press("t");
    await page.waitForFunction((was) => (document.documentElement.dataset.theme ?? "auto") !== was, before);
    await dora.press("g", "p");
    await page.waitForURL("**/profile");
    await dora.press("g", "j");
    await page.waitForURL("**/jobs");
    await page.getByRole("heading", { level: 1, name: "Jobs" }).waitFor();

    // Switched off, they do nothing; the palette still opens, and leads to the switch.
    await dora.press("?");
    await sheet.getByRole("switch", { name: "Keys of one character" }).click();
    await dora.press("Escape");
    await sheet.waitFor({ state: "hidden" });
    await dora.press("c", "g", "t", "?");
    await page.waitForTimeout(200);
    assert.equal(await page.locator("dialog[open]").count(), 0);
    assert.match(page.url(), /\/jobs$/);
    await dora.press("Control+k");
    await focused(page.locator("#finder-input"));
    await page.keyboard.type("shortcuts");
    await page.getByRole("option", { name: /shortcuts/i }).waitFor();
    await dora.press("Enter");
    await sheet.getByRole("switch", { name: "Keys of one character" }).click();
    await dora.press("Escape", "c");
    await page.getByRole("dialog", { name: "Add a job" }).waitFor();
  });

  test("in the list of jobs J and K go from one to the next", async ({ person }) => {
    const finn = await person("Finn");
    const { page } = finn;
    await signUp(finn, { email: "finn@example.org", password: "four words of his" });
    await finn.open("/jobs");
    for (const line of ["Baker at Acme Mills", "Miller at Crumb Systems"]) {
      await finn.press("c");
      const form = page.getByRole("dialog", { name: "Add a job" });
      await form.getByLabel("In a line").fill(line);
      await finn.press("Enter");
      await form.waitFor({ state: "hidden" });
    }
    const items = page.locator("main .list .item-title");
    await items.nth(1).waitFor();
    await page.evaluate(() => document.activeElement.blur());
    await finn.press("j");
    await focused(items.nth(0));
    await finn.press("j");
    await focused(items.nth(1));
    await finn.press("k");
    await focused(items.nth(0));
    await finn.press("/");
    await focused(page.getByRole("main").getByRole("searchbox", { name: "Search" }));

    // Taken back, it is gone from the list.
    await page.locator(".toast").last().getByRole("button", { name: "Undo" }).click();
    await page.getByText("Taken back.").waitFor();
    await items.nth(1).waitFor({ state: "detached" });
  });

  test("on a phone the palette is a sheet over the whole width, and works by touch", async ({ person }) => {
    const gwen = await person("Gwen", { viewport: { width: 360, height: 740 }, hasTouch: true });
    const { page } = gwen;
    await signUp(gwen, { email: "gwen@example.org", password: "four words she has" });
    await gwen.open("/today");
    await page.locator(".topbar").getByRole("link", { name: "Find anything" }).tap();
    const palette = page.getByRole("dialog", { name: "Find anything" });
    await focused(palette.getByRole("combobox"));
    const { x, width } = await palette.boundingBox();
    assert.deepEqual([x, width], [0, 360]);
    await page.keyboard.type("stag");
    await palette.getByRole("option", { name: "Stages" }).tap();
    await page.waitForURL("**/applications/stages");
  });

  test("without script the button leads to the jobs", async ({ person, server }) => {
    const hugo = await person("Hugo");
    await signUp(hugo, { email: "hugo@example.org", password: "four words for him" });
    const response = await hugo.page.request.get(`${server.url}/today`);
    assert.match(await response.text(), /<a[^>]*href="\/jobs"[^>]*>/);
  });
});
