// Accessibility by axe-core, in both colour schemes.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Fails if axe finds anything serious or critical on the page as it is, in light or in dark. */
export async function checkAxe(page) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // Colours fade into the other scheme; axe has to see where they end.
    await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))));
    await page.waitForTimeout(250);
    // Evaluated by the debugger: the page's policy, rightly, does not let in a script tag.
    if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
    const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    const bad = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    const told = bad.map(({ id, help, nodes }) => {
      const places = nodes.map(({ target, failureSummary }) => `    ${target.join(" ")}\n      ${failureSummary.replaceAll("\n", "\n      ")}`);
      return `  ${id}: ${help}\n${places.join("\n")}`;
    });
    assert.equal(bad.length, 0, `axe, ${colorScheme}, ${page.url()}:\n${told.join("\n")}`);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}
