// A mail server of somebody else's making (npm `smtp-server`), which keeps what the app sends.

import { setTimeout as sleep } from "node:timers/promises";
import { SMTPServer } from "smtp-server";

const LOGIN = { username: "postmaster", password: "open sesame" };
const PATIENCE = 10_000;

export class Inbox {
  #server;
  #mails = [];

  /** Opens one on a free port. */
  static async open() {
    const inbox = new Inbox();
    inbox.#server = new SMTPServer({
      // The way is this machine's own; without TLS there is no certificate to trust.
      hideSTARTTLS: true,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _, done) => {
        const known = username === LOGIN.username && password === LOGIN.password;
        done(known ? null : new Error("not you"), known ? { user: username } : undefined);
      },
      onData: (stream, { envelope }, done) => {
        const chunks = [];
        stream.on("data", (chunk) => chunks.push(chunk));
        stream.on("end", () => {
          const raw = Buffer.concat(chunks).toString("utf8");
          inbox.#mails.push({ to: envelope.rcptTo.map(({ address }) => address), raw });
          done();
        });
      },
    });
    await new Promise((ready, failed) => inbox.#server.once("error", failed).listen(0, "127.0.0.1", ready));
    return inbox;
  }

  /** The settings that make the app use it. */
  get env() {
    return {
      SMTP_HOST: "127.0.0.1",
      SMTP_PORT: String(this.#server.server.address().port),
      SMTP_TLS: "none",
      SMTP_USER: LOGIN.username,
      SMTP_PASSWORD: LOGIN.password,
      MAIL_FROM: "Career Co-Pilot <jobs@example.org>",
    };
  }

  /** The newest message with this subject to an address, without the line breaks its encoding adds; waits for it. */
  async mail(to, subject) {
    for (const start = Date.now(); Date.now() - start < PATIENCE; await sleep(25)) {
      const found = this.#mails.findLast((mail) => mail.to.includes(to) && mail.raw.includes(`Subject: ${subject}\r\n`));
      if (found) return found.raw.replaceAll("=\r\n", "").replaceAll("=3D", "=");
    }
    throw new Error(`no "${subject}" to ${to} among ${JSON.stringify(this.#mails)}`);
  }

  /** The messages to an address that may be unsubscribed from and are of this site, the newest last. */
  #of(to, site) {
    const plain = (mail) => mail.raw.replaceAll("=\r\n", "").replaceAll("=3D", "=").replace(/\r\n[ \t]+/g, " ");
    return this.#mails.filter((mail) => mail.to.includes(to)).map(plain).filter((raw) => raw.includes(`List-Unsubscribe: <${site}/`));
  }

  /** How many such messages there are. */
  count(to, site) {
    return this.#of(to, site).length;
  }

  /** The newest such message, without the line breaks its encoding adds. */
  last(to, site) {
    return this.#of(to, site).at(-1);
  }

  /** The link of such a message. */
  async link(to, subject) {
    return (await this.mail(to, subject)).match(/http:\/\/\S+\?token=[\w-]{43}/)[0];
  }

  async close() {
    await new Promise((closed) => this.#server.close(closed));
  }
}
