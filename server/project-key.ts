/**
 * The key of a project of linking by match-keys: made by one party, shared with the other organisations outside this
 * system, never with whoever links, and no part of the installation's key ring. A weak one is refused, because whoever
 * guesses it can try names against every key.
 */

import { createHmac, hkdfSync, randomBytes } from "node:crypto";
import { readFile, stat, writeFile } from "node:fs/promises";
import { z } from "zod";
import { Conflict, Invalid } from "./domain/errors";
import { type KeyedHash, MATCH_KEYS_VERSION } from "./domain/linking/match-keys";

const KIND = "common-need project key";
const BYTES = 32;
/** 32 random bytes have some 30 different values; fewer than 16 in a million million keys. */
const FEWEST_VALUES = 16;

const keyFile = z.object({
  kind: z.literal(KIND),
  project: z.string().trim().min(3),
  madeOn: z.iso.date(),
  key: z.base64(),
});

export interface ProjectKey {
  project: string;
  hash: KeyedHash;
  /** Tells whether two files were made with one key, and tells nothing of the key. */
  madeWith: string;
}

/** Makes the key of a project in a new file that only its owner may read. Throws Conflict when the file is there. */
export async function makeProjectKey(path: string, project: string, madeOn: string): Promise<void> {
  const content = { kind: KIND, project, madeOn, key: randomBytes(BYTES).toString("base64") };
  const checked = keyFile.safeParse(content);
  if (!checked.success) throw new Invalid("A project needs a name of three letters or more.");
  try {
    await writeFile(path, `${JSON.stringify(checked.data, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") {
      throw new Conflict(
        `${path} is there already. A key is never written over: keys made with it would be lost.`,
      );
    }
    throw error;
  }
}

/** Reads a key. Throws Invalid when it is not one, is weak, or others on this machine may read it. */
export async function readProjectKey(path: string): Promise<ProjectKey> {
  const text = await readFile(path, "utf8").catch(() => {
    throw new Invalid(`The key file ${path} cannot be read.`);
  });
  const { mode } = await stat(path);
  if (process.platform !== "win32" && (mode & 0o077) !== 0) {
    throw new Invalid(`Others may read ${path}. Say: chmod 600 ${path}`);
  }
  const parsed = keyFile.safeParse(jsonOf(text));
  if (!parsed.success) throw new Invalid(`${path} is not a project key. Make one with --new-key.`);
  const { project, key } = parsed.data;
  const secret = Buffer.from(key, "base64");
  if (isWeak(secret)) {
    throw new Invalid(`The key in ${path} is weak: it was not made at random. Make one with --new-key.`);
  }
  return projectKey(project, secret);
}

/** The hash of a project: HMAC-SHA-256, cut to 128 bits, under a key derived for this project and version alone. */
export function projectKey(project: string, secret: Buffer): ProjectKey {
  const derived = Buffer.from(
    hkdfSync("sha256", secret, "", `common-need/${MATCH_KEYS_VERSION}/${project}`, BYTES),
  );
  const hash = (text: string, bytes = 16) =>
    createHmac("sha256", derived).update(text).digest().subarray(0, bytes).toString("base64url");
  return { project, hash: (text) => hash(text), madeWith: `${MATCH_KEYS_VERSION}.${hash("made with", 6)}` };
}

function isWeak(secret: Buffer): boolean {
  const typed = secret.every((byte) => byte >= 0x20 && byte < 0x7f);
  return secret.length !== BYTES || new Set(secret).size < FEWEST_VALUES || typed;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
