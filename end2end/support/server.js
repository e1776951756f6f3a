// The real binary with a data folder of its own.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const target = process.env.CARGO_TARGET_DIR ?? resolve(import.meta.dirname, "../../target");
const BINARY = process.env.BINARY || join(target, "release/career-copilot");
const START_LIMIT = 15_000;
const STOP_LIMIT = 15_000;

export class Server {
  /**
   * Starts a server on a free port and an empty data folder; `env` adds to its configuration, `args` to `serve`. `name` is the
   * host it is to be reached by where that matters, as for passkeys.
   */
  static async start({ env = {}, args = [], name } = {}) {
    const server = new Server();
    server.folder = await mkdtemp(join(tmpdir(), "career-copilot-e2e-"));
    server.port = await freePort();
    server.url = `http://${name ?? "127.0.0.1"}:${server.port}`;
    server.env = name ? { PUBLIC_URL: server.url, ...env } : env;
    server.args = args;
    server.log = [];
    try {
      await server.#spawn();
    } catch (error) {
      await rm(server.folder, { recursive: true, force: true });
      throw error;
    }
    return server;
  }

  async #spawn() {
    // Only what it needs: a developer's own DATABASE_URL must not reach it.
    const env = {
      PATH: process.env.PATH,
      RUST_LOG: process.env.RUST_LOG ?? "info",
      RUST_BACKTRACE: "1",
      LISTEN_ADDR: `127.0.0.1:${this.port}`,
      DATA_DIR: join(this.folder, "data"),
      ...this.env,
    };
    const child = spawn(BINARY, ["serve", ...this.args], { cwd: this.folder, env, stdio: ["ignore", "pipe", "pipe"] });
    this.child = child;
    this.ended = new Promise((done) => {
      child.once("error", (error) => done(String(error)));
      child.once("exit", (code, signal) => done(signal ?? code));
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        this.log.push(text);
        if (this.log.length > 400) this.log.shift();
      });
    }
    let gone;
    this.ended.then((how) => (gone = how));
    for (const start = Date.now(); Date.now() - start < START_LIMIT; await sleep(25)) {
      if (gone !== undefined) throw new Error(`${BINARY} ended (${gone}) before it answered:\n${this.tail()}`);
      const answer = await fetch(`${this.url}/`, { redirect: "manual" }).catch(() => undefined);
      if (answer && answer.status < 500) return;
    }
    await this.kill();
    throw new Error(`${BINARY} did not answer within ${START_LIMIT} ms:\n${this.tail()}`);
  }

  /** Starts again on the same port and data after `stop` or `kill`. */
  async again() {
    await this.#spawn();
  }

  /** Stops and starts on the same port and data. */
  async restart() {
    await this.stop();
    await this.again();
  }

  /** Asks it to finish (SIGTERM) and waits; one that does not finish in time, or finishes badly, is an error. */
  async stop() {
    this.child.kill("SIGTERM");
    const how = await Promise.race([this.ended, sleep(STOP_LIMIT, "late", { ref: false })]);
    if (how === "late") {
      await this.kill();
      throw new Error(`the server did not stop within ${STOP_LIMIT} ms of SIGTERM:\n${this.tail()}`);
    }
    if (how !== 0) throw new Error(`the server ended with ${how}:\n${this.tail()}`);
  }

  /** Ends it at once (SIGKILL), as a crash would. */
  async kill() {
    this.child.kill("SIGKILL");
    await this.ended;
  }

  /** Stops it if it runs, and removes its data. */
  async remove() {
    try {
      if (this.child.exitCode === null && this.child.signalCode === null) await this.stop();
    } finally {
      await rm(this.folder, { recursive: true, force: true });
    }
  }

  /** The newest link for this page in a message to `address`; without a mail server, messages are in the log. */
  async mailed(address, page) {
    for (const start = Date.now(); Date.now() - start < 5_000; await sleep(50)) {
      const mails = this.log.join("").split("To: ").filter((mail) => mail.startsWith(address));
      const link = mails.at(-1)?.match(new RegExp(`http://[^\\s]+/${page}\\?token=[\\w-]+`));
      if (link) return link[0];
    }
    throw new Error(`no message to ${address} with a link to ${page}`);
  }

  /** The end of what it wrote. */
  tail() {
    return this.log.join("").split("\n").slice(-40).join("\n");
  }
}

async function freePort() {
  const probe = createServer();
  await new Promise((done, failed) => probe.once("error", failed).listen(0, "127.0.0.1", done));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}
