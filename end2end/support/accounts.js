// Opening accounts and signing in, as people do it.

/** Opens an account by the form; the page is the guide then. */
export async function signUp(person, account) {
  await person.open("/sign-up");
  await person.page.getByLabel("E-mail address").fill(account.email);
  await person.page.getByLabel("Password").fill(account.password);
  await person.page.getByRole("button", { name: "Create account" }).click();
  await person.page.waitForURL("**/welcome");
  await person.hydrated();
}

/** Signs in by the form; where a second step follows, `to` is its page. */
export async function signIn(person, account, to = "**/today") {
  await person.open("/sign-in");
  await person.page.getByLabel("E-mail address").fill(account.email);
  await person.page.getByLabel("Password").fill(account.password);
  await person.page.getByRole("button", { name: "Sign in" }).click();
  await person.page.waitForURL(to);
  await person.hydrated();
}

/** Opens the link that confirms the address, in the same browser. */
export async function confirmAddress(person, account) {
  await person.page.goto(await person.server().mailed(account.email, "verify"));
  await person.hydrated();
  await person.page.getByRole("button", { name: "Confirm the address" }).click();
  await person.page.waitForURL("**/verify?done=yes");
}
