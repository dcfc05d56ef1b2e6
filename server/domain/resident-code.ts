/**
 * The code that a worker gives somebody to see their own record: four groups of four signs, none of which looks like
 * another. The last sign checks the others, so that a slip of the pen is told before anything is asked of the server.
 */

import { z } from "zod";
import { daySchema } from "./client";
import { text } from "./typed-text";

/** 31 signs, a prime number: without 0, 1, I, L and O. */
export const CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
/** Signs that are drawn by chance: about 74 bits. */
export const DRAWN_SIGNS = 15;
export const CODE_DAYS = 14;

/**
 * The code of these numbers, each from 0 to 30, with its check: the sum of each number times its place, modulo 31. Any
 * one sign misread, and any two neighbours changed round, give another sum.
 */
export function codeOf(drawn: readonly number[]): string {
  if (drawn.length !== DRAWN_SIGNS) throw new Error(`A code is made of ${DRAWN_SIGNS} numbers`);
  return [...drawn, checkOf(drawn)].map((number) => CODE_SIGNS[number]).join("");
}

function checkOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number, at) => sum + number * (at + 1), 0) % CODE_SIGNS.length;
}

/** "7H2K-M9TX-4QRA-W3EZ": as it is printed and said. */
export const groupedCode = (code: string): string => code.match(/.{1,4}/g)?.join("-") ?? "";

/** The code that somebody typed, in any case and with any spaces; null when it is none. */
export function readCode(typed: string): string | null {
  const code = typed.toUpperCase().replace(/[\s-]/g, "");
  const numbers = [...code].map((sign) => CODE_SIGNS.indexOf(sign));
  if (numbers.length !== DRAWN_SIGNS + 1 || numbers.includes(-1)) return null;
  return numbers.at(-1) === checkOf(numbers.slice(0, -1)) ? code : null;
}

export const residentKeySchema = z.strictObject({
  code: z
    .string()
    .max(60)
    .transform((typed, ctx) => {
      const code = readCode(typed);
      if (code === null) {
        ctx.addIssue({
          code: "custom",
          message:
            typed.trim() === ""
              ? "Enter your code."
              : "There is a slip in this code. It has 16 letters and numbers, in four groups. Look again.",
        });
        return z.NEVER;
      }
      return code;
    }),
  dateOfBirth: daySchema,
});
export type ResidentKey = z.output<typeof residentKeySchema>;

/** What somebody can ask for on their own page; an officer answers it. */
export const RESIDENT_ASKS = ["access", "rectify"] as const;

export const residentAskSchema = z.strictObject({
  key: residentKeySchema,
  /** Made by the page: sent twice, it is asked once. */
  id: z.uuid().toLowerCase(),
  kind: z.enum(RESIDENT_ASKS),
  words: text.max(1_000).default(""),
});
export type ResidentAsk = z.output<typeof residentAskSchema>;
