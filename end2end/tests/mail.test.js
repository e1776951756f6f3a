// Mail, by a mail server of somebody else's making: what arrives, and what its links do in a browser.

import assert from "node:assert/strict";
import { after } from "node:test";

import { Inbox } from "../support/inbox.js";
import { stage } from "../support/stage.js";

const ANN = { email: "ann@example.org", password: "four plain words here", later: "four other words here" };

const inbox = await Inbox.open();
after(() => inbox.close());

stage("mail", { env: inbox.env }, ({ test }) => {
  test("an address is confirmed, and a forgotten password is replaced", async ({ person, server }) => {
    const ann = await person("Ann");
    const { page } = ann;
    await ann.open("/sign-up");
    await page.getByLabel("E-mail address").fill(ANN.email);
    await page.getByLabel("Password").fill(ANN.password);
    await page.getByRole("button", { name: "Create account" }).click();
    await page.waitForURL("**/welcome");
    await ann.open("/account");
    await page.getByText("Not confirmed yet").waitFor();
    await ann.inspect("account-not-confirmed");

    const verify = await inbox.link(ANN.email, "Confirm your e-mail address");
    assert.ok(verify.startsWith(`${server.url}/verify?token=`), verify);
    const reader = await person("Ann's mail program");
    await reader.page.goto(verify);
    await reader.hydrated();
    await reader.inspect("verify");
    await reader.page.getByRole("button", { name: "Confirm the address" }).click();
    await reader.page.waitForURL("**/verify?done=yes");
    await reader.page.getByText("The address is confirmed.").waitFor();
    // The open page learns it by itself.
    await page.getByText("Confirmed", { exact: true }).waitFor();

    const later = await person("Ann later");
    await later.open("/sign-in");
    await later.page.getByRole("link", { name: "Forgot your password?" }).click();
    await later.page.waitForURL("**/forgot");
    await later.page.getByRole("heading", { name: "Forgot your password?" }).waitFor();
    await later.inspect("forgot");
    await later.page.getByLabel("E-mail address").fill(ANN.email);
    await later.page.getByRole("button", { name: "Send the link" }).click();
    await later.page.waitForURL("**/forgot?sent=yes");
    await later.page.getByText("a message with a link is on its way").waitFor();
    await later.hydrated();
    await later.inspect("forgot-sent");

    await later.page.goto(await inbox.link(ANN.email, "Set a new password"));
    await later.hydrated();
    later.watch.expect(/status of 422/);
    await later.page.getByLabel("New password").fill("short");
    await later.page.getByRole("button", { name: "Set the password" }).click();
    await later.page.getByText("Please use at least 8 characters.").waitFor();
    await later.inspect("reset-refused");
    // Her open page asks once more before it learns that it is signed out.
    ann.watch.expect(/status of 401/);
    await later.page.getByLabel("New password").fill(ANN.later);
    await later.page.getByRole("button", { name: "Set the password" }).click();
    await later.page.waitForURL("**/reset?done=yes");
    // Where she was signed in she is no more.
    await page.waitForURL("**/sign-in");

    await later.page.getByRole("link", { name: "Sign in" }).click();
    await later.page.getByRole("heading", { level: 1, name: "Welcome back" }).waitFor();
    await later.page.getByLabel("E-mail address").fill(ANN.email);
    await later.page.getByLabel("Password").fill(ANN.later);
    await later.page.getByRole("button", { name: "Sign in" }).click();
    await later.page.waitForURL("**/today");
    await inbox.mail(ANN.email, "Your password was changed");
  });

  test("another address is used once its link was opened", async ({ person }) => {
    const bea = await person("Bea");
    const { page } = bea;
    await bea.open("/sign-up");
    await page.getByLabel("E-mail address").fill("bea@example.org");
    await page.getByLabel("Password").fill(ANN.password);
    await page.getByRole("button", { name: "Create account" }).click();
    await page.waitForURL("**/welcome");
    await bea.open("/account");
    await page.getByLabel("New e-mail address").fill("bea.new@example.org");
    await page.getByLabel("Your password").fill(ANN.password);
    await page.getByRole("button", { name: "Change the address" }).click();
    await page.getByText("Waiting for").waitFor();
    await bea.inspect("account-waiting");
    await inbox.mail("bea@example.org", "Your e-mail address is about to change");
    await page.goto(await inbox.link("bea.new@example.org", "Confirm your new e-mail address"));
    await bea.hydrated();
    await page.getByRole("button", { name: "Confirm the address" }).click();
    await page.waitForURL("**/verify?done=yes");
    await page.getByRole("link", { name: "Go on" }).click();
    await page.waitForURL("**/today");
    await bea.open("/account");
    await page.getByRole("main").getByText("bea.new@example.org").first().waitFor();
    await inbox.mail("bea@example.org", "Your e-mail address was changed");
  });
});
