// Keeps the app's own files on the device, so that a second visit starts at once, and says so when there is no network.
// Pages and answers about a person are never kept: they come from the server, or not at all.

// The build fills in these two lines.
const VERSION = "dev";
const ASSETS = [];

const CACHE = `assets-${VERSION}`;
const OFFLINE = "/offline.html";
const kept = new Set(ASSETS);

self.addEventListener("install", (event) => {
  event.waitUntil(fill());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([dropOldCaches(), self.clients.claim()]));
});

// A new version takes over when the page asks for it, never in the middle of someone's work.
self.addEventListener("message", (event) => {
  if (event.data?.type === "skip-waiting") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(offline));
  } else if (kept.has(url.pathname) && url.search === "") {
    event.respondWith(fromCache(request, url.pathname));
  }
});

async function fill() {
  const cache = await caches.open(CACHE);
  // Files without a hash in their name may be stale in the browser's own cache.
  await cache.addAll(ASSETS.map((path) => new Request(path, { cache: path.startsWith("/pkg/") ? "default" : "reload" })));
}

async function dropOldCaches() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("assets-") && name !== CACHE).map((name) => caches.delete(name)));
}

async function fromCache(request, path) {
  const cache = await caches.open(CACHE);
  // A full answer is no answer to a request for a range.
  if (request.headers.has("range")) return fetch(request);
  return (await cache.match(path)) ?? fetch(request);
}

async function offline() {
  const cache = await caches.open(CACHE);
  return (await cache.match(OFFLINE)) ?? Response.error();
}
