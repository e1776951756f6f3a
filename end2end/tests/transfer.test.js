// A table of applications from another tracker: read, looked at, taken in, and taken back as a whole.

import assert from "node:assert/strict";

import { signUp } from "../support/accounts.js";
import { stage } from "../support/stage.js";

/** 500 rows, seven of them bad in different ways. */
function table() {
  const bad = {
    50: ";Baker;Applied;03.11.2026",
    100: "Acme Mills;;Applied;03.11.2026",
    150: "Acme Mills;Baker;Applied;soon",
    200: "Acme Mills;Baker;Applied;03.11.2926",
    250: "Acme Mills;Baker;Applied;03.11.2026;more;still more",
    300: `${"x".repeat(400)};Baker;Applied;03.11.2026`,
    350: "Acme Mills;Baker;Applied;31.02.2026",
  };
  const status = ["Applied", "Phone screen", "Absage", "No response"];
  const rows = Array.from({ length: 500 }, (_, at) => {
    const n = at + 1;
    return bad[n] ?? `Acme Mills ${n};Baker ${n};${status[n % 4]};${String((n % 28) + 1).padStart(2, "0")}.10.2026`;
  });
  return ["Company;Job Title;Status;Date Applied", ...rows].join("\n");
}

stage("bringing in applications", ({ test }) => {
  test("500 rows with 7 bad go in, and out again", async ({ person }) => {
    const ann = await person("Ann");
    const { page } = ann;
    await signUp(ann, { email: "ann@example.org", password: "four words of ann" });
    await ann.open("/applications/import");
    await page.locator("input[type=file]").setInputFiles({ name: "search.csv", mimeType: "text/csv", buffer: Buffer.from(table()) });
    await page.getByRole("button", { name: "Read it" }).click();
    await page.getByRole("heading", { name: "What its columns are" }).waitFor();
    await ann.inspect("import-columns");
    await page.getByRole("button", { name: "Look at what will be made" }).click();

    await page.getByText("493 new applications").waitFor();
    await page.getByText("7 bad rows").waitFor();
    const rows = page.locator("tbody tr", { hasText: "Left out" });
    assert.equal(await rows.count(), 7);
    assert.match(await rows.nth(2).textContent(), /151.*“soon” in the column “Date Applied” is no day/);
    await ann.inspect("import-preview");
    await page.getByRole("button", { name: "Take in 493 applications" }).click();

    await page.getByRole("link", { name: "See your applications" }).click();
    await page.getByText("493 applications", { exact: true }).waitFor();
    await ann.open("/applications/import");
    await page.getByRole("button", { name: "Take back" }).first().click();
    await page.getByRole("button", { name: "Take it back" }).first().click();
    await page.getByText("The import was taken back.").waitFor();
    const { total } = await page.evaluate(() => fetch("/api/v1/applications").then((answer) => answer.json()));
    assert.equal(total, 0);
  });
});
