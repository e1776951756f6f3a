// One's own account: where one is signed in, the password, the second factor, the log.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";

import { confirmAddress, signIn, signUp } from "../support/accounts.js";
import { stage } from "../support/stage.js";

const ADA = { email: "ada@example.org", password: "ada likes long walks" };
const EVA = { email: "eva@example.org", password: "eva likes short walks" };

stage("an account", ({ test }) => {
  test("a place one is signed in is signed out from another, and the password changes", async ({ person }) => {
    const [laptop, phone] = [await person("Laptop"), await person("Phone")];
    const { page } = laptop;
    await signUp(laptop, ADA);
    await signIn(phone, ADA);
    await laptop.open("/account");
    const places = page.getByRole("listitem").filter({ hasText: "Chrome on Linux" });
    await places.nth(1).waitFor();
    await laptop.inspect("account");
    await page.getByRole("button", { name: "Sign out everywhere else" }).click();
    // The other page leaves by itself.
    await phone.page.waitForURL("**/sign-in");
    await page.getByText("Signed out everywhere else.").waitFor();
    await places.nth(1).waitFor({ state: "detached" });
    assert.equal(await places.count(), 1);

    const change = async (current, next) => {
      const form = page.locator("form").filter({ has: page.getByLabel("New password") });
      await form.getByLabel("Current password").fill(current);
      await form.getByLabel("New password").fill(next);
      await page.getByRole("button", { name: "Change password" }).click();
    };
    laptop.watch.expect(/status of 422/);
    await change("not her words", "ada likes longer walks");
    await page.getByText("This is not your current password.").waitFor();
    await laptop.inspect("account-refused");
    await change(ADA.password, "ada likes longer walks");
    await page.getByText("The password is changed.").waitFor();
    assert.equal(await page.getByLabel("New password").inputValue(), "");
    // Still signed in, with a new session.
    await laptop.open("/today");
    await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
  });

  test("a weak password is called so while it is typed", async ({ person }) => {
    const eva = await person("Eva");
    const { page } = eva;
    await eva.open("/sign-up");
    await page.getByLabel("Password").fill("password1");
    await page.getByText("Guessed at once").waitFor();
    await page.getByLabel("Password").fill(EVA.password);
    await page.getByText("Very good").waitFor();
    await eva.inspect("sign-up-strength");
    await page.getByLabel("E-mail address").fill(EVA.email);
    await page.getByLabel("Password").fill("password1");
    eva.watch.expect(/status of 422/);
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByText("This one is among the first to be guessed.").waitFor();
  });

  test("the administrator looks after accounts and sees nothing in them", async ({ person }) => {
    const [ada, guest] = [await person("Ada"), await person("Guest")];
    const { page } = ada;
    await signIn(ada, { ...ADA, password: "ada likes longer walks" });
    await signUp(guest, { email: "guest@example.org", password: "guests like any walks" });
    await ada.open("/account");
    await page.getByRole("link", { name: "All accounts" }).click();
    await page.getByRole("heading", { level: 1, name: "Accounts" }).waitFor();
    const row = page.getByRole("listitem").filter({ has: page.locator("strong", { hasText: "guest@example.org" }) });
    await row.waitFor();
    await page.getByText("People with a page open").waitFor();
    await ada.inspect("admin");
    const act = async (words) => {
      await row.getByRole("button", { name: "What to do with guest@example.org" }).click();
      await page.getByRole("button", { name: words }).and(page.locator(":visible")).click();
    };
    await act("Send the confirmation again");
    await page.getByText("The message is on its way.").waitFor();
    await act("Make a mentor");
    await row.getByText("mentor", { exact: true }).waitFor();
    await act("Keep out");
    await row.getByText("Kept out").waitFor();
    // Who is kept out is out at once.
    await guest.page.waitForURL("**/sign-in");
    await guest.hydrated();
    guest.watch.expect(/status of (401|403)/);
    await guest.page.getByLabel("E-mail address").fill("guest@example.org");
    await guest.page.getByLabel("Password").fill("guests like any walks");
    await guest.page.getByRole("button", { name: "Sign in" }).click();
    await guest.page.getByText("This account is disabled.").waitFor();
    await act("Let in again");
    await row.getByText("Kept out").waitFor({ state: "detached" });
    await page.getByLabel("Search").fill("nobody at all");
    await page.keyboard.press("Enter");
    await page.getByText("No account has such an address.").waitFor();
    await signIn(guest, { email: "guest@example.org", password: "guests like any walks" }, "**/today");
    await guest.open("/admin");
    await guest.page.getByText("For administrators").waitFor();
  });

  test("a second factor is set up, asked for, and the phone is lost", async ({ person }) => {
    const [laptop, phone] = [await person("Laptop"), await person("Phone")];
    const { page } = laptop;
    await signUp(laptop, EVA);
    await confirmAddress(laptop, EVA);
    await laptop.open("/account/second-factor");
    await laptop.inspect("second-factor-off");
    await page.getByLabel("Current password").fill(EVA.password);
    await page.getByRole("button", { name: "Set it up" }).click();
    await page.getByRole("img", { name: "The secret as a QR code" }).waitFor();
    await laptop.inspect("second-factor-setup");
    const secret = await page.locator("code").textContent();
    laptop.watch.expect(/status of 422/);
    await page.getByLabel("The code it shows now").fill("000 000");
    await page.getByRole("button", { name: "Turn it on" }).click();
    await page.getByText("This is not the code of now.").waitFor();
    // The code of the step before: the one of now is still to be had for signing in.
    await withTimeLeft();
    await page.getByLabel("The code it shows now").fill(codeOf(secret, -1));
    await page.getByRole("button", { name: "Turn it on" }).click();
    await page.getByRole("heading", { name: "Keep these recovery codes" }).waitFor();
    await laptop.inspect("second-factor-codes");
    const codes = await page.locator(".codes code").allTextContents();
    assert.equal(codes.length, 10);
    await page.getByRole("button", { name: "I have kept them" }).click();
    await page.getByRole("heading", { name: "Keep these recovery codes" }).waitFor({ state: "detached" });
    await page.getByText("10 recovery codes are left.").waitFor();
    await laptop.inspect("second-factor-on");

    await signIn(phone, EVA, "**/sign-in/code");
    await phone.inspect("sign-in-code");
    phone.watch.expect(/status of 422/);
    await phone.page.getByLabel("Code").fill("123456");
    await phone.page.getByRole("button", { name: "Sign in" }).click();
    await phone.page.getByText("This code is not right").waitFor();
    await phone.inspect("sign-in-code-refused");
    await phone.page.getByLabel("Code").fill(codeOf(secret, 0));
    await phone.page.keyboard.press("Enter");
    await phone.page.waitForURL("**/today");

    // The phone is lost.
    const other = await person("Other");
    await signIn(other, EVA, "**/sign-in/code");
    await other.page.getByLabel("Code").fill(codes[0]);
    await other.page.keyboard.press("Enter");
    await other.page.waitForURL("**/today");
    await page.getByText("9 recovery codes are left.").waitFor();

    await laptop.open("/account/log");
    await page.getByText("You signed in with a recovery code as the second step.").waitFor();
    await laptop.inspect("account-log");
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Export" }).click()]);
    assert.equal(file.suggestedFilename(), "account-log.json");

    await laptop.open("/account/confirm?next=/account/second-factor");
    await page.getByLabel("Code").waitFor();
    await laptop.inspect("confirm");
    await page.getByLabel("Password").fill(EVA.password);
    await page.getByLabel("Code").fill(codes[1]);
    await page.getByRole("button", { name: "Confirm" }).click();
    await page.waitForURL("**/account/second-factor");
    await page.getByText("8 recovery codes are left.").waitFor();
    await page.getByText("Turn it off").click();
    await page.locator("#stop-password").fill(EVA.password);
    await page.getByRole("button", { name: "Turn off" }).click();
    await page.getByRole("button", { name: "Set it up" }).waitFor();
  });
});

/** Waits while a step of thirty seconds is nearly over: a code of the step before it would be too old when it arrives. */
async function withTimeLeft() {
  const over = (Date.now() / 1_000) % 30;
  if (over > 20) await new Promise((done) => setTimeout(done, (30.5 - over) * 1_000));
}

/** The code an authenticator app with this base32 secret shows, `steps` of thirty seconds from now (RFC 6238). */
function codeOf(secret, steps) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replaceAll(" ", "")].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const digest = createHmac("sha1", key).update(counter).digest();
  const code = digest.readUInt32BE(digest.at(-1) & 15) & 0x7fffffff;
  return String(code % 1_000_000).padStart(6, "0");
}
