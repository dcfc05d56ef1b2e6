/**
 * Password hashes: argon2id, at OWASP's parameters. A sign-in costs the same whether or not the account exists,
 * and a hash made with weaker parameters is made anew when its owner next signs in.
 */

import { hash, verify } from "@node-rs/argon2";
import { normalisePassword } from "./domain/account";

/** OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, two passes, one lane. Argon2id is the package's default. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const MARK = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$`;

/** The hash of a password that has been found good. */
export function hashPassword(password: string): Promise<string> {
  return hash(normalisePassword(password), PARAMETERS);
}

let dummy: Promise<string> | undefined;

/** Whether the password is the one behind the hash. Without a hash it takes as long, and is not. */
export async function isPassword(password: string, known: string | null): Promise<boolean> {
  dummy ??= hashPassword("no account has this password");
  const same = await verify(known ?? (await dummy), normalisePassword(password));
  return same && known !== null;
}

/** Whether a hash was made with other parameters than today's. */
export function isOutdated(known: string): boolean {
  return !known.startsWith(MARK);
}
