// The same night with trouble: every board answers with a fault first, and the server is killed in the middle.

import { setTimeout as sleep } from "node:timers/promises";
import { after } from "node:test";

import { Inbox } from "../support/inbox.js";
import { Internet } from "../support/internet.js";
import { WANTED, choose, jobs, morning, searcher, until } from "../support/night.js";
import { stage } from "../support/stage.js";

const inbox = await Inbox.open();
const internet = await Internet.open();
after(() => Promise.all([inbox.close(), internet.close()]));

stage("a rough night", { env: { ...inbox.env, ...internet.env } }, ({ test }) => {
  test("every board has a fault and the server is killed, and nothing is lost or told twice", async ({ person, server }) => {
    const email = "ann@example.net";
    const ann = await searcher(person, inbox, email);
    const { page } = ann;
    internet.trouble();
    await choose(ann);
    await until("the first visits", async () => internet.asked.size >= 5 || internet.asked.size);
    // She is gone, and what her page asked for just now may break off.
    ann.watch.expect(/net::ERR_|WebSocket|Failed to fetch|status of 50/);
    await page.goto("about:blank");
    await server.kill();
    await server.again();
    await ann.open("/admin/sources");
    // Whatever is in trouble is tried again at once instead of in its time.
    await until("all arrived", async () => {
      const found = (await jobs(page)).length;
      if (found >= WANTED) return true;
      const sources = await page.evaluate(() => fetch("/api/list_sources", { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" } }).then((answer) => answer.json()).then(({ page }) => page.items));
      for (const { id, succeeded_at } of sources) {
        if (!succeeded_at) {
          await page.evaluate((id) => fetch("/api/retry_source", { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body: `id=${id}` }), id);
        }
      }
      await sleep(2_000);
      return { found, without: sources.filter(({ succeeded_at }) => !succeeded_at).map(({ label, last_error }) => `${label}: ${last_error}`) };
    });
    await ann.open("/admin/sources");
    await ann.inspect("admin-sources");
    await morning(ann, inbox, email);
  });
});
