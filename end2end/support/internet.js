// The internet, as far as boards of jobs go: what each answers, in its documented shape, by one local server. `FETCH_MIRROR` sends
// every fetch here, `https://host/path` as `/host/path`. With faults, a board first answers something else than it should.

import { createServer } from "node:http";

/** A posting of a board: `n` tells them apart. Boards have texts of their own, or one would rightly be taken for another's copy. */
function posting(board, n) {
  const place = ["Lyon, France", "Berlin, Germany", "Remote"][n % 3];
  const wanted = n % 5 === 0;
  const dice = Dice(`${board} ${n}`);
  const tasks = Array.from({ length: 8 }, () => `You ${dice(VERBS)} ${dice(KINDS)} ${dice(THINGS)} and ${dice(VERBS)} ${dice(KINDS)} ${dice(THINGS)}.`);
  const asked = wanted ? "Python and SQL every day, Docker on the servers." : "You like to work with others.";
  return {
    n,
    title: wanted ? "Senior Data Engineer" : ["Baker", "Night Nurse", "Welder", "Tram Driver"][n % 4],
    company: `${board} Works`,
    place,
    text: `${board} Works, hall ${n}. ${tasks.join(" ")} ${asked}`,
    day: new Date(Date.now() - (n % 9) * 86_400_000),
  };
}

const VERBS = ["plan", "build", "check", "repair", "describe", "measure", "explain", "collect", "sort", "prepare", "guide", "test"];
const KINDS = ["daily", "older", "urgent", "quiet", "larger", "foreign", "broken", "seasonal", "careful", "shared", "early", "printed", "heavy"];
const THINGS = ["orders", "rooms", "machines", "letters", "lessons", "samples", "invoices", "tracks", "pipelines", "reports", "routes", "tools"];

/** Picks from lists; what it picks looks random and is the same in every run. */
function Dice(seed) {
  let state = [...seed].reduce((sum, char) => (Math.imul(sum, 31) + char.charCodeAt(0)) >>> 0, 7);
  return (list) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return list[(state >>> 16) % list.length];
  };
}

const html = (text) => `<p>${text}</p><h2>Requirements</h2><ul><li>You like to work with others</li></ul>`;
const list = (board, count = 5) => Array.from({ length: count }, (_, n) => posting(board, n + 1));

/** Boards by host: what they answer to a path and its parameters. */
const BOARDS = {
  "boards-api.greenhouse.io": () => ({
    jobs: list("Green").map(({ n, title, company, place, text, day }) => ({
      id: 4000 + n, title, company_name: company, absolute_url: `https://job-boards.greenhouse.io/green/jobs/${4000 + n}`,
      location: { name: place }, first_published: day.toISOString(), content: html(text).replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
    })),
    meta: { total: 5 },
  }),
  "api.lever.co": () =>
    list("Lever").map(({ n, title, place, text, day }) => {
      const id = `00000000-0000-4000-8000-00000000000${n}`;
      return {
        id, text: title, hostedUrl: `https://jobs.lever.co/lever-works/${id}`, createdAt: day.getTime(), workplaceType: "onsite",
        categories: { location: place }, description: html(text), descriptionPlain: text, lists: [], additional: "",
      };
    }),
  "api.ashbyhq.com": () => ({
    apiVersion: "1",
    jobs: list("Ash").map(({ n, title, place, text, day }) => ({
      id: `00000000-0000-4000-8000-00000000010${n}`, title, location: place, publishedAt: day.toISOString(), isListed: true,
      jobUrl: `https://jobs.ashbyhq.com/ash-works/00000000-0000-4000-8000-00000000010${n}`, descriptionHtml: html(text), descriptionPlain: text,
    })),
  }),
  "api.smartrecruiters.com": ({ url }) => {
    const all = list("Smart");
    const offset = Number(url.searchParams.get("offset") ?? 0);
    const one = (found) => ({
      id: `74400000000000${found.n}`, name: found.title, company: { identifier: "SmartWorks", name: found.company },
      releasedDate: found.day.toISOString(), location: { fullLocation: found.place },
    });
    const single = url.pathname.match(/postings\/74400000000000(\d+)$/);
    if (single) {
      const found = all.find(({ n }) => n === Number(single[1]));
      return found && { ...one(found), jobAd: { sections: { jobDescription: { title: "Job description", text: html(found.text) } } } };
    }
    return { offset, limit: 100, totalFound: all.length, content: all.slice(offset, offset + 100).map(one) };
  },
  "recruit.recruitee.com": () => ({
    offers: list("Recruit").map(({ n, title, company, place, text, day }) => ({
      id: n, slug: `offer-${n}`, title, status: "published", company_name: company, location: place, city: place.split(",")[0],
      careers_url: `https://recruit.recruitee.com/o/offer-${n}`, published_at: day.toISOString(), description: html(text), requirements: "",
    })),
  }),
  "apply.workable.com": () => ({
    name: "Work Works",
    jobs: list("Work").map(({ n, title, place, text, day }) => ({
      title, shortcode: `ABC${n}`, url: `https://apply.workable.com/work-works/j/ABC${n}`, published_on: day.toISOString().slice(0, 10),
      city: place.split(",")[0], country: place.split(", ")[1] ?? "", description: html(text),
    })),
  }),
  "person.jobs.personio.de": () =>
    `<?xml version="1.0" encoding="UTF-8"?><workzag-jobs>${list("Person")
      .map(({ n, title, place, text, day }) => `<position><id>${n}</id><office>${place}</office><name>${title}</name>
        <jobDescriptions><jobDescription><name>Your tasks</name><value><![CDATA[${html(text)}]]></value></jobDescription></jobDescriptions>
        <createdAt>${day.toISOString()}</createdAt></position>`)
      .join("")}</workzag-jobs>`,
  "acme.wd5.myworkdayjobs.com": ({ url, body }) => {
    const all = list("Day", 25);
    const single = url.pathname.match(/Post_R(\d+)$/);
    if (single) {
      const found = all.find(({ n }) => n === Number(single[1]));
      return found && { jobPostingInfo: { title: `${found.title} ${found.n}`, jobDescription: html(found.text), location: found.place, jobReqId: `R${found.n}`, startDate: found.day.toISOString().slice(0, 10) } };
    }
    const { offset = 0, limit = 20 } = body ? JSON.parse(body) : {};
    const some = all.slice(offset, offset + limit);
    return {
      total: offset ? 0 : all.length,
      jobPostings: some.map(({ n, title, place }) => ({ title: `${title} ${n}`, externalPath: `/job/Hall/Post_R${n}`, locationsText: place, postedOn: "Posted Today", bulletFields: [`R${n}`] })),
    };
  },
  "remotive.com": () => ({
    "0-legal-notice": "notice",
    jobs: list("Green").map(({ n, title, company, text, day }) => ({
      id: n, url: `https://remotive.com/remote-jobs/all/job-${n}`, title, company_name: company, publication_date: day.toISOString().slice(0, 19),
      candidate_required_location: ["Lyon, France", "Berlin, Germany", "Worldwide"][n % 3], salary: "", description: html(text), tags: [],
    })),
  }),
  "weworkremotely.com": () => feed("We Work Remotely", list("Rail").map((found) => ({ ...found, title: `${found.company}: ${found.title}` })), "https://weworkremotely.com/remote-jobs"),
  "jobs.example.org": ({ url }) =>
    url.pathname.endsWith("/robots.txt")
      ? { type: "text/plain", text: "User-agent: *\nDisallow: /private/\n" }
      : feed("Jobs of the valley", list("Valley").map((found) => ({ ...found, title: `${found.title} at ${found.company}` })), "https://jobs.example.org/posting"),
  "mill.example.org": ({ url }) => {
    if (url.pathname.endsWith("/robots.txt")) return undefined;
    const { title, company, text, day } = posting("Mill", 10);
    const data = { "@context": "https://schema.org", "@type": "JobPosting", title, hiringOrganization: { "@type": "Organization", name: company },
      datePosted: day.toISOString().slice(0, 10), description: html(text), url: "https://mill.example.org/jobs/10",
      jobLocation: { "@type": "Place", address: { addressLocality: "Lyon", addressCountry: "FR" } } };
    return { type: "text/html", text: `<!doctype html><title>${title}</title><script type="application/ld+json">${JSON.stringify(data)}</script><p>${text}</p>` };
  },
};

function feed(name, all, base) {
  const items = all.map(({ n, title, text, day }) => `<item><title>${title}</title><link>${base}/${n}</link><guid>${base}/${n}</guid><region>Anywhere</region>
    <description>${html(text).replaceAll("<", "&lt;").replaceAll(">", "&gt;")}</description><pubDate>${day.toUTCString()}</pubDate></item>`);
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>${name}</title><link>${base}</link><description>Jobs</description>${items.join("")}</channel></rss>`;
}

/** What a board can do instead of answering. */
const FAULTS = [
  (response) => response.writeHead(429, { "retry-after": "1" }).end(),
  (response) => response.writeHead(503).end("down for a moment"),
  (response, text) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": text.length });
    response.write(text.slice(0, text.length / 2), () => response.destroy());
  },
  (response) => response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ jobs: "none today", offers: 7, content: null, jobPostings: {} })),
  (response) => response.socket.destroy(),
];

/** The addresses people would paste for these boards, in the order of `BOARDS`. */
export const ADDRESSES = [
  "https://boards.greenhouse.io/green",
  "https://jobs.lever.co/lever-works",
  "https://jobs.ashbyhq.com/ash-works",
  "https://careers.smartrecruiters.com/SmartWorks",
  "https://recruit.recruitee.com",
  "https://apply.workable.com/work-works",
  "https://person.jobs.personio.de",
  "https://acme.wd5.myworkdayjobs.com/Careers",
  "https://remotive.com",
  "https://weworkremotely.com",
  "https://jobs.example.org/feed.xml",
  "https://mill.example.org/jobs/10",
];

export class Internet {
  #server;
  /** How often each host was asked. */
  asked = new Map();
  /** Faults each host still answers with before it behaves; see `trouble`. */
  #faults = new Map();

  static async open() {
    const internet = new Internet();
    internet.#server = createServer((request, response) => internet.#answer(request, response));
    await new Promise((ready, failed) => internet.#server.once("error", failed).listen(0, "127.0.0.1", ready));
    return internet;
  }

  /** The settings that send every fetch here. */
  get env() {
    return { FETCH_MIRROR: `http://127.0.0.1:${this.#server.address().port}` };
  }

  /** From now on each board answers once with a fault, no two neighbours with the same one. */
  trouble() {
    Object.keys(BOARDS).forEach((host, at) => this.#faults.set(host, [at % FAULTS.length]));
  }

  async #answer(request, response) {
    const [, host, ...path] = request.url.split("/");
    const url = new URL(`https://${host}/${path.join("/")}`);
    let body = "";
    for await (const chunk of request) body += chunk;
    this.asked.set(host, (this.asked.get(host) ?? 0) + 1);
    const found = BOARDS[host]?.({ url, body });
    if (found === undefined) return response.writeHead(404).end();
    const { type, text } = typeof found === "string" ? { type: "application/xml", text: found }
      : found.type ? found : { type: "application/json", text: JSON.stringify(found) };
    const fault = url.pathname.endsWith("/robots.txt") ? undefined : this.#faults.get(host)?.shift();
    if (fault !== undefined) return FAULTS[fault](response, text);
    response.writeHead(200, { "content-type": type }).end(text);
  }

  async close() {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }
}
