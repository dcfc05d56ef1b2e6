/**
 * A sign-in provider for tests: the field's own library (oidc-provider) on a port of this machine. Whoever comes is
 * signed in at once as the person that the test names, so that a browser, or `visit`, goes there and comes back.
 */

import { generateKeyPairSync, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Provider } from "oidc-provider";

/** One of the provider's people. */
export interface ProviderPerson {
  subject: string;
  /** How they prove who they are: "mfa" among it for several factors. */
  amr?: readonly string[];
  acr?: string;
}

export interface TestProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Who signs in from here on. */
  person: ProviderPerson;
  /** People who have left: the provider knows them no more. */
  gone: Set<string>;
  /** Requests for tokens and for what is known of somebody. */
  asked: { tokens: number; people: number };
  /** Goes the provider's way from an address of its sign-in page, as a browser does, until it leads back to us. */
  visit(address: string, jar?: Map<string, string>): Promise<URL>;
  stop(): Promise<void>;
}

/** Starts a provider whose people come back to an address. Without `refreshes` it gives no way to ask again but userinfo. */
export async function startProvider(
  returnTo: string,
  { refreshes = true, port = 0 }: { refreshes?: boolean; port?: number } = {},
): Promise<TestProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The provider has no port");
  const issuer = `http://127.0.0.1:${address.port}`;
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const clientSecret = randomBytes(24).toString("base64url");
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: "common-need",
        client_secret: clientSecret,
        redirect_uris: [returnTo],
        grant_types: ["authorization_code", ...(refreshes ? ["refresh_token"] : [])],
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "1" }] },
    cookies: { keys: [randomBytes(16).toString("hex")] },
    claims: { openid: ["sub", "amr", "acr", "auth_time"] },
    acrValues: ["urn:test:two-factors"],
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed("refresh_token"),
    rotateRefreshToken: true,
    findAccount: (_ctx, subject) =>
      started.gone.has(subject) ? undefined : { accountId: subject, claims: async () => ({ sub: subject }) },
    // People of an organisation are not asked whether they agree to its own tools.
    loadExistingGrant: async ({ oidc }) => {
      if (!oidc.client || !oidc.session?.accountId) return undefined;
      const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope("openid");
      await grant.save();
      return grant;
    },
    ttl: {
      AccessToken: 3600,
      Grant: 86_400,
      IdToken: 3600,
      Interaction: 600,
      RefreshToken: 86_400,
      Session: 86_400,
    },
  });
  const handle = provider.callback();
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { url = "" } = request;
    if (url.startsWith("/token")) started.asked.tokens += 1;
    if (url.startsWith("/me")) started.asked.people += 1;
    if (!url.startsWith("/interaction/")) return handle(request, response);
    const { subject, amr = ["pwd"], acr } = started.person;
    await provider.interactionFinished(request, response, {
      login: { accountId: subject, amr: [...amr], ...(acr && { acr }) },
    });
  };
  server.on("request", (request, response) => void answer(request, response));
  const started: TestProvider = {
    ...{ issuer, clientId: "common-need", clientSecret },
    person: { subject: "nobody" },
    gone: new Set(),
    asked: { tokens: 0, people: 0 },
    visit: (first, jar = new Map()) => follow(first, issuer, jar),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return started;
}

/** Follows redirects with their cookies for as long as they stay at the provider. */
async function follow(first: string, issuer: string, jar: Map<string, string>): Promise<URL> {
  let at = new URL(first);
  for (let steps = 0; at.origin === issuer; steps += 1) {
    if (steps > 10) throw new Error("The provider goes round in circles");
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(at, { redirect: "manual", headers: { cookie } });
    for (const set of answer.headers.getSetCookie()) {
      const [pair = ""] = set.split(";");
      const [name = "", value = ""] = pair.split("=");
      jar.set(name, value);
    }
    const to = answer.headers.get("location");
    if (!to) throw new Error(`The provider stopped: ${answer.status} ${(await answer.text()).slice(0, 400)}`);
    at = new URL(to, at);
  }
  return at;
}
