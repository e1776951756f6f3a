// What must not happen on any page: errors in the console, uncaught errors, anything the policy had to stop, failures of
// the server.

export class Watch {
  #problems = [];
  #expected = [];

  /** Watches every page of a context, from the first to the last. */
  static async over(context) {
    const watch = new Watch();
    // A binding is not a script of the page, so the policy does not concern it.
    await context.exposeBinding("__violation", ({ page }, text) => watch.#add(page.url(), `policy: ${text}`));
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        window.__violation(`${event.violatedDirective} stopped ${event.blockedURI} (${event.sourceFile}:${event.lineNumber})`);
      });
    });
    context.on("console", (message) => {
      if (message.type() !== "error") return;
      const { url } = message.location();
      watch.#add(message.page()?.url(), `console: ${message.text()}${url ? ` (${url})` : ""}`);
    });
    context.on("weberror", (error) => watch.#add(error.page()?.url(), `uncaught: ${error.error().stack ?? error.error()}`));
    context.on("response", (response) => {
      if (response.status() >= 500) watch.#add(response.url(), `server: ${response.status()}`);
    });
    return watch;
  }

  #add(where, what) {
    this.#problems.push(`${what}\n    on ${where ?? "a page that is gone"}`);
  }

  /** From now on and until now, a problem that matches is part of the story (a refused sign-in, a stopped server). */
  expect(pattern) {
    this.#expected.push(pattern);
  }

  /** What happened and was not expected. */
  problems() {
    return this.#problems.filter((problem) => !this.#expected.some((pattern) => pattern.test(problem)));
  }
}
