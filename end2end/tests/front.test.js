// What every visit rests on: the page comes alive, nothing breaks the policy, and the app can be installed.

import assert from "node:assert/strict";

import { signUp } from "../support/accounts.js";
import { stage } from "../support/stage.js";

stage("the front door", ({ test }) => {
  test("the first page comes alive", async ({ person }) => {
    const someone = await person();
    const response = await someone.open("/");
    assert.equal(response.status(), 200);
    assert.match(response.headers()["content-security-policy"], /script-src 'nonce-[^']+' 'strict-dynamic'/);
    await someone.inspect("front");
  });

  test("the first page takes its own parts of the app, packed, within the budget, to be kept for ever", async ({ person, server }) => {
    const someone = await person();
    const seen = new Map();
    someone.page.on("response", (response) => seen.set(new URL(response.url()).pathname, response));
    await someone.open("/");
    // What the page asks for later, to be ready for the others, is not part of this.
    const named = await someone.page.content();
    const asked = [...seen.keys()].filter((path) => path.startsWith("/pkg/"));
    const first = asked.filter((path) => named.includes(path) || path.endsWith("/split.js"));
    const wanted = [/\/app\.js$/, /\/split\.js$/, /\/app\.wasm$/, /\/split_start\.wasm$/, /\/pkg\/app\.[0-9a-f]{16}\.css$/];
    for (const name of wanted) assert.ok(first.some((path) => name.test(path)), `no ${name} among ${asked}`);
    assert.ok(!first.some((path) => path.includes("split_jobs")), `parts of other pages: ${first}`);
    let total = 0;
    for (const path of first) {
      assert.match(path, /^\/pkg\/([0-9a-f]{16}\/\w+\.(js|wasm)|app\.[0-9a-f]{16}\.css)$/);
      const answer = await fetch(server.url + path, { headers: { "accept-encoding": "br" } });
      assert.equal(answer.headers.get("cache-control"), "public, max-age=31536000, immutable");
      assert.equal(answer.headers.get("content-encoding"), "br", path);
      assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
      total += Number(answer.headers.get("content-length"));
      const again = await fetch(server.url + path, {
        headers: { "if-none-match": answer.headers.get("etag"), "accept-encoding": "br" },
      });
      assert.equal(again.status, 304);
    }
    assert.ok(total > 100_000 && total <= 300_000, `${total} bytes for the first page`);
  });

  test("manifest, worker and offline page are served as what they are", async ({ server }) => {
    const kinds = {
      "/manifest.webmanifest": "application/manifest+json",
      "/sw.js": "text/javascript; charset=utf-8",
      "/offline.html": "text/html; charset=utf-8",
    };
    for (const [path, kind] of Object.entries(kinds)) {
      const response = await fetch(server.url + path);
      assert.equal(response.status, 200, path);
      assert.equal(response.headers.get("content-type"), kind, path);
      assert.equal(response.headers.get("cache-control"), "no-cache", path);
      assert.ok((await response.text()).length > 0, path);
    }
  });

  test("Chromium would install it", async ({ person }) => {
    const someone = await person();
    await someone.open("/");
    await someone.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    const debug = await someone.page.context().newCDPSession(someone.page);
    const { errors: inManifest } = await debug.send("Page.getAppManifest");
    assert.deepEqual(inManifest, []);
    const { installabilityErrors } = await debug.send("Page.getInstallabilityErrors");
    // A test's window keeps nothing, which is the one objection that says nothing about the app.
    assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito"), []);
  });

  test("without a network the offline page is shown", async ({ person, server }) => {
    const someone = await person();
    await someone.open("/");
    await someone.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await someone.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    someone.watch.expect(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
    await someone.page.context().setOffline(true);
    const response = await someone.page.goto(`${server.url}/?offline`);
    assert.ok(response.fromServiceWorker());
    assert.match(await someone.page.title(), /offline/i);
    await someone.page.context().setOffline(false);
  });

  test("no part of a release is for those who make it", async ({ person }) => {
    const someone = await person();
    someone.watch.expect(/status of 404/);
    for (const path of ["/ui", "/debug", "/metrics/debug", "/.git/config", "/Cargo.toml", "/pkg/app.wasm.map"]) {
      const response = await someone.page.goto(someone.server().url + path);
      assert.equal(response.status(), 404, path);
      assert.equal(await someone.page.locator(".gallery").count(), 0, path);
    }
  });

  test("the worker does nothing for a message it does not know", async ({ person }) => {
    const someone = await person();
    await someone.open("/");
    await someone.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    const state = () =>
      someone.page.evaluate(async () => {
        const names = await caches.keys();
        const kept = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)));
        const { active, waiting } = await navigator.serviceWorker.ready;
        return JSON.stringify([names, kept, active.state, waiting === null]);
      });
    await someone.page.waitForFunction(async () => (await navigator.serviceWorker.ready).active.state === "activated");
    const before = await state();
    await someone.page.evaluate(async () => {
      const { active } = await navigator.serviceWorker.ready;
      const odd = [null, 1, "skip-waiting", { type: "delete" }, { type: "cache", url: "https://evil.example/x" }, { type: ["skip-waiting"] }];
      for (const message of odd) active.postMessage(message);
      // A page that somebody else opened says it to the window.
      for (const message of odd) window.postMessage(message, "*");
    });
    // An answer of the worker comes after what was said before.
    await someone.page.evaluate(() => fetch("/offline.html").then((answer) => answer.text()));
    assert.equal(await state(), before);
  });

  test("over TLS the live socket is opened over TLS", async ({ person, server }) => {
    const someone = await person();
    const { page } = someone;
    const opened = [];
    await page.exposeFunction("opened", (url) => opened.push(url));
    await page.addInitScript(() => {
      const Real = window.WebSocket;
      window.WebSocket = class extends Real {
        constructor(url, ...more) {
          window.opened(String(url));
          super(url, ...more);
        }
      };
    });
    await page.context().route("https://jobs.example.org/**", async (route) => {
      const asked = new URL(route.request().url());
      const response = await route.fetch({ url: server.url + asked.pathname + asked.search, headers: { ...route.request().headers(), host: new URL(server.url).host } });
      await route.fulfill({ response });
    });
    someone.watch.expect(/WebSocket|ERR_|serviceWorker|Failed/i);
    await signUp(someone, { email: "tess@example.org", password: "four words of tess" });
    await someone.open("/today");
    assert.ok(opened.length > 0 && opened.every((url) => url.startsWith("ws://127.0.0.1")), `${opened}`);
    opened.length = 0;
    const { cookies } = await page.context().storageState();
    await page.context().addCookies(cookies.map(({ name, value }) => ({ name, value, url: "https://jobs.example.org/" })));
    await page.goto("https://jobs.example.org/today");
    await someone.hydrated();
    await page.waitForFunction(() => document.readyState === "complete");
    assert.ok(opened.length > 0, "a socket is opened");
    for (const url of opened) assert.match(url, /^wss:\/\/jobs\.example\.org\/live/);
  });
});
