// A certified OpenID provider on a port of its own; the app takes it for Google and LinkedIn.

import { createServer } from "node:http";
import Provider from "oidc-provider";

const CLIENT = { client_id: "the-client", client_secret: "the client's own secret" };

export class OpenIdProvider {
  #handle = (_, response) => response.writeHead(503).end();

  static async start() {
    const one = new OpenIdProvider();
    one.server = createServer((request, response) => one.#handle(request, response));
    await new Promise((ready) => one.server.listen(0, "127.0.0.1", ready));
    one.server.unref();
    one.url = `http://127.0.0.1:${one.server.address().port}`;
    return one;
  }

  /** The app's settings. */
  settings() {
    const { client_id, client_secret } = CLIENT;
    return Object.fromEntries(
      ["GOOGLE", "LINKEDIN"].flatMap((name) => [
        [`${name}_CLIENT_ID`, client_id],
        [`${name}_CLIENT_SECRET`, client_secret],
        [`${name}_ISSUER`, this.url],
      ]),
    );
  }

  /** Sends people back to this app from now on. */
  knows(app) {
    const back = ["google", "linkedin"].map((name) => `${app}/api/v1/auth/oauth/${name}/callback`);
    const provider = new Provider(this.url, {
      clients: [{ ...CLIENT, redirect_uris: back, token_endpoint_auth_method: "client_secret_post" }],
      pkce: { required: () => true },
      conformIdTokenClaims: false,
      claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
      cookies: { keys: ["keys of a test"] },
      findAccount: (_, id) => ({
        accountId: id,
        claims: () => ({ sub: id, email: `${id}@example.org`, email_verified: true, name: `${id} elsewhere` }),
      }),
    });
    this.#handle = provider.callback();
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }
}
