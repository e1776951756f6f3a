// A night: boards answer, what they have is read and compared, what fits is brought to the person and told in the morning's mail.

import { after } from "node:test";

import { Inbox } from "../support/inbox.js";
import { Internet } from "../support/internet.js";
import { WANTED, choose, jobs, morning, searcher, until } from "../support/night.js";
import { stage } from "../support/stage.js";

const inbox = await Inbox.open();
const internet = await Internet.open();
after(() => Promise.all([inbox.close(), internet.close()]));

stage("a quiet night", { env: { ...inbox.env, ...internet.env } }, ({ test }) => {
  test("what boards have is found, brought once and told in the morning", async ({ person }) => {
    const email = "ann@example.org";
    const ann = await searcher(person, inbox, email);
    const { page } = ann;
    await choose(ann);
    // Jobs arrive on the open page by themselves.
    await ann.open("/jobs");
    await page.getByText("Senior Data Engineer").first().waitFor({ timeout: 60_000 });
    await until("all arrived", async () => { const all = await jobs(page); return all.length >= WANTED || all.map(({ title, company, source }) => `${title}, ${company}, ${source}`).sort(); }, 60_000);
    await ann.open("/jobs/sources");
    await ann.inspect("sources-visited");
    await morning(ann, inbox, email);

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
