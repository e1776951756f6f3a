// Pictures of a page for people to look at, and the one thing a program can tell about them.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";

import { errors } from "playwright-core";

const folder = resolve(import.meta.dirname, "../screenshots");
/** A picture takes a quarter of a second, on a slow machine two. */
const PATIENCE = 15_000;
const SIZES = [{ width: 360, height: 740 }, { width: 1440, height: 900 }];

/** Does something with the page at 360 and at 1440 px, and gives it its size back. */
export async function atEachSize(page, look) {
  const before = page.viewportSize();
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await look(size);
  }
  if (before) await page.setViewportSize(before);
}

/** Takes a picture. A busy Chromium now and then owes the frame it was asked for and never draws it: then it is asked once more. */
async function draw(page, options) {
  try {
    await page.screenshot({ ...options, timeout: PATIENCE });
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error;
    console.error(`no picture of ${page.url()} in ${PATIENCE / 1_000} s, once more`);
    await page.bringToFront();
    await page.screenshot(options);
  }
}

/** Takes the whole page at 360 and 1440 px, light and dark, into `screenshots/<name>-<width>-<scheme>.png`. Fails if the
 *  page scrolls sideways. */
export async function shoot(page, name) {
  mkdirSync(folder, { recursive: true });
  await atEachSize(page, async (size) => {
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const path = resolve(folder, `${name}-${size.width}-${colorScheme}.png`);
      await draw(page, { path, fullPage: true, animations: "disabled" });
    }
    const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(content <= window, `${name}: at ${size.width} px the page is ${content} px wide`);
  });
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}
