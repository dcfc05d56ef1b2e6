/**
 * Where the key ring of an installation is kept, and how it changes. Three places: the environment (KEY_RING), for
 * installations whose files do not last; a file that only a key service can open (DATA_DIR/keys.wrapped, with two
 * commands of the operator's own that wrap and unwrap it); else DATA_DIR/keys.json, for its owner only.
 * Losing the ring means losing every name in the database: back it up apart from the data.
 */
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { Conflict, Invalid } from "./domain/errors";
import type { Environment } from "./env";
import { deviceKeyOf, type KeyRing, LASTING, lastingKey } from "./keys";

/** What decides where the ring is. */
export type RingSettings = Pick<Environment, "KEY_RING" | "KEY_WRAP_COMMAND" | "KEY_UNWRAP_COMMAND">;

const secrets = z.record(z.string().regex(/^[\w-]{1,32}$/), z.base64());
const ringText = z
  .object({
    current: z.string(),
    secrets,
    derivations: z.record(z.string(), z.literal([1, 2])).optional(),
    lasting: z.partialRecord(z.enum(LASTING), z.base64()).optional(),
    devices: secrets.optional(),
    retired: z.array(z.string()).optional(),
  })
  .refine((ring) => ring.current in ring.secrets);

/** A secret as short as this protects nothing. */
const FEWEST_BYTES = 32;

const PLAIN_FILE = "keys.json";
const WRAPPED_FILE = "keys.wrapped";
/** What writeDraft calls its files, with the process's number. */
const DRAFT = /^keys\.(?:json|wrapped)\.(\d+)$/;

/** Where the ring of an installation is, in words for its operator. */
export function ringPlace(dataDir: string, settings: RingSettings): string {
  if (settings.KEY_RING) return "the environment (KEY_RING)";
  return join(dataDir, settings.KEY_UNWRAP_COMMAND ? WRAPPED_FILE : PLAIN_FILE);
}

/**
 * Reads the ring of an installation; null when it has none. Throws when it cannot be read, and when there are two: the
 * wrong one would write what the other cannot open, or lie there plain. Never quotes it.
 */
export function findKeyRing(dataDir: string, settings: RingSettings = {}): KeyRing | null {
  if (settings.KEY_RING) return parseRing(settings.KEY_RING, "KEY_RING");
  const [plain, wrapped] = [join(dataDir, PLAIN_FILE), join(dataDir, WRAPPED_FILE)];
  if (!existsSync(wrapped)) return existsSync(plain) ? parseRing(readFileSync(plain, "utf8"), plain) : null;
  if (!settings.KEY_UNWRAP_COMMAND) {
    throw new Error(`${wrapped} holds the key ring, and no command opens it: set KEY_UNWRAP_COMMAND.`);
  }
  if (existsSync(plain)) {
    throw new Error(
      `${plain} lies beside ${wrapped}, which holds the key ring in use. Move the plain file out of here, where ` +
        "nobody reads it, and destroy it once everything works.",
    );
  }
  return unwrapped(readFileSync(wrapped), settings.KEY_UNWRAP_COMMAND);
}

/** Makes the ring of a new installation; of two first starts at the same moment both get the same. */
export function makeKeyRing(dataDir: string, settings: RingSettings = {}): KeyRing {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const content: KeyRing = { current: "1", secrets: { "1": randomBytes(32) }, derivations: { "1": 2 } };
  const file = ringPlace(dataDir, settings);
  const draft = writeDraft(file, content, settings);
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    unlinkSync(draft);
  }
  const ring = findKeyRing(dataDir, settings);
  if (!ring) throw new Error(`${file} cannot be read`);
  return ring;
}

/**
 * Puts a changed ring in the place of the one that is kept: whole, or not at all. One that lay plain until now, before
 * there was a command to close it, is removed. Throws Conflict for a ring in the environment, which only the operator
 * can change.
 */
export function keepKeyRing(dataDir: string, ring: KeyRing, settings: RingSettings): void {
  if (settings.KEY_RING)
    throw new Conflict("The ring is in the environment and cannot be changed from here.");
  const file = ringPlace(dataDir, settings);
  const draft = writeDraft(file, ring, settings);
  renameSync(draft, file);
  sync(dataDir);
  const plain = join(dataDir, PLAIN_FILE);
  if (file === plain || !existsSync(plain)) return;
  unlinkSync(plain);
  sync(dataDir);
}

/** Removes rings that were being written when their process was killed; those of other live processes stay. */
export function removeDrafts(dataDir: string): void {
  if (!existsSync(dataDir)) return;
  for (const name of readdirSync(dataDir)) {
    const [, pid] = DRAFT.exec(name) ?? [];
    if (pid && (Number(pid) === process.pid || !isAlive(Number(pid)))) {
      rmSync(join(dataDir, name), { force: true });
    }
  }
}

/** Whether two rings say the same. */
export const isSameRing = (one: KeyRing, other: KeyRing): boolean => textOf(one) === textOf(other);

/** Writes a ring in plain text to a new file, for its owner only. Throws Conflict when there is a file already. */
export function writeRingFile(file: string, ring: KeyRing): void {
  if (existsSync(file)) throw new Conflict(`${file} is there already.`);
  writeWhole(file, Buffer.from(textOf(ring)));
}

/** A ring with a new secret that everything is written with from now on. The old secrets still open what they closed. */
export function withNewSecret(ring: KeyRing): KeyRing {
  const used = [...Object.keys(ring.secrets), ...(ring.retired ?? [])].map(Number).filter(Number.isInteger);
  const id = String(Math.max(0, ...used) + 1);
  return {
    ...ring,
    current: id,
    secrets: { ...ring.secrets, [id]: randomBytes(32) },
    derivations: { ...ring.derivations, [id]: 2 },
    lasting: Object.fromEntries(LASTING.map((purpose) => [purpose, lastingKey(ring, purpose)])),
  };
}

/**
 * A ring without one of its secrets. `devicesLeft`: phones hold what was closed with it, so its key for devices, and
 * nothing else of it, stays. Throws Conflict for the current secret, Invalid for one that there is not.
 */
export function withoutSecret(ring: KeyRing, id: string, devicesLeft: boolean): KeyRing {
  if (!(id in ring.secrets)) throw new Invalid(`The ring has no key "${id}".`);
  if (id === ring.current) throw new Conflict(`Key ${id} is the one in use. Rotate first.`);
  const { [id]: gone, ...left } = ring.secrets;
  const kept = devicesLeft ? deviceKeyOf(ring, id) : undefined;
  return {
    ...ring,
    secrets: left,
    // Written down before the secret goes that they came from.
    lasting: Object.fromEntries(LASTING.map((purpose) => [purpose, lastingKey(ring, purpose)])),
    devices: { ...ring.devices, ...(kept && { [id]: kept }) },
    retired: [...(ring.retired ?? []), id],
  };
}

function parseRing(text: string, from: string): KeyRing {
  const parsed = ringText.safeParse(asJson(text));
  // What cannot be read may be half a secret: it is not repeated.
  if (!parsed.success) throw new Error(`${from} does not hold a key ring.`);
  const { current, derivations, retired, ...ring } = parsed.data;
  const bytes = (keys: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(keys).map(([id, text]) => [id, Buffer.from(text, "base64")]));
  const opened = bytes(ring.secrets);
  if (Object.values(opened).some((secret) => secret.length < FEWEST_BYTES)) {
    throw new Error(`${from} holds a secret of fewer than ${FEWEST_BYTES} bytes.`);
  }
  return {
    current,
    secrets: opened,
    ...(derivations && { derivations }),
    ...(ring.lasting && { lasting: bytes(ring.lasting) }),
    ...(ring.devices && { devices: bytes(ring.devices) }),
    ...(retired && { retired }),
  };
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The text of a ring, as it is kept, put into KEY_RING or handed to the command that wraps it. */
function textOf({ current, secrets, derivations, lasting, devices, retired }: KeyRing): string {
  const text = (keys: Readonly<Record<string, Buffer | undefined>>) =>
    Object.fromEntries(Object.entries(keys).map(([id, bytes]) => [id, bytes?.toString("base64")]));
  return JSON.stringify(
    {
      current,
      secrets: text(secrets),
      derivations,
      lasting: lasting && text(lasting),
      devices: devices && text(devices),
      retired,
    },
    null,
    2,
  );
}

function writeDraft(file: string, ring: KeyRing, settings: RingSettings): string {
  const draft = `${file}.${process.pid}`;
  writeWhole(
    draft,
    settings.KEY_UNWRAP_COMMAND
      ? wrap(ring, settings, settings.KEY_UNWRAP_COMMAND)
      : Buffer.from(textOf(ring)),
  );
  return draft;
}

/** Closes a ring, and opens it again to see that it can be: it may be the only copy soon. */
function wrap(ring: KeyRing, { KEY_WRAP_COMMAND }: RingSettings, unwrapCommand: readonly string[]): Buffer {
  if (!KEY_WRAP_COMMAND) throw new Error("KEY_UNWRAP_COMMAND is set and KEY_WRAP_COMMAND is not: set both.");
  const wrapped = runKeyCommand("KEY_WRAP_COMMAND", KEY_WRAP_COMMAND, Buffer.from(textOf(ring)));
  if (!isSameRing(unwrapped(wrapped, unwrapCommand), ring)) {
    throw new Error("KEY_UNWRAP_COMMAND does not give back what KEY_WRAP_COMMAND closed.");
  }
  return wrapped;
}

function unwrapped(wrapped: Buffer, command: readonly string[]): KeyRing {
  return parseRing(runKeyCommand("KEY_UNWRAP_COMMAND", command, wrapped).toString(), "KEY_UNWRAP_COMMAND");
}

/** Whether a process of this number runs; one that is somebody else's counts. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}

function writeWhole(file: string, content: Buffer): void {
  const open = openSync(file, "w", 0o600);
  try {
    writeSync(open, content);
    fsyncSync(open);
  } finally {
    closeSync(open);
  }
}

function sync(directory: string): void {
  const open = openSync(directory, "r");
  fsyncSync(open);
  closeSync(open);
}

const KEY_COMMAND_MS = 30_000;

/**
 * Runs a command of the operator's: its words without a shell between, the ring in one form on its standard input and
 * in the other on its standard output. What it says on standard error goes to ours.
 */
function runKeyCommand(name: string, command: readonly string[], input: Buffer): Buffer {
  const [program = "", ...args] = command;
  const ran = spawnSync(program, args, {
    input,
    timeout: KEY_COMMAND_MS,
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, HANDED_KEYS: "" },
  });
  if (ran.error) throw new Error(`${name} could not be run (${errorCode(ran.error)}).`);
  if (ran.status !== 0) throw new Error(`${name} ended with ${ran.status ?? ran.signal}.`);
  if (ran.stdout.length === 0) throw new Error(`${name} gave nothing back.`);
  return ran.stdout;
}

const errorCode = (error: Error) => ("code" in error ? String(error.code) : error.name);
