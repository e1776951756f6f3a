// Passkeys with Chromium's own virtual authenticator.

import { confirmAddress, signIn, signUp } from "../support/accounts.js";
import { stage } from "../support/stage.js";

const KIM = { email: "kim@example.org", password: "kim likes keys and locks" };

stage("passkeys", { name: "localhost" }, ({ test }) => {
  test("one is added, opens the account alone and after the password, and is removed", async ({ person }) => {
    const kim = await person("Kim");
    const { page } = kim;
    await plugIn(page);
    await signUp(kim, KIM);
    await confirmAddress(kim, KIM);
    await kim.open("/account/second-factor");
    await kim.inspect("passkeys-off");
    kim.watch.expect(/status of 422/);
    await page.getByLabel("Its name").fill("My laptop");
    await page.locator("#passkey-password").fill("not this");
    await page.getByRole("button", { name: "Add a passkey" }).click();
    await page.getByText("This is not your current password.").waitFor();
    await page.locator("#passkey-password").fill(KIM.password);
    await page.getByRole("button", { name: "Add a passkey" }).click();
    await page.getByText("The passkey is added.").waitFor();
    await page.getByText("My laptop").waitFor();
    await page.getByRole("heading", { name: "Keep these recovery codes" }).waitFor();
    await kim.inspect("passkeys-on");
    await page.getByRole("button", { name: "I have kept them" }).click();

    await signOut(page);
    await kim.open("/sign-in");
    await page.getByRole("link", { name: "Use a passkey" }).click();
    await page.waitForURL("**/sign-in/passkey*");
    await kim.hydrated();
    await kim.inspect("sign-in-passkey");
    await page.getByRole("button", { name: "Use the passkey" }).click();
    await page.waitForURL("**/today");

    await kim.hydrated();
    await signOut(page);
    await signIn(kim, KIM, "**/sign-in/passkey");
    await page.getByRole("button", { name: "Use the passkey" }).click();
    await page.waitForURL("**/today");

    await kim.open("/account/second-factor");
    await page.getByText("Remove", { exact: true }).click();
    await page.getByRole("listitem").getByLabel("Current password").fill(KIM.password);
    await page.getByRole("button", { name: "Remove it" }).click();
    await page.getByText("My laptop").waitFor({ state: "detached" });
    await signOut(page);
    // Nothing but the password is asked for; and the passkey, which the device still has, opens nothing.
    await kim.open("/sign-in/passkey");
    kim.watch.expect(/status of 401/);
    await page.getByRole("button", { name: "Use the passkey" }).click();
    await page.getByText("This passkey does not open an account here.").waitFor();
    await kim.inspect("sign-in-passkey-refused");
    await signIn(kim, KIM);
  });

  test("a device without one says so", async ({ person }) => {
    const lee = await person("Lee");
    await plugIn(lee.page);
    await lee.open("/sign-in/passkey");
    await lee.page.getByRole("button", { name: "Use the passkey" }).click();
    await lee.page.getByText("No passkey was used").waitFor();
  });
});

/** Gives the page's browser an authenticator that always finds the right finger. */
async function plugIn(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      ctap2Version: "ctap2_1",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

async function signOut(page) {
  await page.getByRole("button", { name: "Sign out", exact: true }).and(page.locator(":visible")).first().click();
  await page.waitForURL((url) => url.pathname === "/");
}
