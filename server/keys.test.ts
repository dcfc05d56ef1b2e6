import { spawnSync } from "node:child_process";
import { hkdfSync } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  findKeyRing,
  keepKeyRing,
  makeKeyRing,
  removeDrafts,
  withNewSecret,
  withoutSecret,
  writeRingFile,
} from "./key-ring";
import {
  deviceKeyOf,
  holdKeys,
  indexKey,
  type KeyRing,
  key,
  keyIds,
  keysFor,
  lastingKey,
  PURPOSES,
} from "./keys";
import { handedKeys } from "./testing-keys";

const directory = await mkdtemp(join(tmpdir(), "keys-"));
afterAll(() => rm(directory, { recursive: true }));

test("a ring is made once, for its owner only", () => {
  expect(findKeyRing(directory)).toBeNull();
  const ring = makeKeyRing(directory);
  expect(ring.secrets["1"]).toHaveLength(32);
  expect(makeKeyRing(directory)).toEqual(ring);
  expect(findKeyRing(directory)).toEqual(ring);
  expect(statSync(join(directory, "keys.json")).mode & 0o777).toBe(0o600);
});

test("the web process is not handed the disclosure key, nor the worker the keys of identity", () => {
  expect(keysFor("web")).not.toContain("disclosure");
  expect(keysFor("web")).not.toContain("audit-seal");
  expect(keysFor("web")).not.toContain("pseudonym");
  expect(keysFor("worker")).toContain("disclosure");
  expect(keysFor("worker")).not.toContain("identity");
});

test("what is handed over holds one different key for each purpose and not the secret", () => {
  const ring = makeKeyRing(directory);
  const handed = handedKeys(ring);
  const keys = [...Object.values(handed.keys["1"] ?? {}), ...Object.values(handed.lasting)];
  expect(new Set(keys).size).toBe(PURPOSES.length);
  expect(keys).not.toContain(ring.secrets["1"]?.toString("base64"));
});

test("asking for a key that was not handed over is an error", () => {
  expect(key("disclosure")).toHaveLength(32);
  expect(() => key("identity", "2")).toThrow('not handed the key "identity" (2)');
});

describe("a ring with a new secret", () => {
  const before: KeyRing = { current: "1", secrets: { "1": Buffer.alloc(32, 3) } };
  const after = withNewSecret(before);

  test("keeps every key that lasts, byte for byte, also when the first secret is gone", () => {
    const gone = withoutSecret(after, "1", false);
    expect(after.current).toBe("2");
    expect(handedKeys(after).lasting).toEqual(handedKeys(before).lasting);
    expect(handedKeys(withNewSecret(after)).lasting).toEqual(handedKeys(before).lasting);
    expect(handedKeys(gone).lasting).toEqual(handedKeys(before).lasting);
    expect(Object.keys(gone.secrets)).toEqual(["2"]);
  });

  test("still makes the ids and fingerprints that rings from before made, with the key that made them", () => {
    const shared = Buffer.from(hkdfSync("sha256", Buffer.alloc(32, 3), "", "common-need/blind-index/1", 32));
    for (const purpose of ["import-id", "fingerprint"] as const) {
      expect(lastingKey(before, purpose).equals(shared)).toBe(true);
      expect(lastingKey(after, purpose).equals(shared)).toBe(true);
    }
  });

  test("of a secret that is gone keeps what phones need, when a phone is left, and nothing else", () => {
    const device = deviceKeyOf(before, "1");
    expect(deviceKeyOf(withoutSecret(after, "1", true), "1")).toEqual(device);
    expect(deviceKeyOf(withoutSecret(after, "1", false), "1")).toBeUndefined();
    const { keys } = handedKeys(withoutSecret(after, "1", true));
    expect(keys).toMatchObject({ "1": { device: device?.toString("base64") } });
    expect(Object.keys(keys["1"] ?? {})).toEqual(["device"]);
  });

  test("never gives an id a second time, and never loses the secret in use", () => {
    const gone = withoutSecret(after, "1", false);
    expect(withNewSecret(gone).current).toBe("3");
    const twice = withoutSecret(withNewSecret(gone), "2", false);
    expect(withNewSecret(twice).current).toBe("4");
    expect(() => withoutSecret(after, "2", false)).toThrow("in use");
    expect(() => withoutSecret(after, "7", false)).toThrow("no key");
  });

  test("has a key for each kind of index, where the first secret of old installations has one for all", () => {
    holdKeys(after);
    expect(indexKey("nhs-number", "1").equals(indexKey("search", "1"))).toBe(true);
    const kinds = ["nhs-number", "nino", "date-of-birth", "search"].map((kind) =>
      indexKey(kind, "2").toString("hex"),
    );
    expect(new Set([...kinds, key("blind-index", "2").toString("hex")]).size).toBe(5);
    expect(keyIds("blind-index")).toEqual(["2", "1"]);
  });
});

describe("where the ring is kept", () => {
  const ring = withNewSecret({ current: "1", secrets: { "1": Buffer.alloc(32, 5) } });

  test("a changed ring takes the place of the old one, for its owner only, and reads as it was written", () => {
    keepKeyRing(directory, ring, {});
    expect(findKeyRing(directory)).toEqual(ring);
    expect(statSync(join(directory, "keys.json")).mode & 0o777).toBe(0o600);
    const shorter = withoutSecret(ring, "1", true);
    keepKeyRing(directory, shorter, {});
    expect(findKeyRing(directory)).toEqual(shorter);
  });

  test("what a killed process left half written does not stay, and what another writes now does", () => {
    const { pid: gone } = spawnSync(process.execPath, ["-e", ""]);
    for (const pid of [gone, process.ppid]) writeFileSync(join(directory, `keys.json.${pid}`), "half a ring");
    removeDrafts(directory);
    expect(readdirSync(directory).sort()).toEqual(["keys.json", `keys.json.${process.ppid}`]);
    rmSync(join(directory, `keys.json.${process.ppid}`));
  });

  test("the environment can hold it instead, and is then the one place", () => {
    const file = join(directory, "for-the-environment.json");
    writeRingFile(file, ring);
    const settings = { KEY_RING: readFileSync(file, "utf8") };
    expect(findKeyRing("/nowhere", settings)).toEqual(ring);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(() => keepKeyRing(directory, ring, settings)).toThrow("in the environment");
    expect(() => writeRingFile(file, ring)).toThrow("there already");
  });

  test("what is not a ring is refused without a word of it", () => {
    for (const text of ["{", '{"current":"1"}', '{"current":"2","secrets":{"1":"c2VjcmV0"}}', "c2VjcmV0"]) {
      expect(() => findKeyRing("/nowhere", { KEY_RING: text })).toThrow("KEY_RING does not hold a key ring.");
    }
    const short = '{"current":"1","secrets":{"1":"c2VjcmV0"}}';
    expect(() => findKeyRing("/nowhere", { KEY_RING: short })).toThrow("fewer than 32 bytes");
  });
});

describe("a key service, by two programs of the operator's own", () => {
  const here = mkdtempSync(join(tmpdir(), "wrapped-"));
  afterAll(() => rm(here, { recursive: true }));
  const program = join(here, "key service.mjs");
  writeFileSync(
    program,
    `import { createCipheriv, createDecipheriv } from "node:crypto";
    import { readFileSync } from "node:fs";
    const [way, key, nonce] = [process.argv[2], Buffer.alloc(32, 8), Buffer.alloc(12)];
    const given = readFileSync(0);
    if (way === "wrap") {
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      process.stdout.write(Buffer.concat([cipher.update(given), cipher.final(), cipher.getAuthTag()]));
    } else if (way === "unwrap") {
      const opener = createDecipheriv("aes-256-gcm", key, nonce).setAuthTag(given.subarray(-16));
      process.stdout.write(Buffer.concat([opener.update(given.subarray(0, -16)), opener.final()]));
    } else process.exit(3);`,
  );
  const command = (way: string) => [process.execPath, program, way];
  const settings = { KEY_WRAP_COMMAND: command("wrap"), KEY_UNWRAP_COMMAND: command("unwrap") };

  test("the ring is made, read and changed, and never lies plain on the disk", () => {
    const ring = makeKeyRing(here, settings);
    expect(findKeyRing(here, settings)).toEqual(ring);
    const changed = withNewSecret(ring);
    keepKeyRing(here, changed, settings);
    expect(findKeyRing(here, settings)).toEqual(changed);
    expect(readdirSync(here).sort()).toEqual(["key service.mjs", "keys.wrapped"]);
    const kept = readFileSync(join(here, "keys.wrapped"));
    for (const secret of Object.values(changed.secrets)) {
      expect(kept.includes(secret.toString("base64"))).toBe(false);
    }
  });

  test("a ring that lay plain is read until it is changed; from then on it is closed, and lies plain no more", () => {
    const there = mkdtempSync(join(here, "before-"));
    const plain = makeKeyRing(there);
    expect(findKeyRing(there, settings)).toEqual(plain);
    const changed = withNewSecret(plain);
    keepKeyRing(there, changed, settings);
    expect(findKeyRing(there, settings)).toEqual(changed);
    expect(readdirSync(there)).toEqual(["keys.wrapped"]);
    rmSync(there, { recursive: true });
  });

  test("a plain ring beside a closed one stops the start, whichever is meant, and nothing of either is changed", () => {
    const there = mkdtempSync(join(here, "both-"));
    makeKeyRing(there, settings);
    const kept = readFileSync(join(there, "keys.wrapped"));
    writeRingFile(join(there, "keys.json"), { current: "1", secrets: { "1": Buffer.alloc(32, 9) } });
    expect(() => findKeyRing(there, settings)).toThrow(/keys\.json lies beside .*keys\.wrapped/);
    expect(() => findKeyRing(there)).toThrow("set KEY_UNWRAP_COMMAND");
    expect(readFileSync(join(there, "keys.wrapped")).equals(kept)).toBe(true);
    rmSync(there, { recursive: true });
  });

  test("a command that closes what the other cannot open leaves the ring as it was", () => {
    const there = mkdtempSync(join(here, "broken-"));
    const plain = makeKeyRing(there);
    const broken = {
      ...settings,
      KEY_WRAP_COMMAND: [process.execPath, "-e", "process.stdout.write('lost')"],
    };
    expect(() => keepKeyRing(there, withNewSecret(plain), broken)).toThrow("KEY_UNWRAP_COMMAND ended with 1");
    expect(readdirSync(there)).toEqual(["keys.json"]);
    expect(findKeyRing(there, settings)).toEqual(plain);
    rmSync(there, { recursive: true });
  });

  test("a program that fails, is not there or says nothing stops the start, and its input is not quoted", () => {
    const fails = { ...settings, KEY_UNWRAP_COMMAND: command("fail") };
    expect(() => findKeyRing(here, fails)).toThrow("KEY_UNWRAP_COMMAND ended with 3.");
    const missing = { ...settings, KEY_UNWRAP_COMMAND: [join(here, "no such program")] };
    expect(() => findKeyRing(here, missing)).toThrow("could not be run (ENOENT)");
    const silent = { ...settings, KEY_UNWRAP_COMMAND: [process.execPath, "-e", ""] };
    expect(() => findKeyRing(here, silent)).toThrow("gave nothing back");
  });
});
