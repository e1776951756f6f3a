// Changes made without a network wait here and are sent in the order they were made. Each has a key, under which the server makes it
// once, however often it is sent. What was changed elsewhere meanwhile is not overwritten: the person is asked.

// The server functions whose changes can wait: all answer with what was done, which nothing can be taken back of yet.
const CHANGES = new Set([
  "add_contact",
  "add_document",
  "add_interview",
  "add_talk",
  "change_contact",
  "change_interview",
  "change_step",
  "finish_task",
  "give_feedback",
  "hide_company",
  "link_contact",
  "move_application",
  "move_chosen",
  "put_off_task",
  "remove_application",
  "remove_chosen",
  "remove_contact",
  "remove_document",
  "remove_feedback",
  "remove_interview",
  "remove_offer",
  "remove_talk",
  "remove_task",
  "reopen_task",
  "save_notes",
  "save_offer",
  "save_task",
  "show_company",
  "unlink_contact",
]);
const DONE = '{"bundle":null,"count":1}';
const MOST_CHANGES = 500;
const PATIENCE_MS = 30_000;
// The server fails for this one again and again, and not for lack of a network.
const MOST_FAILURES = 5;

/** The function a request changes something by, if that can wait. */
function changes({ method, mode, url }) {
  const { pathname } = new URL(url);
  const name = pathname.startsWith("/api/") ? pathname.slice(5) : "";
  return method === "POST" && mode !== "navigate" && CHANGES.has(name) ? name : undefined;
}

/** Sends a change, or keeps it when the network is away. */
async function change(request, name) {
  // A browser that keeps nothing sends, and no more.
  const who = await stored.setting("who").catch(() => "");
  if (!who) return fetch(request);
  const kept = {
    name,
    who,
    key: `${who}.${crypto.randomUUID()}`,
    body: await request.text(),
    headers: Object.fromEntries(["content-type", "accept"].map((header) => [header, request.headers.get(header) ?? "*/*"])),
    from: new URL(request.referrer || "/", self.location.origin).pathname,
    at: Date.now(),
    state: "waiting",
    failures: 0,
  };
  // What was made before goes before.
  await sendAll();
  const ahead = await own();
  if (ahead.every((other) => other.state !== "waiting" && about(other) !== about(kept))) {
    try {
      return await post(kept);
    } catch {
      // It waits, too.
    }
  }
  if (ahead.length >= MOST_CHANGES) return Response.error();
  await stored.keep(kept);
  await tellAll();
  // Browsers that can wake the worker when the network is back do.
  await self.registration.sync?.register("changes").catch(() => {});
  return new Response(DONE, { headers: { "content-type": "application/json" } });
}

function post({ name, key, body, headers }) {
  return fetch(`/api/${name}`, {
    method: "POST",
    headers: { ...headers, "idempotency-key": key },
    body,
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
}

/** What a change is about: of two that are about one thing the later waits for the earlier. */
function about({ body }) {
  const fields = new URLSearchParams(body);
  return fields.get("id") ?? fields.get("job_id") ?? fields.get("ids") ?? "";
}

/** The changes of whoever is signed in. */
async function own() {
  const who = await stored.setting("who");
  return (await stored.changes()).filter((change) => change.who === who);
}

let sending = Promise.resolve();

/** Sends everything that waits, one after the other, until the network is away again. */
function sendAll() {
  sending = sending.then(sendEach).catch(() => {});
  return sending;
}

async function sendEach() {
  const held = new Set();
  const all = await own();
  let sent = false;
  for (const next of all) {
    const change = await again(next);
    if (!change) continue;
    if (change.state !== "waiting" || held.has(about(change))) {
      held.add(about(change));
      continue;
    }
    let response;
    try {
      response = await post(change);
    } catch {
      break;
    }
    sent = true;
    if (response.ok) await wasMade(change);
    else if (await stopsFor(response, change)) break;
    else held.add(about(change));
  }
  if (sent) await tellAll();
}

/** The change as it is kept now; sending one can change others. */
async function again({ number }) {
  return (await stored.changes()).find((change) => change.number === number);
}

/** It is done: what else waits about the same thing was made after it, and so from the version it made. */
async function wasMade(change) {
  await stored.drop(change.number);
  const seen = new URLSearchParams(change.body).get("version");
  for (const later of await own()) {
    const fields = new URLSearchParams(later.body);
    if (seen === null || about(later) !== about(change) || fields.get("version") !== seen) continue;
    fields.set("version", String(Number(seen) + 1));
    await stored.keep({ ...later, body: fields.toString() });
  }
}

/** Notes what the server said against it; answers whether the others have to wait as well. */
async function stopsFor(response, change) {
  const { status } = response;
  if (status === 401 || status === 429) return true;
  const failures = change.failures + 1;
  if (status >= 500 && failures < MOST_FAILURES) {
    await stored.keep({ ...change, failures });
    return true;
  }
  const problem = await response.json().catch(() => null);
  const now = typeof problem?.Changed === "string" ? problem.Changed : null;
  await stored.keep({ ...change, failures, state: now === null ? "refused" : "asking", now, why: now === null ? why(problem) : "" });
  return false;
}

/** The server's sentence. */
function why(problem) {
  if (problem === "NotFound") return "This does not exist any more.";
  const said = problem && typeof problem === "object" ? Object.values(problem)[0] : "";
  if (typeof said === "string" && said) return said;
  if (said && typeof said === "object") return Object.values(said).join(" ");
  return "The server could not do this.";
}

/** The person wants a change all the same: it is sent as one that saw the newest version. */
async function insist(number) {
  const change = (await own()).find((change) => change.number === number);
  if (!change) return;
  const fields = new URLSearchParams(change.body);
  const version = change.now === null || change.now === undefined ? undefined : JSON.parse(change.now)?.version;
  if (version === undefined) fields.delete("version");
  else fields.set("version", String(version));
  await stored.keep({ ...change, body: fields.toString(), state: "waiting", failures: 0, now: null, why: "" });
  await sendAll();
  await tellAll();
}

/** The person gives a change up. */
async function giveUp(number) {
  if ((await own()).some((change) => change.number === number)) await stored.drop(number);
  await sendAll();
  await tellAll();
}

/** A change for a page: each field as it would be, and as it is. */
function shown(change) {
  const now = change.now ? JSON.parse(change.now) : null;
  const fields = [...new URLSearchParams(change.body)].filter(([name]) => !["id", "version"].includes(name));
  return {
    number: change.number,
    name: change.name,
    about: about(change),
    from: change.from,
    at: new Date(change.at).toISOString(),
    state: change.state,
    why: change.why ?? "",
    fields: fields.map(([name, text]) => [name, text, now ? words(now[name === "kind" ? "type" : name] ?? now[name]) : ""]),
  };
}

/** A value of the server's as a form would show it. */
function words(value) {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(words).join(", ");
  if (typeof value === "object") return Object.values(value).map(words).join(" ");
  const text = String(value);
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)) return text;
  const at = new Date(text);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
