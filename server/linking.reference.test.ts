/**
 * Linking against files whose truth is known: every `linkage/uk_multi_org.csv` and `linkage/febrl*.csv` of
 * REFERENCE_DIR, by default the project's own. The settings are those that ship; the truth is used for scoring alone.
 */

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { linkFile } from "./bulk-linking";
import { type ExtractMap, extractMapSchema } from "./domain/linking/extract";
import type { LinkRecord } from "./domain/linking/record";
import { extractRecords } from "./extract-file";
import { trialOf, tryAgainstTruth } from "./extract-truth";

const OWN = "fixtures/reference";
const reference = process.env["REFERENCE_DIR"] ?? OWN;
const directory = join(reference, "linkage");
const files = existsSync(directory) ? readdirSync(directory) : [];
const currentYear = 2026;

/** The columns of FEBRL; its social security number is left out, which would give the answer away. */
const FEBRL: ExtractMap = extractMapSchema.parse({
  columns: {
    record_id: "rec_id",
    first_name: "given_name",
    last_name: "surname",
    date_of_birth: "date_of_birth",
    postcode: "postcode",
    address: ["street_number", "address_1"],
    town: "suburb",
  },
});

// A directory of somebody else's may hold other references and none of linking; the project's own holds these.
test.runIf(reference === OWN || files.length > 0)("there are files to read", () => {
  expect(files.filter((name) => /^(?:uk_multi_org|febrl.*)\.csv$/.test(name))).not.toEqual([]);
  if (reference === OWN)
    expect(files).toEqual(expect.arrayContaining(["uk_multi_org.csv", "uk_multi_org_truth.csv"]));
});

describe.runIf(files.includes("uk_multi_org.csv"))("uk_multi_org.csv", () => {
  test("is linked better than by a plain Fellegi-Sunter model, and hardly a trap is linked", async () => {
    const extract = join(directory, "uk_multi_org.csv");
    const truth = join(directory, "uk_multi_org_truth.csv");
    const linked = await linkFile(extract, { map: null, currentYear });
    const trial = await tryAgainstTruth(linked.pairs, { extract, truth, map: null }, currentYear);
    expect(trial.linkAndReview.f1).toBeGreaterThanOrEqual(0.95);
    expect(trial.link.precision).toBeGreaterThanOrEqual(0.98);
    expect(trial.link.recall).toBeGreaterThanOrEqual(0.9);
    expect(trial.blockingRecall).toBeGreaterThanOrEqual(0.98);
    const { twins, oneName } = trial.wrongLinks;
    expect((twins + oneName) / trial.link.pairs).toBeLessThan(1 / 500);
  }, 300_000);
});

describe.each(files.filter((name) => /^febrl[123].*\.csv$/.test(name)))("%s", (name) => {
  test("is all but solved without the social security number", async () => {
    const extract = join(directory, name);
    const linked = await linkFile(extract, { map: FEBRL, currentYear });
    const records = new Map<string, LinkRecord>();
    for await (const { id, record } of extractRecords(extract, FEBRL, currentYear)) records.set(id, record);
    // "rec-223-org" and "rec-223-dup-0" are person 223.
    const personOf = new Map([...records.keys()].map((id) => [id, id.split("-")[1] ?? id]));
    const trial = trialOf(linked.pairs, records, personOf);
    expect(trial.linkAndReview.f1).toBeGreaterThanOrEqual(0.99);
    expect(trial.link.precision).toBeGreaterThanOrEqual(0.995);
  }, 300_000);
});
