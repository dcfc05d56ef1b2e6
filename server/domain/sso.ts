/**
 * The rules of signing in with one's organisation: what an administrator may enter, when a provider's second factor
 * counts as ours, for how long a session lives without a word from the provider, and the code that two people read out
 * to each other. Shared with the browser.
 */

import { z } from "zod";
import { RECOVERY_ALPHABET } from "./second-factor";
import { oneLine } from "./typed-text";

/** How long a provider's word holds while a session is used; whoever left is out within five minutes of it. */
export const ASK_AGAIN_MINUTES = 4;
/** A session that nobody could ask about goes no further than this after the provider's last word. */
export const LEAVER_MINUTES = 5;
/** While the provider cannot be reached at all, a session lives so long after its last word. */
export const UNREACHED_MINUTES = 15;
/** Holds who waits for an administrator, sealed; the first where browsers reach us over https. */
export const WAITING_COOKIES = ["__Host-common-need.waiting", "common-need.waiting"] as const;

/** How long a code for the administrator is good for. */
export const LINK_CODE_DAYS = 3;
const LINK_CODE_LENGTH = 8;

const word = z
  .string()
  .trim()
  .max(200)
  .regex(/^[\x21-\x7e]+$/, "Use letters, digits and signs without spaces.");
const words = z
  .string()
  .trim()
  .max(500)
  .transform((text) => (text === "" ? [] : text.split(/\s+/)))
  .pipe(z.array(word).max(10));

/** `sso.save`. */
export const saveProvider = z.object({
  organisationId: z.int(),
  issuer: z
    .string()
    .trim()
    .max(500)
    .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
      message: "Enter the address of the provider, such as https://login.example.org.",
    })
    .refine((text) => !URL.canParse(text) || (!new URL(text).search && !new URL(text).hash), {
      message: "Enter the address without “?” or “#”.",
    }),
  clientId: z.string().trim().min(1, "Enter the client ID that the provider gave.").max(200),
  /** Empty: as it is. */
  clientSecret: z.string().trim().max(500).default(""),
  /** Words with spaces between them. */
  scopes: words.default([]),
  trustsSecondFactor: z.boolean().default(false),
  acrValues: words.default([]),
});
export type SaveProvider = z.infer<typeof saveProvider>;

/** `sso.link`. */
export const linkSubject = z.object({
  organisationId: z.int(),
  memberId: z.uuid("Choose who it is."),
  code: oneLine
    .max(40)
    .transform((text) => text.toUpperCase().replace(/[\s-]/g, ""))
    .refine((code) => code.length === LINK_CODE_LENGTH, {
      message: "Enter the eight letters and digits that they see.",
    }),
});
export type LinkSubject = z.infer<typeof linkSubject>;

/** A code from random bytes: eight characters that are not taken for one another. */
export function linkCodeOf(bytes: Uint8Array): string {
  return [...bytes.subarray(0, LINK_CODE_LENGTH)]
    .map((byte) => RECOVERY_ALPHABET.charAt(byte % RECOVERY_ALPHABET.length))
    .join("");
}

/** "K7QM-XW2P", to be read out. */
export const linkCodeInGroups = (code: string) => code.match(/.{1,4}/g)?.join("-") ?? "";

export interface FactorClaims {
  amr?: unknown;
  acr?: unknown;
}

/**
 * Whether a sign-in at the provider had several factors: the organisation chose to trust it, and the provider says so
 * by `amr` "mfa" (RFC 8176) or by a value of `acr` that the organisation named. Silence is no.
 */
export function hadSecondFactor(
  { amr, acr }: FactorClaims,
  trust: { trustsSecondFactor: boolean; acrValues: readonly string[] },
): boolean {
  if (!trust.trustsSecondFactor) return false;
  if (Array.isArray(amr) && amr.includes("mfa")) return true;
  return typeof acr === "string" && trust.acrValues.includes(acr);
}

/** What a provider's answer, or its silence, means for a session. */
export type Verdict = "stays" | "ends" | "asks-again";

/**
 * no: the provider says that they are not, or no more, its person. unreached: there was no answer that says anything
 * about them. A session stays without a word for a quarter of an hour at most.
 */
export function verdictOf(answer: "yes" | "no" | "unreached", minutesSinceYes: number): Verdict {
  if (answer === "no") return "ends";
  if (answer === "yes") return "stays";
  return minutesSinceYes < UNREACHED_MINUTES ? "asks-again" : "ends";
}
