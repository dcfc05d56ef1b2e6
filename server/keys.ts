/**
 * The keys of an installation: one ring of random secrets in DATA_DIR/keys.json, and one key derived from it
 * for each purpose. A process holds only the keys that it was handed; asking for another is an error.
 * Losing the ring means losing every name in the database: back it up apart from the data.
 */
import { hkdfSync, randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { env } from "./env";

/** Which of the serving processes may hold the key of a purpose. Operator commands hold all of them. */
const HOLDERS = {
  /** Encrypts names, dates of birth and addresses. */
  identity: ["web", "linker"],
  /** Makes identifiers findable without being readable. */
  "blind-index": ["web", "linker"],
  /** Makes clients meet who could be one person: tokens of a few details together, equal in every organisation. */
  linking: ["linker"],
  /** What an organisation calls a person in its own extracts. */
  pseudonym: ["linker"],
  /** Signs the sessions of people who are signed in. */
  session: ["web"],
  /** Gives each device of an account the key of what it keeps for working without signal. */
  device: ["web"],
  /**
   * What the statistics call a person, and the noise of every figure: with it and a figure, the number behind it can
   * be worked out.
   */
  disclosure: ["worker"],
  /** Chains the audit entries. */
  "audit-seal": ["worker"],
} as const satisfies Record<string, readonly Holder[]>;

export type Holder = "web" | "worker" | "linker";
export type Purpose = keyof typeof HOLDERS;
export const PURPOSES = Object.keys(HOLDERS) as Purpose[];

/** Secrets by key id; new data is written with the current one, old ids still open what they closed. */
export interface KeyRing {
  current: string;
  secrets: Readonly<Record<string, Buffer>>;
}

const ringFile = z.object({ current: z.string(), secrets: z.record(z.string(), z.base64()) });
const handedKeys = z.object({
  current: z.string(),
  keys: z.record(z.string(), z.record(z.string(), z.base64())),
});

/** Reads the ring of an installation; null when it has none. */
export function findKeyRing(dataDir: string): KeyRing | null {
  const file = join(dataDir, "keys.json");
  if (!existsSync(file)) return null;
  const { current, secrets } = ringFile.parse(JSON.parse(readFileSync(file, "utf8")));
  return {
    current,
    secrets: Object.fromEntries(
      Object.entries(secrets).map(([id, secret]) => [id, Buffer.from(secret, "base64")]),
    ),
  };
}

/** Makes the ring of a new installation; of two first starts at the same moment both get the same. */
export function makeKeyRing(dataDir: string): KeyRing {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, "keys.json");
  const draft = `${file}.${process.pid}`;
  const content = { current: "1", secrets: { "1": randomBytes(32).toString("base64") } };
  writeFileSync(draft, JSON.stringify(content, null, 2), { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    unlinkSync(draft);
  }
  const ring = findKeyRing(dataDir);
  if (!ring) throw new Error(`${file} cannot be read`);
  return ring;
}

/** HKDF-SHA256 (RFC 5869), 32 bytes, no salt: the secret is uniformly random. */
function derive(secret: Buffer, purpose: Purpose): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", `common-need/${purpose}/1`, 32));
}

/** The text for HANDED_KEYS of a process: the keys of its purposes and no secret of the ring. */
export function handOver(ring: KeyRing, purposes: readonly Purpose[]): string {
  const keys = Object.fromEntries(
    Object.entries(ring.secrets).map(([id, secret]) => [
      id,
      Object.fromEntries(purposes.map((purpose) => [purpose, derive(secret, purpose).toString("base64")])),
    ]),
  );
  return JSON.stringify({ current: ring.current, keys });
}

/** The purposes whose keys a serving process is handed. */
export function keysFor(holder: Holder): Purpose[] {
  return PURPOSES.filter((purpose) => (HOLDERS[purpose] as readonly Holder[]).includes(holder));
}

let held: z.infer<typeof handedKeys> | undefined;

/** Holds every key of a ring in this process: operator commands and benchmarks, which nobody hands any. */
export function holdKeys(ring: KeyRing): void {
  held = handedKeys.parse(JSON.parse(handOver(ring, PURPOSES)));
}

function heldKeys(): z.infer<typeof handedKeys> {
  if (held) return held;
  const text = env().HANDED_KEYS;
  if (!text) throw new Error("This process was handed no keys.");
  held = handedKeys.parse(JSON.parse(text));
  return held;
}

/** Id of the key that new data is written with; store it beside what it closes. */
export function currentKeyId(): string {
  return heldKeys().current;
}

/**
 * The 32-byte key of a purpose, current unless another id is named.
 * Throws when this process was not handed it.
 */
export function key(purpose: Purpose, id: string = currentKeyId()): Buffer {
  const found = heldKeys().keys[id]?.[purpose];
  if (!found) throw new Error(`This process was not handed the key "${purpose}" (${id}).`);
  return Buffer.from(found, "base64");
}
