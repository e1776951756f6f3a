// Pictures of a page for people to look at, and the one thing a program can tell about them.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";

const folder = resolve(import.meta.dirname, "../screenshots");
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

/** Takes the whole page at 360 and 1440 px, light and dark, into `screenshots/<name>-<width>-<scheme>.png`. Fails if the
 *  page scrolls sideways. */
export async function shoot(page, name) {
  mkdirSync(folder, { recursive: true });
  await atEachSize(page, async (size) => {
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const path = resolve(folder, `${name}-${size.width}-${colorScheme}.png`);
      await page.screenshot({ path, fullPage: true, animations: "disabled" });
    }
    const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(content <= window, `${name}: at ${size.width} px the page is ${content} px wide`);
  });
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}
