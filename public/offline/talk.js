// What pages say to the worker, and what it tells them.

/** Tells one page how things stand: what waits, whether pages are kept, and from when its own is, if that came from the device. */
async function tell(client) {
  const standing = {
    as_of: iso(madeAt.get(client.id)),
    keep: await keepsPages(),
    changes: (await own()).map(shown),
  };
  client.postMessage(JSON.stringify(standing));
}

// Signing out waits so long for what is still being sent.
const SENDING_MS = 5_000;

const iso = (date) => (date ? new Date(date).toISOString() : null);

async function tellAll() {
  for (const client of await self.clients.matchAll({ type: "window" })) await tell(client);
}

const heard = {
  /** A signed-in person's page is open. */
  async hello({ who, path, installed }, client) {
    if (typeof who !== "string") return;
    if (installed === true) await stored.set("installed", true);
    if ((await stored.setting("who")) !== who) {
      await forgetPages();
      await stored.set("who", who);
    }
    await tell(client);
    await sendAll();
    await forgetOldPages();
    await fetchPages([path, ...MAIN].filter((path) => typeof path === "string"));
  },
  /** It shows another page now. */
  async at({ path }) {
    if (typeof path === "string") await fetchPages([path]);
  },
  /** The network is back. */
  async back(_, client) {
    madeAt.delete(client.id);
    await sendAll();
    await tell(client);
  },
  async insist({ number }) {
    await insist(number);
  },
  async "give-up"({ number }) {
    await giveUp(number);
  },
  /** Whether pages are to be kept. */
  async keep({ on }, client) {
    await stored.set("keep", on === true);
    if (on !== true) await forgetPages();
    await tell(client);
    if (on === true) await fetchPages(MAIN);
  },
};

/** Hears a message of a page, if it is one. */
function hear(event) {
  const { type } = event.data ?? {};
  if (typeof type !== "string" || !Object.hasOwn(heard, type) || !event.source) return;
  event.waitUntil(heard[type](event.data, event.source));
}

/** Signing out: what waits is sent first, and no page stays. Whatever becomes of that, the person is signed out. */
async function leave(event) {
  try {
    await Promise.race([sendAll(), new Promise((over) => setTimeout(over, SENDING_MS))]);
    // In this order: a page that comes in between goes, and a later one is nobody's.
    await stored.set("who", "").finally(forgetPages);
  } catch {
    // This browser keeps nothing.
  }
  return fetch(event.request);
}
