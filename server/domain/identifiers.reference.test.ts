/** Identifiers against the vectors of every `identifiers.json` in REFERENCE_DIR, by default the project's own. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { parsePostcode } from "./geography";
import { type IdentifierKind, readIdentifier } from "./identifiers";

const vectors = z.object({
  valid: z.array(z.object({ input: z.string(), canonical: z.string() })),
  invalid: z.array(z.object({ input: z.string(), why: z.string() })),
});
const file = z.object({ vectors: z.record(z.string(), vectors) });

const rules = { currentYear: 2026, testRanges: true };
const identifier = (kind: IdentifierKind) => (text: string) => {
  const read = readIdentifier(kind, text, rules);
  return "value" in read ? read.value : null;
};

const READERS: Readonly<Record<string, (text: string) => string | null>> = {
  nhs_number: identifier("nhs-number"),
  nino: identifier("nino"),
  pnc_id: identifier("pnc-id"),
  cro: identifier("cro"),
  prison_number: identifier("prison-number"),
  uk_postcode: (text) => {
    const read = parsePostcode(text);
    return read.ok ? read.postcode : null;
  },
};

const directory = process.env["REFERENCE_DIR"] ?? "fixtures/reference";
const files = readdirSync(directory).filter((name) => name === "identifiers.json");

test("there are vectors to read", () => {
  expect(files.length).toBeGreaterThan(0);
});

for (const name of files) {
  const read = file.parse(JSON.parse(readFileSync(join(directory, name), "utf8")));
  describe.each(Object.entries(read.vectors))(`${name}: %s`, (kind, { valid, invalid }) => {
    const reader = READERS[kind];

    test("every valid one is read as its canonical text", () => {
      expect(reader, `no reader for ${kind}`).toBeDefined();
      expect(valid.map(({ input }) => reader?.(input))).toEqual(valid.map(({ canonical }) => canonical));
    });

    test("every invalid one is refused", () => {
      expect(invalid.filter(({ input }) => reader?.(input) !== null)).toEqual([]);
    });
  });
}
