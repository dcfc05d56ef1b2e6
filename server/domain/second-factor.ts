/**
 * The second factor in words and shapes: what is typed when a code is asked for, and how keys and recovery codes are
 * written so that people can read them out. Shared with the browser; no secret is made or checked here.
 */

import { z } from "zod";

/** Codes on paper: each signs in once without the phone. */
export const RECOVERY_CODES = 10;

/**
 * Twenty-five characters that are not taken for one another, and no vowels, so that no word is spelt by chance. Twelve
 * of them, of which the first only says which of a set it is: 51 bits, hashed as passwords are (OWASP ASVS 5.0, 6.5.2).
 */
export const RECOVERY_ALPHABET = "BCDFGHJKMNPQRTVWXY2346789";
export const RECOVERY_LENGTH = 12;

const inFours = (text: string, between: string) => text.match(/.{1,4}/g)?.join(between) ?? "";

/** "K7QM-XW2P-9RTA". */
export const recoveryCodeInGroups = (code: string) => inFours(code, "-");

/** A key to type into an app: "JBSW Y3DP EHPK 3PXP". */
export const keyInGroups = (key: string) => inFours(key, " ");

/** A code as it was typed, of the app or of the paper: without the spaces and dashes between its groups. */
export const normaliseCode = (text: string) => text.normalize("NFKC").toUpperCase().replace(/[\s-]/g, "");

/** Whether it is shaped like a code of the app: six digits. */
export const isAppCode = (code: string) => /^\d{6}$/.test(code);

/** A code of the app, or a recovery code. */
export const anyCode = z
  .string()
  .max(100)
  .transform(normaliseCode)
  .refine((code) => isAppCode(code) || code.length === RECOVERY_LENGTH, {
    message: "Enter the six digits that your app shows, or a recovery code.",
  });

/** The first code of an app that is being set up. */
export const appCode = z
  .string()
  .max(100)
  .transform(normaliseCode)
  .refine(isAppCode, { message: "Enter the six digits that your app shows." });

/** Whoever changes how they sign in proves anew who they are, with both factors (OWASP ASVS 5.0, 7.5.1). */
export const bothFactors = z.object({
  password: z.string().min(1, "Enter your password.").max(1000),
  code: anyCode,
});
export type BothFactors = z.infer<typeof bothFactors>;

/**
 * Why a code was not taken. throttled: too many in five minutes. blocked: too many wrong ones in a row, so that only a
 * recovery code is taken.
 */
export type CodeFault = "wrong" | "throttled" | "blocked";
