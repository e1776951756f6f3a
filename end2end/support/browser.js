// Chromium as the tests want it.

import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome-stable", "/usr/bin/google-chrome"];

/** Starts the machine's Chromium (or the one `CHROMIUM` names), quiet on the network and without a window. */
export function launch() {
  const executablePath = process.env.CHROMIUM || PLACES.find((path) => existsSync(path));
  if (!executablePath) throw new Error("no Chromium: install the package `chromium`, or name the program in CHROMIUM");
  return chromium.launch({
    executablePath,
    // Root has no sandbox to offer; everyone else keeps it.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
