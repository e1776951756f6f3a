// A file of browser tests: one server, one browser, and for each test people who each have a browser window of their own.
//
//   stage("signing in", ({ test, server }) => {
//     test("the right password opens the dashboard", async ({ person }) => {
//       const ann = await person("Ann");
//       await ann.open("/signin");
//       …
//     });
//   });

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { after, before, describe, test as nodeTest } from "node:test";

import { checkAxe } from "./axe.js";
import { launch } from "./browser.js";
import { Server } from "./server.js";
import { atEachSize, shoot } from "./shoot.js";
import { Watch } from "./watch.js";

const results = resolve(import.meta.dirname, "../test-results");

/** One who sits before a browser of their own. */
class Person {
  constructor(name, page, watch, server) {
    Object.assign(this, { name, page, watch, server });
  }

  /** Opens an address of the app and waits until the page is alive. Gives the response. */
  async open(path) {
    const response = await this.page.goto(this.server().url + path);
    await this.hydrated();
    return response;
  }

  /** Waits until the browser half has taken over the page, and writes its moments in the person's own zone. */
  async hydrated() {
    await this.page.waitForFunction(
      () => "hydrated" in document.documentElement.dataset && !document.querySelector('time[title$=" UTC"]'),
    );
  }

  /** Takes the pictures of the page as it is, and looks at it with axe, as a phone and a desk see it. */
  async inspect(name) {
    await shoot(this.page, name);
    await atEachSize(this.page, () => checkAxe(this.page));
  }

  /** Presses keys, one after the other. */
  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Goes on with Tab until this has the focus, and fails if that takes more than `most` stops or one of them cannot be seen. */
  async tabTo(wanted, most = 40) {
    const stops = [];
    while (stops.length < most) {
      await this.press("Tab");
      const stop = await this.page.evaluate(focused);
      stops.push(stop.name);
      assert.ok(stop.shown, `nothing shows that ${stop.name} has the focus`);
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
    }
    assert.fail(`not reached by Tab: ${wanted}, only\n  ${stops.join("\n  ")}`);
  }
}

/** Runs in the page: what has the focus, and whether an outline, its own or one that stands for it, is in sight. */
function focused() {
  const at = document.activeElement;
  const name = `${at.localName} ${at.getAttribute("aria-label") ?? at.textContent.trim().slice(0, 60)}`;
  const { top, bottom } = at.getBoundingClientRect();
  const outlined = (element, part) => element && getComputedStyle(element, part).outlineStyle !== "none";
  const around = at.closest(".input, .drop");
  const ring = outlined(at) || outlined(at, "::after") || outlined(around) || outlined(at.nextElementSibling);
  return { name, shown: at === document.body || (ring && bottom > 0 && top < innerHeight) };
}

/** Defines the tests of a file. `options` go to `Server.start`. */
export function stage(title, options, define = options) {
  describe(title, () => {
    let server;
    let browser;
    before(async () => {
      [server, browser] = await Promise.all([Server.start(define === options ? {} : options), launch()]);
    });
    after(async () => {
      await browser?.close();
      await server?.remove();
    });

    const test = (name, body) =>
      nodeTest(name, async () => {
        const people = [];
        const person = async (called = "someone", context = {}) => {
          const opened = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Berlin", ...context });
          const watch = await Watch.over(opened);
          const page = await opened.newPage();
          const one = new Person(called, page, watch, () => server);
          people.push(one);
          return one;
        };
        try {
          await body({ person, server });
          for (const { name: called, watch } of people) {
            assert.deepEqual(watch.problems(), [], `${called}'s browser had problems`);
          }
        } catch (error) {
          await keepEvidence(name, people, server);
          throw error;
        } finally {
          for (const { page } of people) await leave(page);
        }
      });

    define({ test, server: () => server });
  });
}

/** Closes the page's browser window. What a test answers in the network's place may still be under way: nobody waits for it now. */
async function leave(page) {
  await page.context().unrouteAll({ behavior: "ignoreErrors" });
  await page.context().close();
}

/** Pictures of every open page, and what the browsers and the server said. */
async function keepEvidence(name, people, server) {
  mkdirSync(results, { recursive: true });
  const file = name.replaceAll(/[^a-z0-9]+/gi, "-").toLowerCase();
  for (const one of people) {
    const path = resolve(results, `${file}-${one.name.toLowerCase()}.png`);
    await one.page.screenshot({ path, fullPage: true, timeout: 5_000 }).catch(() => {});
    console.error(`${one.name} at ${one.page.url()}, picture in ${path}`);
    for (const problem of one.watch.problems()) console.error(`  ${problem}`);
  }
  console.error(`the server's last lines:\n${server?.tail()}`);
}
