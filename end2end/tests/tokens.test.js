// Access tokens: made, copied, used by a program, revoked; with and without script.

import assert from "node:assert/strict";

import { stage } from "../support/stage.js";

const ADA = { email: "ada@example.org", password: "ada likes long walks" };

stage("access tokens", ({ test }) => {
  test("a token is made, copied, used and revoked", async ({ person, server }) => {
    const ada = await person("Ada", { permissions: ["clipboard-read"] });
    const { page } = ada;
    const ask = async (token, method = "GET", path = "auth/me", body) => {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      return (await fetch(`${server.url}/api/v1/${path}`, { method, headers, body })).status;
    };
    const job = JSON.stringify({ company: "Acme Mills", title: "Baker" });
    await ada.open("/sign-up");
    await page.getByLabel("E-mail address").fill(ADA.email);
    await page.getByLabel("Password").fill(ADA.password);
    await page.getByRole("button", { name: "Create account" }).click();
    await page.waitForURL("**/welcome");
    await ada.open("/account");
    await ada.inspect("tokens-none");

    ada.watch.expect(/status of 422/);
    const make = page.getByRole("button", { name: "Make the token" });
    const name = page.getByLabel("Name", { exact: true });
    await make.click();
    await page.getByText("Please give the token a name").waitFor();
    await ada.inspect("tokens-refused");
    await name.fill("Backup of my jobs");
    await make.click();
    const shown = page.getByLabel("Your new token");
    await shown.waitFor();
    const reader = await shown.inputValue();
    assert.match(reader, /^ccp_[\w-]{43}$/);
    await page.waitForFunction(() => document.activeElement.id === "fresh-token");
    assert.equal(await shown.getAttribute("readonly"), "");
    assert.equal(await name.inputValue(), "", "the form is empty again");
    await page.getByRole("button", { name: "Copy" }).click();
    await page.getByText("Copied.").waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), reader);
    await ada.inspect("tokens-fresh");
    assert.equal(await ask(reader), 200);
    assert.equal(await ask(reader, "POST", "jobs", job), 403);

    // Another one, which may write, and has a name that does not break.
    await name.fill("Zwetschgenmarmeladenabfüllanlagenüberwachungsprogrammsicherungskopie");
    await page.getByRole("radio", { name: "Look and change" }).check();
    await page.getByLabel("Ends").selectOption("Never");
    await make.click();
    await page.waitForFunction((old) => ![old, undefined].includes(document.getElementById("fresh-token")?.value), reader);
    const writer = await shown.inputValue();
    assert.equal(await ask(writer, "POST", "jobs", job), 201);

    // Shown once: the page that is opened again knows both by their ends only.
    await ada.open("/account");
    const rows = page.locator("#tokens .item");
    await rows.nth(1).waitFor();
    assert.equal(await shown.count(), 0);
    const html = await page.content();
    for (const token of [reader, writer]) {
      assert.ok(!html.includes(token));
      await rows.filter({ hasText: token.slice(-4) }).filter({ hasText: "from 127.0.0.1" }).waitFor();
    }
    await ada.inspect("tokens");

    const row = rows.filter({ hasText: "Backup of my jobs" });
    await row.getByRole("button", { name: "Revoke" }).click();
    await page.getByText("Programs that use “Backup of my jobs” are refused at once.").waitFor();
    await ada.inspect("tokens-revoke");
    await row.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await page.getByText("Revoked.").waitFor();
    await row.waitFor({ state: "detached" });
    assert.equal(await ask(reader), 401);
    assert.equal(await ask(writer), 200);
  });

  test("without script too", async ({ person, server }) => {
    const ada = await person("Ada", { javaScriptEnabled: false });
    const { page } = ada;
    await page.goto(`${server.url}/sign-in?next=/account`);
    await page.getByLabel("E-mail address").fill(ADA.email);
    await page.getByLabel("Password").fill(ADA.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL("**/account");
    await page.getByLabel("Name", { exact: true }).fill("By hand");
    await page.getByRole("button", { name: "Make the token" }).click();
    const token = await page.getByLabel("Your new token").inputValue();
    assert.match(token, /^ccp_[\w-]{43}$/);
    assert.equal(await page.getByRole("button", { name: "Copy" }).isVisible(), false, "nothing that would need script");
    const headers = { authorization: `Bearer ${token}` };
    assert.equal((await fetch(`${server.url}/api/v1/auth/me`, { headers })).status, 200);
    await page.goto(`${server.url}/account`);
    await page.locator("#tokens .item", { hasText: "By hand" }).waitFor();
    assert.ok(!(await page.content()).includes(token));
  });
});
