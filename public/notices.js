// Notices on the device: what the server told, shown whether a page is open or not.

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
    const kept = await ask("/api/keep_push_device", { subscription: JSON.stringify(subscription) });
    if (!kept.ok) await subscription.unsubscribe();
  } catch {
    // Without an answer the server finds out with its next message.
    await ask("/api/leave_push", {}).catch(() => {});
  }
}

async function subscribe() {
  const { public_key } = await (await ask("/api/load_pushing", {})).json();
  return self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: public_key });
}

function ask(path, fields) {
  return fetch(path, { method: "POST", headers: { accept: "application/json" }, body: new URLSearchParams(fields) });
}
