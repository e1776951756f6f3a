// Adding a job in one step: a link, a text, what another app shares, by keyboard and without script.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before } from "node:test";

import { signUp } from "../support/accounts.js";
import { Server } from "../support/server.js";
import { stage } from "../support/stage.js";

const TEXT = "We bake bread for the whole town, every day of the year, and have done so since the town had three houses.";
const POSTING = {
  "@context": "https://schema.org", "@type": "JobPosting", title: "Night Baker", hiringOrganization: { name: "Acme Mills" },
  jobLocation: { address: { addressLocality: "Dublin", addressCountry: "Ireland" } }, datePosted: "2026-03-01",
  description: `<p>${TEXT}</p><h3>Requirements</h3><ul><li>Python</li></ul>`,
};

/** Every site there is: one page with a posting, and nothing else. */
const sites = createServer((request, response) => {
  const found = request.url.startsWith("/jobs.example.org/1");
  response.writeHead(found ? 200 : 404, { "content-type": "text/html; charset=utf-8" });
  response.end(found ? `<!doctype html><title>x</title><script type="application/ld+json">${JSON.stringify(POSTING)}</script>` : "gone");
});

/** Waits until this has the focus. */
async function focused(locator) {
  const handle = await locator.elementHandle();
  await locator.page().waitForFunction((element) => element === document.activeElement, handle);
}

stage("adding a job in one step", ({ test }) => {
  let server;
  before(async () => {
    await new Promise((listening) => sites.listen(0, "127.0.0.1", listening));
    server = await Server.start({ env: { FETCH_MIRROR: `http://127.0.0.1:${sites.address().port}` } });
  });
  after(async () => {
    await server?.remove();
    sites.close();
  });

  /** Somebody new at the server that knows the sites. */
  const newcomer = async (person, name, context) => {
    const one = await person(name, context);
    one.server = () => server;
    await signUp(one, { email: `${name.toLowerCase()}@example.org`, password: "four words of theirs" });
    return one;
  };

  test("a link is pasted, looked through, put right and saved, with the keyboard alone", async ({ person }) => {
    const ida = await newcomer(person, "Ida");
    const { page } = ida;
    await ida.open("/jobs/add");
    await ida.inspect("job-add");
    const what = page.getByLabel("Link or text of the posting");
    await ida.tabTo(what);
    ida.watch.expect(/status of 422/);
    await page.keyboard.type("https://jobs.example.org/nothing");
    await ida.press("Enter");
    await page.getByText("There is no page at this address, or not any more.").waitFor();
    assert.equal(await what.inputValue(), "https://jobs.example.org/nothing", "what was typed is kept");
    await focused(what);
    await what.fill("https://jobs.example.org/1?utm_source=x");
    await ida.press("Enter");
    await focused(page.getByRole("heading", { name: "Look it through" }));
    const form = page.getByRole("main");
    assert.equal(await form.getByLabel("Title").inputValue(), "Night Baker");
    assert.equal(await form.getByLabel("Company").inputValue(), "Acme Mills");
    await form.getByText("Taken from the page’s own data.").first().waitFor();
    await form.getByText("Not found: ").waitFor();
    await ida.inspect("job-add-found");
    const title = form.getByLabel("Title");
    await ida.tabTo(title);
    await title.fill("Night Baker, Dublin");
    await ida.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Night Baker, Dublin" }).waitFor();

    // The second time the person is told.
    await ida.open("/jobs/add?url=https%3A%2F%2Fjobs.example.org%2F1");
    await page.getByText("You have this job already.").waitFor();
    await page.getByRole("link", { name: "Night Baker, Dublin at Acme Mills" }).click();
    await page.getByRole("heading", { level: 1, name: "Night Baker, Dublin" }).waitFor();
  });

  test("a text is read, and what is shared", async ({ person }) => {
    const jo = await newcomer(person, "Jo");
    const { page } = jo;
    await jo.open("/jobs/add");
    await page.getByLabel("Link or text of the posting").fill(`Miller at Quiet Rivers in Berlin\n\n${TEXT}`);
    await page.getByRole("button", { name: "Read it" }).click();
    await page.getByText("Taken from line 1 of the text.").first().waitFor();
    assert.equal(await page.getByRole("main").getByLabel("Company").inputValue(), "Quiet Rivers");
    const { share_target: target } = await (await fetch(`${server.url}/manifest.webmanifest`)).json();
    const shared = new URLSearchParams({ [target.params.title]: "", [target.params.text]: "Look https://jobs.example.org/1" });
    await jo.open(`${target.action}?${shared}`);
    assert.equal(await page.getByRole("main").getByLabel("Title").inputValue(), "Night Baker");
    // The bookmarklet is there to be taken along; pressed here it does nothing.
    const mark = page.getByRole("link", { name: "Add to Co-Pilot" });
    assert.match(await mark.getAttribute("href"), /^javascript:/);
    await mark.click();
    assert.match(page.url(), /\/jobs\/add\?/);
    assert.equal(await page.getByLabel("Or make a bookmark").inputValue(), await mark.getAttribute("href"));
  });

  test("it works without any script", async ({ person }) => {
    const kim = await newcomer(person, "Kim");
    const state = await kim.page.context().storageState();
    const plain = await person("Kim without script", { javaScriptEnabled: false, storageState: state });
    const { page } = plain;
    await page.goto(`${server.url}/jobs/add`);
    await page.getByLabel("Link or text of the posting").fill("https://jobs.example.org/1");
    await page.getByRole("button", { name: "Read it" }).click();
    const form = page.getByRole("main");
    assert.equal(await form.getByLabel("Title").inputValue(), "Night Baker");
    await page.getByRole("button", { name: "Add job" }).click();
    await page.getByRole("heading", { level: 1, name: "Night Baker" }).waitFor();
  });
});
