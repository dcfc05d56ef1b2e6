/**
 * Talking to an organisation's sign-in provider: OpenID Connect with the authorization code, PKCE, state and nonce,
 * and every signature checked. All requests go out as `outbound.ts` allows. What a provider says of itself is kept for
 * ten minutes.
 */

import * as oidc from "openid-client";
import type { Db } from "../db/client";
import { Invalid } from "./domain/errors";
import { open } from "./identity-vault";
import { fetchOutbound, NoAnswer, RefusedAddress, requireOutbound } from "./outbound";

/** An organisation's provider as it is kept. */
export interface Provider {
  organisationId: number;
  id: string;
  issuer: string;
  clientId: string;
  clientSecret: Buffer;
  scopes: string[];
  trustsSecondFactor: boolean;
  acrValues: string[];
  isOn: boolean;
}

/** The provider of an organisation, on or off. Runs in a transaction that may see it. */
export async function findProvider(db: Db, organisationId: number): Promise<Provider | null> {
  const [row] = await db<Provider[]>`
    select organisation_id, id, issuer, client_id, client_secret, scopes, trusts_second_factor, acr_values, is_on
    from casework.sign_in_provider where organisation_id = ${organisationId} order by is_on desc, id limit 1`;
  return row ?? null;
}

const KEPT_MS = 10 * 60_000;
const kept = new Map<string, { config: Promise<oidc.Configuration>; until: number }>();

/** What a provider says of itself, with our client's secret. Throws when it cannot be reached or says nothing usable. */
function configurationOf(provider: Provider): Promise<oidc.Configuration> {
  const secret = open("sign_in_provider.client_secret", provider, provider.clientSecret);
  const name = JSON.stringify([provider.issuer, provider.clientId, secret]);
  const known = kept.get(name);
  if (known && known.until > Date.now()) return known.config;
  const config = discover(provider, secret);
  kept.set(name, { config, until: Date.now() + KEPT_MS });
  config.catch(() => kept.delete(name));
  return config;
}

async function discover({ issuer, clientId }: Provider, secret: string): Promise<oidc.Configuration> {
  const address = new URL(issuer);
  requireOutbound(address);
  const config = await oidc.discovery(address, clientId, undefined, authenticationBy(secret), {
    [oidc.customFetch]: fetchOutbound,
    timeout: 10,
    // Plain http is for hosts on this machine that the operator named: `requireOutbound` has looked.
    execute: [
      oidc.enableNonRepudiationChecks,
      ...(address.protocol === "http:" ? [oidc.allowInsecureRequests] : []),
    ],
  });
  const { authorization_endpoint } = config.serverMetadata();
  if (!authorization_endpoint) throw new NoAnswer("The provider names no page to sign in at.");
  // People's browsers are sent there.
  if (address.protocol === "https:" && new URL(authorization_endpoint).protocol !== "https:") {
    throw new RefusedAddress("The provider’s sign-in page must begin with https.");
  }
  return config;
}

/** By header where the provider takes it, which is what every provider must (RFC 6749, 2.3.1); else in the body. */
function authenticationBy(secret: string): oidc.ClientAuth {
  const [byHeader, byBody] = [oidc.ClientSecretBasic(secret), oidc.ClientSecretPost(secret)];
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported;
    const way = methods === undefined || methods.includes("client_secret_basic") ? byHeader : byBody;
    return way(server, client, body, headers);
  };
}

/** Asks a provider what it says of itself, before it is saved. Throws Invalid with words for whoever typed it. */
export async function tryProvider(provider: Provider): Promise<void> {
  const wrong = (words: string) => new Invalid(words, { issuer: words });
  try {
    await configurationOf(provider);
  } catch (error) {
    const reason = reasonOf(error);
    if (reason instanceof RefusedAddress) throw wrong(reason.message);
    if (reason instanceof NoAnswer)
      throw wrong("There is no answer at this address. Check it, and try again.");
    throw wrong("What is at this address is no OpenID Connect provider of that name.");
  }
}

/** What is at the bottom of an error of the client: ours, where we refused or heard nothing. */
function reasonOf(error: unknown): unknown {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof RefusedAddress || at instanceof NoAnswer) return at;
  }
  return error;
}

/** What a sign-in is begun with, to be compared when it comes back. */
export interface Begun {
  state: string;
  nonce: string;
  verifier: string;
}

/** The address of the provider's page. `anew`: they are asked again, though they are signed in there. */
export async function beginAt(
  provider: Provider,
  { returnTo, anew }: { returnTo: string; anew: boolean },
): Promise<Begun & { address: URL }> {
  const config = await configurationOf(provider);
  const begun = {
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    verifier: oidc.randomPKCECodeVerifier(),
  };
  const address = oidc.buildAuthorizationUrl(config, {
    redirect_uri: returnTo,
    scope: ["openid", ...provider.scopes].join(" "),
    state: begun.state,
    nonce: begun.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(begun.verifier),
    code_challenge_method: "S256",
    ...(anew && { max_age: "0", prompt: "login" }),
    ...(provider.acrValues.length > 0 && { acr_values: provider.acrValues.join(" ") }),
  });
  return { ...begun, address };
}

/** Who came back, and what the provider gave to ask it again. */
export interface Returned {
  subject: string;
  /** When they proved to the provider who they are, where it says so. */
  authenticatedAt: Date | null;
  claims: { amr?: unknown; acr?: unknown };
  token: Token | null;
}

export interface Token {
  kind: "refresh" | "access";
  value: string;
}

/** Exchanges what came back for who it is. Throws for anything that does not fit what was begun. */
export async function finishAt(provider: Provider, came: URL, begun: Begun): Promise<Returned> {
  const config = await configurationOf(provider);
  const tokens = await oidc.authorizationCodeGrant(config, came, {
    pkceCodeVerifier: begun.verifier,
    expectedState: begun.state,
    expectedNonce: begun.nonce,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (!claims) throw new NoAnswer("The provider did not say who it is.");
  return {
    subject: claims.sub,
    authenticatedAt: typeof claims.auth_time === "number" ? new Date(claims.auth_time * 1000) : null,
    claims: { amr: claims["amr"], acr: claims["acr"] },
    token: tokenOf(tokens),
  };
}

function tokenOf(tokens: { refresh_token?: string; access_token?: string }): Token | null {
  if (tokens.refresh_token) return { kind: "refresh", value: tokens.refresh_token };
  return tokens.access_token ? { kind: "access", value: tokens.access_token } : null;
}

/** What a provider says of somebody who signed in there a while ago. */
export type StillThere =
  | { answer: "yes"; token: Token; subject: string | null }
  | { answer: "no" }
  | { answer: "unreached" };

/** Asks whether somebody is still one of the provider's people, by what it gave for that. */
export async function askAgain(provider: Provider, token: Token): Promise<StillThere> {
  try {
    const config = await configurationOf(provider);
    if (token.kind === "refresh") {
      const tokens = await oidc.refreshTokenGrant(config, token.value);
      const next = tokens.refresh_token ?? token.value;
      return {
        answer: "yes",
        token: { kind: "refresh", value: next },
        subject: tokens.claims()?.sub ?? null,
      };
    }
    const { sub } = await oidc.fetchUserInfo(config, token.value, oidc.skipSubjectCheck);
    return { answer: "yes", token, subject: sub };
  } catch (error) {
    return { answer: saysNo(error) ? "no" : "unreached" };
  }
}

/** Errors that speak of the person, not of us or of the provider's health (RFC 6749, 5.2; RFC 6750, 3.1). */
const NO = new Set(["invalid_grant", "access_denied", "unauthorized_client", "invalid_token"]);

function saysNo(error: unknown): boolean {
  if (error instanceof oidc.ResponseBodyError) return NO.has(error.error);
  if (error instanceof oidc.WWWAuthenticateChallengeError)
    return error.status === 401 || error.status === 403;
  return false;
}
