/**
 * The keys of an installation: one key for each purpose, derived from the random secrets of its ring (key-ring.ts). A
 * process holds only the keys that it was handed; asking for another is an error.
 *
 * Some keys follow the ring when it gets a new secret, and what they closed is closed anew (key-rotation.ts). Others
 * last: nothing could be made anew under another key, and what they made must stay the same for good.
 */
import { hkdfSync } from "node:crypto";
import { z } from "zod";
import { env } from "./env";

/** Which of the serving processes may hold the key of a purpose. Operator commands hold all of them. */
const HOLDERS = {
  /** Encrypts names, dates of birth and addresses. */
  identity: ["web", "linker"],
  /** Makes identifiers findable without being readable: a key for each kind of index comes of it (identity-vault.ts). */
  "blind-index": ["web", "linker"],
  /** Makes households, streets and postcodes findable without being readable, alike in every organisation. */
  "place-index": ["web", "linker"],
  /** Makes clients meet who could be one person: tokens of a few details together, equal in every organisation. */
  linking: ["linker"],
  /** Encrypts what the statistics may know of a person: the month of birth and the sex, and no more. */
  traits: ["web", "worker", "linker"],
  /** Encrypts stories: the web process writes them and puts them into summaries, the linker seals them anew. */
  stories: ["web", "linker"],
  /** Encrypts outcome data: the worker links and reads it, the linker seals it anew. No page can open it. */
  outcomes: ["worker", "linker"],
  /** Signs the sessions of people who are signed in. */
  session: ["web"],
  /** Gives each device of an account the key of what it keeps for working without signal. */
  device: ["web"],
  /** What an organisation calls a person in its own extracts; and marks which clients a "same" would part. */
  pseudonym: ["linker"],
  /**
   * What the statistics call a person, and the noise of every figure: with it and a figure, the number behind it can
   * be worked out.
   */
  disclosure: ["worker"],
  /** Shows that an anchor of the audit was written here. */
  "audit-seal": ["worker"],
  /** Tells what was sent again under an id from something else under the same id. */
  fingerprint: ["web"],
  /** Gives a row of an import the same id each time. */
  "import-id": [],
} as const satisfies Record<string, readonly Holder[]>;

export type Holder = "web" | "worker" | "linker";
export type Purpose = keyof typeof HOLDERS;
export const PURPOSES = Object.keys(HOLDERS) as Purpose[];

/**
 * Purposes whose key stays when the ring gets a new secret, each for what would happen otherwise: extracts of two
 * years could not be compared; every published figure would move, and everybody be somebody else to the statistics;
 * anchors of the audit would count as forged; a contact sent again would be a conflict; a file imported again would
 * be loaded twice (docs/decisions/0025).
 */
export const LASTING = ["pseudonym", "disclosure", "audit-seal", "fingerprint", "import-id"] as const;
export type LastingPurpose = (typeof LASTING)[number];
export type RotatingPurpose = Exclude<Purpose, LastingPurpose>;

const isLasting = (purpose: Purpose): purpose is LastingPurpose =>
  LASTING.some((lasting) => lasting === purpose);

/**
 * How indexes are keyed. 1: the key "blind-index" itself, told apart by what is hashed. 2: a key for each kind of
 * index. Which one holds is written beside each secret, so that what was made under an old one is still found.
 */
export type Derivation = 1 | 2;

/** Secrets by key id; new data is written with the current one, old ids still open what they closed. */
export interface KeyRing {
  current: string;
  secrets: Readonly<Record<string, Buffer>>;
  /** By key id; 1 for those that are not named. */
  derivations?: Readonly<Record<string, Derivation>>;
  /** Keys that last, written down before the first secret is replaced; those missing come from the current secret. */
  lasting?: Readonly<Partial<Record<LastingPurpose, Buffer>>>;
  /** Of retired secrets, the key for devices: phones hold what was closed with it. */
  devices?: Readonly<Record<string, Buffer>>;
  /** Ids of secrets that are gone; none is given again. */
  retired?: readonly string[];
}

const handedKeys = z.object({
  current: z.string(),
  keys: z.record(z.string(), z.record(z.string(), z.base64())),
  derivations: z.record(z.string(), z.literal([1, 2])),
  lasting: z.record(z.string(), z.base64()),
});

/** HKDF-SHA256 (RFC 5869), 32 bytes, no salt: the secret is uniformly random. */
function derive(secret: Buffer, purpose: Purpose): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", `common-need/${purpose}/1`, 32));
}

/** A secret of a ring. Throws when the ring has none of this id. */
function secretOf(ring: KeyRing, id: string): Buffer {
  const secret = ring.secrets[id];
  if (!secret) throw new Error(`The key ring holds no secret "${id}".`);
  return secret;
}

/**
 * The key of a purpose that lasts: as it was written down, or from the secret that the ring began with. Rings from
 * before these purposes had keys of their own made fingerprints and ids with the key of indexes.
 */
export function lastingKey(ring: KeyRing, purpose: LastingPurpose): Buffer {
  const kept = ring.lasting?.[purpose];
  if (kept) return kept;
  const shared = purpose === "fingerprint" || purpose === "import-id";
  const from = shared && (ring.derivations?.[ring.current] ?? 1) === 1 ? "blind-index" : purpose;
  return derive(secretOf(ring, ring.current), from);
}

/** The key for devices of one secret, also of a retired one; undefined when nothing is left of it. */
export function deviceKeyOf(ring: KeyRing, id: string): Buffer | undefined {
  const secret = ring.secrets[id];
  return secret ? derive(secret, "device") : ring.devices?.[id];
}

/** The text for HANDED_KEYS of a process: the keys of its purposes and no secret of the ring. */
export function handOver(ring: KeyRing, purposes: readonly Purpose[]): string {
  const rotating = purposes.filter((purpose) => !isLasting(purpose));
  const inText = (keys: readonly (readonly [string, Buffer])[]) =>
    Object.fromEntries(keys.map(([name, key]) => [name, key.toString("base64")]));
  const keys = Object.fromEntries(
    Object.entries(ring.secrets).map(([id, secret]) => [
      id,
      inText(rotating.map((purpose) => [purpose, derive(secret, purpose)])),
    ]),
  );
  if (purposes.includes("device")) {
    for (const [id, kept] of Object.entries(ring.devices ?? {})) keys[id] ??= inText([["device", kept]]);
  }
  const lasting = inText(purposes.filter(isLasting).map((purpose) => [purpose, lastingKey(ring, purpose)]));
  return JSON.stringify({ current: ring.current, keys, derivations: ring.derivations ?? {}, lasting });
}

/** The purposes whose keys a serving process is handed. */
export function keysFor(holder: Holder): Purpose[] {
  return PURPOSES.filter((purpose) => (HOLDERS[purpose] as readonly Holder[]).includes(holder));
}

let held: z.infer<typeof handedKeys> | undefined;
/** Keys as bytes: sealing thousands of rows asks for the same one again and again. */
const opened = new Map<string, Buffer>();

/** Holds every key of a ring in this process: operator commands and benchmarks, which nobody hands any. */
export function holdKeys(ring: KeyRing): void {
  held = handedKeys.parse(JSON.parse(handOver(ring, PURPOSES)));
  opened.clear();
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

/** Ids of every key of a purpose that this process holds, the current one first: what was made may be under any. */
export function keyIds(purpose: RotatingPurpose): string[] {
  const { current, keys } = heldKeys();
  const ids = Object.keys(keys).filter((id) => keys[id]?.[purpose] !== undefined);
  return [...ids.filter((id) => id === current), ...ids.filter((id) => id !== current)];
}

export function key(purpose: LastingPurpose): Buffer;
export function key(purpose: RotatingPurpose, id?: string): Buffer;
/**
 * The 32-byte key of a purpose: the one that lasts, or the current one unless another id is named.
 * Throws when this process was not handed it.
 */
export function key(purpose: Purpose, id: string = currentKeyId()): Buffer {
  const lasts = isLasting(purpose);
  return once(lasts ? purpose : `${purpose} ${id}`, () => {
    const { lasting, keys } = heldKeys();
    const found = lasts ? lasting[purpose] : keys[id]?.[purpose];
    if (found) return Buffer.from(found, "base64");
    throw new Error(`This process was not handed the key "${purpose}"${lasts ? "" : ` (${id})`}.`);
  });
}

/** The key of one kind of index. Throws as `key` does. */
export function indexKey(kind: string, id: string): Buffer {
  const all = key("blind-index", id);
  if ((heldKeys().derivations[id] ?? 1) === 1) return all;
  return once(`index ${kind} ${id}`, () =>
    Buffer.from(hkdfSync("sha256", all, "", `common-need/blind-index/${kind}/2`, 32)),
  );
}

function once(name: string, make: () => Buffer): Buffer {
  const known = opened.get(name) ?? make();
  opened.set(name, known);
  return known;
}
