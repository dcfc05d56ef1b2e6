import { statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { findKeyRing, handOver, keysFor, makeKeyRing, PURPOSES } from "./keys";

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
  expect(keysFor("worker")).toContain("disclosure");
  expect(keysFor("worker")).not.toContain("identity");
});

test("what is handed over holds one different key for each purpose and not the secret", () => {
  const ring = makeKeyRing(directory);
  const handed = JSON.parse(handOver(ring, PURPOSES)) as { keys: Record<string, Record<string, string>> };
  const keys = Object.values(handed.keys["1"] ?? {});
  expect(new Set(keys).size).toBe(PURPOSES.length);
  expect(keys).not.toContain(ring.secrets["1"]?.toString("base64"));
});

test("asking for a key that was not handed over is an error", async () => {
  const { key } = await import("./keys");
  expect(key("disclosure")).toHaveLength(32);
  expect(() => key("disclosure", "2")).toThrow('not handed the key "disclosure" (2)');
});
