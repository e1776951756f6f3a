// Notifications: the card that turns them on, and the worker that shows them. Chromium has no push service here: the page's
// subscription is a stand-in, and messages are handed to the worker by the browser's own tools.

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import { signUp } from "../support/accounts.js";
import { stage } from "../support/stage.js";

const MIA = { email: "mia@example.org", password: "mia wants to be told" };

stage("push", ({ test }) => {
  test("a message is shown whatever is in it, and leads to this site only", async ({ person }) => {
    const mia = await person("Mia", { permissions: ["notifications"] });
    const { page } = mia;
    await signUp(mia, MIA);
    const deliver = await pusher(page);
    const said = { kind: "task", title: "Call Ms Weber", body: "Due now.", path: "/applications/tasks", tag: "one" };
    const one = JSON.stringify(said);
    assert.deepEqual(await shown(page, deliver, one, 1), [{ title: "Call Ms Weber", body: "Due now.", tag: "one", path: "/applications/tasks" }]);
    // A newer one about the same takes its place.
    const other = JSON.stringify({ ...said, title: "Call her today" });
    assert.deepEqual((await shown(page, deliver, other, 1, "Call her today")).map(({ title }) => title), ["Call her today"]);
    // What cannot be read is shown as well.
    const all = await shown(page, deliver, "nonsense", 2);
    assert.ok(all.some(({ title, path }) => title === "Career Co-Pilot" && path === "/today"), JSON.stringify(all));
    const [worker] = page.context().serviceWorkers();
    const paths = ["/jobs/1?x=y", "//evil.example/x", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "", 7, null, "//"];
    const found = await worker.evaluate((paths) => paths.map((path) => ownPath(path)), paths);
    assert.deepEqual(found, ["/jobs/1?x=y", ...Array(8).fill("/today")]);
  });

  test("a device is added, listed and turned off again", async ({ person }) => {
    const noa = await person("Noa", { permissions: ["notifications"] });
    const { page } = noa;
    await page.context().addInitScript(standIn);
    await signUp(noa, { email: "noa@example.org", password: "noa wants to be told" });
    await noa.open("/applications/tasks");
    const card = page.getByRole("region", { name: "Notifications on your devices" });
    await card.getByRole("button", { name: "Notify me on this device" }).waitFor();
    await noa.inspect("push-off");
    await card.getByRole("button", { name: "Notify me on this device" }).click();
    await page.getByText("You will be told on this device.").waitFor();
    await card.getByText("Here", { exact: true }).waitFor();
    assert.equal(await card.getByRole("listitem").count(), 1);
    await noa.inspect("push-on");
    // It is remembered.
    await noa.open("/applications/tasks");
    await card.getByRole("button", { name: "Turn off on this device" }).click();
    await card.getByRole("button", { name: "Notify me on this device" }).waitFor();
    await card.getByRole("listitem").waitFor({ state: "detached" });
  });

  test("a browser that was told no says what to do", async ({ person }) => {
    const lou = await person("Lou");
    const { page } = lou;
    await page.context().addInitScript(() => Object.defineProperty(Notification, "permission", { get: () => "denied" }));
    await signUp(lou, { email: "lou@example.org", password: "lou does not want that" });
    await lou.open("/applications/tasks");
    await page.getByText("Notifications of this site are blocked in this browser.").waitFor();
    await lou.inspect("push-blocked");
  });
});

/** Gives what hands a message to the page's worker, as the browser does when its push service has one. */
async function pusher(page) {
  const session = await page.context().newCDPSession(page);
  const found = new Promise((done) => {
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const one = registrations.find(({ isDeleted }) => !isDeleted);
      if (one) done(one.registrationId);
    });
  });
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await session.send("ServiceWorker.enable");
  const registrationId = await found;
  const { origin } = new URL(page.url());
  return (data) => session.send("ServiceWorker.deliverPushMessage", { origin, registrationId, data });
}

/** Delivers a message, again where the browser's tools lost it, and gives what is shown once there are so many, one with this title. */
async function shown(page, deliver, message, many, title) {
  const all = () =>
    page.evaluate(async () => {
      const worker = await navigator.serviceWorker.ready;
      return (await worker.getNotifications()).map(({ title, body, tag, data }) => ({ title, body, tag, path: data.path }));
    });
  for (let tries = 0; tries < 5; tries++) {
    await deliver(message);
    for (const start = Date.now(); Date.now() - start < 4_000; await sleep(50)) {
      const now = await all();
      if (now.length >= many && (!title || now.some((one) => one.title === title))) return now;
    }
  }
  assert.fail(`${many} are awaited: ${JSON.stringify(await all())}`);
}

/** Runs in the page: a push service that knows this browser. Nothing is ever sent to its address. */
function standIn() {
  const keys = {
    p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    auth: "BTBZMqHH6r4Tts7J_aSIgg",
  };
  const subscription = {
    toJSON: () => ({ endpoint: "https://1.1.1.1/noa", expirationTime: null, keys }),
    unsubscribe: async () => sessionStorage.removeItem("subscribed") ?? true,
  };
  PushManager.prototype.getSubscription = async () => (sessionStorage.getItem("subscribed") ? subscription : null);
  PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
    if (!userVisibleOnly || applicationServerKey?.length !== 87) throw new TypeError("not as browsers want it");
    sessionStorage.setItem("subscribed", "yes");
    return subscription;
  };
}
