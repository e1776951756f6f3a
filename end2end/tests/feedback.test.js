// What is said about jobs, with the keyboard: a press, a reason, the next list; and back again.

import { stage } from "../support/stage.js";

stage("words about jobs", { args: ["--demo"] }, ({ test }) => {
  test("turned down with a reason, and taken back", async ({ person }) => {
    const someone = await person();
    const { page } = someone;
    await someone.open("/");
    await page.getByRole("button", { name: "Look around as a demo user" }).click();
    await page.waitForURL("**/today");
    await someone.hydrated();

    const rows = page.locator(".card", { has: page.getByRole("heading", { name: "Recommended" }) }).locator(".item");
    const title = await rows.first().locator(".item-title").innerText();
    await rows.first().getByRole("button", { name: `Not for me: ${title}` }).press("Enter");
    const why = page.getByRole("dialog", { name: "Noted. Why?" });
    await why.getByRole("button", { name: "Not my field" }).press("Enter");
    await page.getByText("Noted. The next list goes by it.").waitFor();
    await why.waitFor({ state: "hidden" });
    await page.getByText("1 job you turned down is not recommended.").waitFor();

    await someone.open("/jobs/hidden");
    const said = page.locator("#said .item");
    await said.getByText("Not my field").waitFor();
    await page.getByLabel("Hide a company").fill("Nobody Ltd");
    await page.getByRole("button", { name: "Hide", exact: true }).click();
    await page.getByRole("button", { name: "Show again: Nobody Ltd" }).waitFor();
    await someone.inspect("jobs-hidden");
    await said.locator(".item-title").click();
    await page.getByRole("heading", { name: "Is it a good match?" }).waitFor();
    await page.getByText("you turned this one down").waitFor();
    await someone.inspect("job-turned-down");
    await page.getByRole("button", { name: "Take it back" }).press("Enter");
    await page.getByText("Taken back.").waitFor();
    await page.getByText("you turned this one down").waitFor({ state: "detached" });
  });
});
