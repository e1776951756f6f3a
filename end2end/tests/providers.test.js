// Signing in with an account elsewhere, at a certified OpenID provider run here in place of Google.

import { OpenIdProvider } from "../support/openid.js";
import { stage } from "../support/stage.js";

const elsewhere = await OpenIdProvider.start();

stage("signing in with an account elsewhere", { env: elsewhere.settings() }, ({ test }) => {
  test("in without a password, connected, and denied", async ({ person, server }) => {
    elsewhere.knows(server.url);
    const ann = await person("Ann");
    const { page } = ann;
    ann.watch.expect(/fonts\.googleapis|127\.0\.0\.1:\d+\/(auth|interaction|favicon)/);
    await ann.open("/sign-up");
    await ann.inspect("sign-up-providers");
    await ann.open("/sign-in?next=/jobs");
    await ann.inspect("sign-in-providers");
    await page.getByRole("link", { name: "Continue with Google" }).click();
    await confirm(page, "ann");
    await page.waitForURL("**/welcome");
    await ann.open("/account");
    await page.getByText("Connected as ann@example.org").waitFor();
    await page.getByText("The only way into your account.").waitFor();
    await page.getByText("Connect LinkedIn").click();
    await ann.inspect("account-ways");
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await page.waitForURL("**/account/connect?provider=linkedin");
    await ann.hydrated();
    await ann.inspect("account-connect");
    await page.getByRole("link", { name: "Continue to LinkedIn" }).click();
    // She agreed there already, and is the same person.
    await page.waitForURL("**/account");

    const bob = await person("Bob");
    bob.watch.expect(/fonts\.googleapis|127\.0\.0\.1:\d+\/(auth|interaction|favicon)/);
    await bob.open("/sign-in");
    await bob.page.getByRole("link", { name: "Continue with Google" }).click();
    await bob.page.getByRole("link", { name: "Cancel" }).click();
    await bob.page.waitForURL("**/sign-in?problem=denied");
    await bob.page.getByText("You did not agree there").waitFor();
    await bob.hydrated();
    await bob.inspect("sign-in-denied");
    elsewhere.stop();
  });
});

async function confirm(page, login) {
  await page.locator("input[name=login]").fill(login);
  await page.locator("input[name=password]").fill("anything");
  await page.locator("button[type=submit]").click();
  await page.locator("button[type=submit]").click();
}
