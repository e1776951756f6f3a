// What every visit rests on: the page comes alive, nothing breaks the policy, and the app can be installed.

import assert from "node:assert/strict";

import { stage } from "../support/stage.js";

stage("the front door", ({ test }) => {
  test("the first page comes alive", async ({ person }) => {
    const someone = await person();
    const response = await someone.open("/");
    assert.equal(response.status(), 200);
    assert.match(response.headers()["content-security-policy"], /script-src 'nonce-[^']+' 'strict-dynamic'/);
    await someone.inspect("front");
  });

  test("browser parts are hashed, compressed and kept for ever", async ({ person, server }) => {
    const someone = await person();
    const seen = new Map();
    someone.page.on("response", (response) => seen.set(new URL(response.url()).pathname, response));
    await someone.open("/");
    const parts = [...seen.keys()].filter((path) => path.startsWith("/pkg/app."));
    for (const ending of ["js", "wasm", "css"]) {
      const path = parts.find((part) => new RegExp(`^/pkg/app\\.[0-9a-f]{16}\\.${ending}$`).test(part));
      assert.ok(path, `no hashed .${ending} among ${parts}`);
      const headers = await seen.get(path).allHeaders();
      assert.equal(headers["cache-control"], "public, max-age=31536000, immutable");
      assert.equal(headers["content-encoding"], "br");
      assert.equal(headers["x-content-type-options"], "nosniff");
      const again = await fetch(server.url + path, { headers: { "if-none-match": headers.etag, "accept-encoding": "br" } });
      assert.equal(again.status, 304);
    }
    assert.equal(parts.length, 3, `each part is loaded under one address: ${parts}`);
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
    await someone.page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 15_000 });
    someone.watch.expect(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
    await someone.page.context().setOffline(true);
    const response = await someone.page.goto(`${server.url}/?offline`);
    assert.ok(response.fromServiceWorker());
    assert.match(await someone.page.title(), /offline/i);
    await someone.page.context().setOffline(false);
  });
});
