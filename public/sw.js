// Keeps the app's own files on the device, so that a second visit starts at once. Without a network, pages that were looked at can be
// read, and changes wait until they can be sent.

// The build fills in these two lines.
const VERSION = "dev";
const ASSETS = [];

const CACHE = `assets-${VERSION}`;
const OFFLINE = "/offline.html";
const kept = new Set(ASSETS);

importScripts("/offline/store.js", "/offline/pages.js", "/offline/changes.js", "/offline/talk.js");

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

self.addEventListener("push", (event) => {
  event.waitUntil(show(told(event.data)));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openPage(ownPath(event.notification.data?.path)));
});

self.addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil(subscribeAgain(event));
});

function told(data) {
  try {
    const said = data.json();
    if (typeof said.title === "string" && said.title !== "") return said;
  } catch {
    // Not ours, or of a version to come.
  }
  return { title: "Career Co-Pilot", body: "There is something new." };
}

function show({ title, body, path, tag }) {
  const text = (value) => (typeof value === "string" ? value : "");
  const icon = "/icon-192.png";
  return self.registration.showNotification(title, { body: text(body), tag: text(tag), icon, badge: icon, data: { path: ownPath(path) } });
}

// An address of this site, whatever a message says: "//elsewhere" and "/\elsewhere" are none.
function ownPath(path) {
  const { origin } = self.location;
  const ours = typeof path === "string" && path.startsWith("/") && URL.canParse(path, origin) && new URL(path, origin).origin === origin;
  return ours ? path : "/today";
}

async function openPage(path) {
  const windows = await self.clients.matchAll({ type: "window" });
  const there = windows.find((page) => page.url === self.location.origin + path);
  if (there) return there.focus();
  for (const page of windows) {
    try {
      await page.focus();
      return await page.navigate(path);
    } catch {
      // Not a page of this worker, or gone meanwhile: another one.
    }
  }
  return self.clients.openWindow(path);
}

// The browser has another address from now on: the server is to know, or to forget the one before.
async function subscribeAgain({ newSubscription }) {
  try {
    const subscription = newSubscription ?? (await subscribe());
    const kept = await post("/api/keep_push_device", { subscription: JSON.stringify(subscription) });
    if (!kept.ok) await subscription.unsubscribe();
  } catch {
    // Without an answer the server finds out with its next message.
    await post("/api/leave_push", {}).catch(() => {});
  }
}

async function subscribe() {
  const { public_key } = await (await post("/api/load_pushing", {})).json();
  return self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: public_key });
}

function post(path, fields) {
  return fetch(path, { method: "POST", headers: { accept: "application/json" }, body: new URLSearchParams(fields) });
}
