// Keeps the app's own files on the device, so that a second visit starts at once. Without a network, pages that were looked at can be
// read, and changes wait until they can be sent.

// The build fills in these two lines.
const VERSION = "dev";
const ASSETS = [];

const CACHE = `assets-${VERSION}`;
const OFFLINE = "/offline.html";
const kept = new Set(ASSETS);

importScripts("/offline/store.js", "/offline/pages.js", "/offline/changes.js", "/offline/talk.js", "/notices.js");

self.addEventListener("install", (event) => {
  event.waitUntil(fill());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([dropOldCaches(), self.clients.claim()]));
});

// A new version takes over when the page asks for it, never in the middle of someone's work.
self.addEventListener("message", (event) => {
  if (event.data?.type === "skip-waiting") self.skipWaiting();
  else hear(event);
});

self.addEventListener("sync", (event) => {
  if (event.tag === "changes") event.waitUntil(sendAll());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  const name = changes(request);
  if (name) {
    event.respondWith(change(request, name));
  } else if (request.method === "POST" && url.pathname === "/api/sign_out") {
    event.respondWith(leave(event));
  } else if (request.method !== "GET") {
    return;
  } else if (request.mode === "navigate") {
    event.respondWith(page(event));
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
  await Promise.all(names.filter((name) => /^(assets|pages)-/.test(name) && name !== CACHE && name !== PAGES).map((name) => caches.delete(name)));
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

// Push: what the server has to tell while no page is open. Something is always shown, as browsers ask for.
