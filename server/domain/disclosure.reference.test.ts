/** Disclosure control against the reference vectors in REFERENCE_DIR, by default the project's own. */

import { createHmac } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { slotFor } from "./clock-slots";
import {
  addKeys,
  cellKeyHex,
  openError,
  openFigure,
  openQuota,
  publish,
  quotaAt,
  recordKey,
  settledError,
  settledFigure,
  settledQuota,
  staticError,
} from "./disclosure";
import { findPeriod } from "./period";

const people = z.object({ prefix: z.string(), from: z.int(), count: z.int() });

const base = z.object({
  cellId: z.string(),
  trueCount: z.int(),
  cellKeyHex: z.string(),
  static: z.int(),
  personIds: people,
});
const header = { keyHex: z.string(), era: z.string() };
const finalFile = z.object({
  ...header,
  vectors: z
    .array(
      base.extend({
        period: z.string(),
        dynamicLive: z.int(),
        dynamicSettled: z.int(),
        publishedLive: z.int().nullable(),
        publishedSettled: z.int().nullable(),
        quotaSettled: z.int(),
        refreshNo: z.int(),
        nextQuotaLive: z.int(),
      }),
    )
    .min(1),
  quotaTable: z.array(z.object({ u: z.int(), k: z.int() })).min(1),
  clocks: z.array(z.object({ lastClosedYearFigure: z.int().nullable(), slot: z.string().nullable() })).min(1),
});
const twoLayerFile = z.object({
  ...header,
  vectors: z.array(base.extend({ dynamic: z.int(), z: z.int(), published: z.int().nullable() })).min(1),
});

const directory = join(process.env["REFERENCE_DIR"] ?? "fixtures/reference", "sdc");

/** Every file of a kind, by pattern: whoever adds vectors adds a file. */
function filesOf<T>(pattern: RegExp, schema: z.ZodType<T>): T[] {
  return readdirSync(directory)
    .filter((name) => pattern.test(name))
    .map((name) => schema.parse(JSON.parse(readFileSync(join(directory, name), "utf8"))));
}

const hmacOf = (keyHex: string) => (text: string) =>
  createHmac("sha256", Buffer.from(keyHex, "hex")).update(text).digest();

function keyOf(hmac: (text: string) => Buffer, ids: z.infer<typeof people>): bigint {
  let sum = 0n;
  for (let i = ids.from; i < ids.from + ids.count; i += 1) {
    sum = addKeys(sum, recordKey(hmac, `${ids.prefix}-0000-4000-8000-${String(i).padStart(12, "0")}`));
  }
  return sum;
}

describe("settled and open figures", () => {
  const files = filesOf(/^sdc-final-vectors.*\.json$/, finalFile);
  test("there are vectors", () => expect(files.length).toBeGreaterThan(0));

  for (const { keyHex, era, vectors, quotaTable, clocks } of files) {
    const hmac = hmacOf(keyHex);
    test.each(quotaTable)("a draw of $u is a quota of $k", ({ u, k }) => expect(quotaAt(u, false)).toBe(k));
    test.each(clocks)("$lastClosedYearFigure people a year move every $slot", (clock) =>
      expect(slotFor(clock.lastClosedYearFigure)).toBe(clock.slot),
    );
    test.each(vectors)("$cellId, $period, $trueCount people", (vector) => {
      const period = findPeriod(vector.period);
      if (!period) throw new Error(`${vector.period} is not a period`);
      const cellKey = keyOf(hmac, vector.personIds);
      const place = staticError(hmac, era, vector.cellId);
      expect(cellKeyHex(cellKey)).toBe(vector.cellKeyHex);
      expect(place).toBe(vector.static);
      expect(openError(hmac, era, cellKey)).toBe(vector.dynamicLive);
      expect(settledError(hmac, era, cellKey)).toBe(vector.dynamicSettled);
      expect(publish(vector.trueCount, place, vector.dynamicLive)).toBe(vector.publishedLive);
      expect(settledFigure(hmac, period, vector.cellId, { people: vector.trueCount, cellKey })).toBe(
        vector.publishedSettled,
      );
      expect(openFigure(hmac, period, vector.cellId, { people: vector.trueCount, cellKey })).toBe(
        vector.publishedLive,
      );
      expect(settledQuota(hmac, period, vector.cellId, false)).toBe(vector.quotaSettled);
      expect(openQuota(hmac, period, vector.cellId, vector.refreshNo, false)).toBe(vector.nextQuotaLive);
    });
  }
});

describe("two-layer cell key", () => {
  const files = filesOf(/^two-layer-cell-key.*\.json$/, twoLayerFile);
  test("there are vectors", () => expect(files.length).toBeGreaterThan(0));

  for (const { keyHex, era, vectors } of files) {
    const hmac = hmacOf(keyHex);
    test.each(vectors)("$cellId, $trueCount people", (vector) => {
      const cellKey = keyOf(hmac, vector.personIds);
      const place = staticError(hmac, era, vector.cellId);
      const set = openError(hmac, era, cellKey);
      expect(cellKeyHex(cellKey)).toBe(vector.cellKeyHex);
      expect([place, set, vector.trueCount + place + set]).toEqual([vector.static, vector.dynamic, vector.z]);
      expect(publish(vector.trueCount, place, set)).toBe(vector.published);
    });
  }
});
