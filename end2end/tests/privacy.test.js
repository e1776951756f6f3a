// A person's data: taken along, taken in again, agreed to, and erased.

import assert from "node:assert/strict";
import { resolve } from "node:path";

import { signIn, signUp } from "../support/accounts.js";
import { stage } from "../support/stage.js";

const POSTINGS = resolve(import.meta.dirname, "../fixtures/greenhouse.json");
const IDA = { email: "ida@example.org", password: "ida packs her own bags" };
const JON = { email: "jon@example.org", password: "jon packs his own bags" };

stage("a person's data", ({ test }) => {
  test("everything is taken along and comes back elsewhere", async ({ person }) => {
    const [ida, jon] = [await person("Ida"), await person("Jon")];
    await signUp(ida, IDA);
    await ida.open("/jobs/import");
    await ida.page.setInputFiles("input[type=file]", POSTINGS);
    await ida.page.getByRole("button", { name: "Read it" }).click();
    await ida.page.waitForURL("**/jobs/import?read=*");
    await ida.hydrated();
    await ida.page.getByRole("button", { name: "Take in 4 jobs" }).click();
    await ida.page.getByText("4 jobs taken in").waitFor();

    await ida.open("/account");
    await ida.page.getByRole("link", { name: "Your data" }).click();
    await ida.page.getByRole("heading", { level: 1, name: "Your data" }).waitFor();
    await ida.inspect("data");
    await ida.page.getByRole("button", { name: "Make a copy" }).click();
    const fetch = ida.page.getByRole("link", { name: "Fetch" });
    await fetch.waitFor();
    await ida.inspect("data-copy");
    const [file] = await Promise.all([ida.page.waitForEvent("download"), fetch.click()]);
    assert.equal(file.suggestedFilename(), "career-copilot.zip");
    const zip = await file.path();

    await ida.page.getByRole("button", { name: "Agree: News by mail" }).click();
    await ida.page.getByRole("button", { name: "Take it back: News by mail" }).waitFor();
    await ida.page.getByRole("button", { name: "Take it back: News by mail" }).click();
    await ida.page.getByRole("button", { name: "Agree: News by mail" }).waitFor();

    await signUp(jon, JON);
    await jon.open("/account/data");
    await jon.page.setInputFiles("input[type=file]", POSTINGS);
    await jon.page.getByRole("button", { name: "Take it in" }).click();
    await jon.page.getByText("This is not a zip file.").waitFor();
    await jon.hydrated();
    await jon.page.setInputFiles("input[type=file]", zip);
    await jon.page.getByRole("button", { name: "Take it in" }).click();
    await jon.page.getByText("4 jobs and 0 applications were taken in.").waitFor();
    await jon.hydrated();
    await jon.inspect("data-taken-in");
    await jon.open("/jobs");
    await jon.page.getByRole("link", { name: "Data Analyst" }).waitFor();
  });

  test("the privacy page is for everybody", async ({ person }) => {
    const someone = await person();
    await someone.open("/privacy");
    await someone.page.getByRole("heading", { name: "What is kept, why, and how long" }).waitFor();
    await someone.inspect("privacy");
  });

  test("an account is closed, kept, and erased", async ({ person }) => {
    const jon = await person("Jon");
    const { page } = jon;
    await signIn(jon, JON);
    await jon.open("/account/data");
    const close = async ({ atOnce }) => {
      await page.getByText("Close it", { exact: true }).click();
      await page.getByLabel("Your e-mail address").fill(JON.email);
      await page.getByLabel("Current password").fill(JON.password);
      if (atOnce) await page.getByLabel("Erase everything now").check();
      await page.getByRole("button", { name: "Close my account" }).click();
    };
    jon.watch.expect(/status of 422/);
    await page.getByText("Close it", { exact: true }).click();
    await page.getByLabel("Your e-mail address").fill("jon");
    await page.getByRole("button", { name: "Close my account" }).click();
    await page.getByText("Please type the e-mail address of your account.").waitFor();
    await jon.inspect("data-close-refused");
    await jon.open("/account/data");
    await close({ atOnce: false });
    await page.getByText("Your account is closed.").waitFor();
    await jon.hydrated();
    await jon.inspect("data-closed");
    await page.getByRole("button", { name: "Keep my account" }).click();
    await page.getByText("Your account stays.").waitFor();
    await page.getByText("Your account is closed.").waitFor({ state: "detached" });

    await jon.open("/account/data");
    await close({ atOnce: true });
    await page.waitForURL("**/closed");
    await page.getByRole("heading", { name: "Your account is erased" }).waitFor();
    await jon.hydrated();
    await jon.inspect("closed");
    jon.watch.expect(/status of 401/);
    await jon.open("/sign-in");
    await page.getByLabel("E-mail address").fill(JON.email);
    await page.getByLabel("Password").fill(JON.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("The e-mail address or the password is not right.").waitFor();
  });
});
