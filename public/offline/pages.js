// Pages that were looked at, kept to be read without a network. They go when their person signs out, when somebody else signs in,
// when a new version of the app comes, and after two weeks.

const PAGES = `pages-${VERSION}`;
// Only what a job search needs on the way; nothing about the account.
const READABLE = /^\/(today|jobs|applications|skills|profile|alerts|offline)(\/|$)/;
const NOT_READABLE = /\/(import|add|new|edit)(\/|$)/;
// Kept without having been looked at.
const MAIN = ["/offline", "/today", "/applications", "/applications/tasks", "/applications/interviews", "/jobs"];
const MOST_PAGES = 80;
const FRESH_MS = 10 * 60 * 1000;
const OLDEST_MS = 14 * 24 * 60 * 60 * 1000;

// When the page of a window was made, if it came from the device.
const madeAt = new Map();

// How often pages were forgotten. What was asked for before that is not kept after it: it may be another person's.
let forgotten = 0;
// Keeping and forgetting happen one after the other.
let turn = Promise.resolve();

/** Does something to the kept pages when it is its turn. */
function inTurn(work) {
  const done = turn.then(work);
  turn = done.catch(() => {});
  return done;
}

/** Answers a navigation: from the network, else as it was, else with the offline page. */
async function page(event) {
  const { request, resultingClientId } = event;
  const url = new URL(request.url);
  const before = forgotten;
  try {
    const response = await fetch(request);
    // Whoever sees this is not signed in, or not any more.
    if (response.ok && url.pathname === "/sign-in") event.waitUntil(forgetPages());
    else if (response.ok) event.waitUntil(keepPage(url, response.clone(), before));
    return response;
  } catch {
    const kept = await keptPage(url).catch(() => undefined);
    if (kept) madeAt.set(resultingClientId, kept.headers.get("date"));
    return kept ?? offline();
  }
}

/** Whether pages are kept: as the person said, else where the app is installed. A browser may be anybody's. */
async function keepsPages() {
  return (await stored.setting("keep")) ?? (await stored.setting("installed")) ?? false;
}

async function isKeeping() {
  return (await keepsPages()) && Boolean(await stored.setting("who"));
}

async function keptPage(url) {
  if (!READABLE.test(url.pathname) || !(await isKeeping())) return undefined;
  const cache = await caches.open(PAGES);
  const kept = (await cache.match(url)) ?? (await cache.match(url, { ignoreSearch: true }));
  return kept && age(kept) < OLDEST_MS ? kept : undefined;
}

const age = (response) => Date.now() - Date.parse(response.headers.get("date") ?? 0);

/** Keeps a page that was asked for when pages had been forgotten `before` times. */
async function keepPage(url, response, before) {
  const html = response.headers.get("content-type")?.startsWith("text/html");
  if (!html || !READABLE.test(url.pathname) || NOT_READABLE.test(url.pathname)) return;
  await inTurn(async () => {
    if (forgotten !== before || !(await isKeeping())) return;
    const cache = await caches.open(PAGES);
    await cache.put(url, response);
    const all = await cache.keys();
    await Promise.all(all.slice(0, Math.max(0, all.length - MOST_PAGES)).map((oldest) => cache.delete(oldest)));
  });
}

/** Asks for pages to be kept that this device has not, or not as they are now. */
async function fetchPages(paths) {
  const before = forgotten;
  if (!(await isKeeping())) return;
  const cache = await caches.open(PAGES);
  for (const path of paths) {
    if (forgotten !== before) return;
    const url = new URL(path, self.location.origin);
    const kept = await cache.match(url);
    if (url.origin !== self.location.origin || (kept && age(kept) < FRESH_MS)) continue;
    try {
      const response = await fetch(url, { headers: { accept: "text/html" }, redirect: "error" });
      if (response.ok) await keepPage(url, response, before);
    } catch {
      return;
    }
  }
}

/** Keeps nothing older than two weeks. */
async function forgetOldPages() {
  const cache = await caches.open(PAGES);
  for (const request of await cache.keys()) {
    const kept = await cache.match(request);
    if (kept && age(kept) >= OLDEST_MS) await cache.delete(request);
  }
}

/** Lets no page stay, nor come any more that is on its way. */
function forgetPages() {
  forgotten += 1;
  return inTurn(async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith("pages-")).map((name) => caches.delete(name)));
  });
}
