/**
 * What somebody who signs in may be called, and which passwords we take: long ones, of any characters, that are
 * not among the first that an attacker tries (NCSC, "Password policy: updating your approach").
 */

import { z } from "zod";
import { ROLES } from "./access";
import { oneLine } from "./typed-text";

/** As people type it; kept in lower case, because mail is delivered the same and sign-in should work the same. */
export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "Use an address of at most 254 characters.")
  .pipe(z.email("Enter an e-mail address, such as name@example.org."));

export const personName = oneLine.min(1, "Enter a name.").max(100, "Use at most 100 characters.");

export const PASSWORD_LENGTH = { least: 12, most: 128 };

/** A password as it is hashed: composed and decomposed spellings of the same characters are one password. */
export const normalisePassword = (text: string) => text.normalize("NFKC");

/** Why a password cannot be taken, in words for whoever chose it; null when it can. */
export function passwordFault(text: string): string | null {
  const password = normalisePassword(text);
  const { length } = [...password];
  if (length < PASSWORD_LENGTH.least) {
    return `Use at least ${PASSWORD_LENGTH.least} characters. Three random words make a good password.`;
  }
  if (length > PASSWORD_LENGTH.most) return `Use at most ${PASSWORD_LENGTH.most} characters.`;
  if (isCommon(password)) return "This is one of the first passwords that others would try. Choose another.";
  return null;
}

/** A new password, parsed: normalised, long enough, not common. */
export const newPassword = z.string().transform((text, check) => {
  const fault = passwordFault(text);
  if (fault) check.addIssue({ code: "custom", message: fault });
  return normalisePassword(text);
});

/**
 * Words that lead every list of leaked passwords, and those of this product and its field. A password made of
 * nothing else (with digits, signs and swapped characters around them) is common, however long it is.
 */
const COMMON_WORDS = [
  ...["password", "passwort", "passw", "pass", "word", "secret", "letmein", "welcome", "changeme", "default"],
  ...["admin", "administrator", "root", "user", "login", "guest", "test", "temp", "demo", "master", "hello"],
  ...[
    "qwertyuiop",
    "qwerty",
    "asdfghjkl",
    "asdfgh",
    "asdf",
    "zxcvbnm",
    "zxcvbn",
    "qazwsxedc",
    "qazwsx",
    "qaz",
  ],
  ...["wsx", "edc", "abcdefghijklmnopqrstuvwxyz", "abcdefgh", "abcdef", "abc", "xyz", "iloveyou", "iloveu"],
  ...["football", "baseball", "basketball", "monkey", "dragon", "sunshine", "princess", "shadow", "superman"],
  ...["batman", "trustno", "starwars", "pokemon", "whatever", "freedom", "computer", "internet", "charlie"],
  ...["liverpool", "arsenal", "chelsea", "manchester", "united", "england", "london", "scotland", "wales"],
  ...["spring", "summer", "autumn", "winter", "monday", "friday", "january", "december", "christmas"],
  ...["commonneed", "common", "need", "council", "charity", "housing", "caseworker", "manager", "support"],
  ...["the", "my", "is", "and", "you", "me", "a", "i"],
].sort((a, b) => b.length - a.length);

const SWAPS: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
};

function isCommon(password: string): boolean {
  const lower = password.toLowerCase();
  if (new Set(lower).size <= 4) return true;
  const plain = lower.replace(/[^\p{L}]/gu, "");
  const swapped = [...lower]
    .map((sign) => SWAPS[sign] ?? sign)
    .join("")
    .replace(/[^\p{L}]/gu, "");
  // Digits and signs alone are a date, a telephone number or a walk over the keys.
  return plain === "" || isMadeOf(plain) || isMadeOf(swapped);
}

/** Whether the letters are common words one after another, with at most two letters left over. */
function isMadeOf(letters: string): boolean {
  let rest = letters;
  for (const word of COMMON_WORDS.filter(({ length }) => length > 2)) rest = rest.replaceAll(word, " ");
  return rest.replace(/ +/g, "").length <= 2;
}

/** A new member, as a manager or an administrator gives it. */
export const newMember = z.object({
  name: personName,
  email: emailAddress,
  roles: z.array(z.enum(ROLES)).min(1, "Choose at least one role."),
  serviceId: z.uuid().nullable().default(null),
  /** Areas a commissioner answers for, as level and code: "lad:E08000024". */
  patch: z
    .array(z.string().regex(/^(district|lad|region|nation):\S{1,20}$/))
    .max(100)
    .default([]),
});
export type NewMember = z.infer<typeof newMember>;

export const newOrganisation = z.object({
  name: oneLine.min(2, "Enter the organisation's name.").max(200, "Use at most 200 characters."),
  manager: z.object({ name: personName, email: emailAddress }),
});
export type NewOrganisation = z.infer<typeof newOrganisation>;
