/**
 * No key and no number of a person lies in what browsers load, in what the installation says on its terminal, or in the
 * log of its database: searched while it runs, with the keys that it runs with.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { IdentifierKind } from "../server/domain/identifiers";
import { open } from "../server/identity-vault";
import { findKeyRing } from "../server/key-ring";
import { holdKeys, PURPOSES } from "../server/keys";
import { keyTexts } from "../server/testing-keys";
import { expect, test } from "./fixtures";
import { openInstallationDatabase } from "./told";

const root = join(import.meta.dirname, "..");
const dataDir = process.env["E2E_DATA_DIR"] ?? "";

/** Everything under a folder, as text. */
function textsUnder(folder: string): { file: string; text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    if (!entry.isFile()) return [];
    return [textOf(join(entry.parentPath, entry.name))];
  });
}

const textOf = (file: string) => ({ file, text: readFileSync(file, "latin1").toLowerCase() });

test("keys and people's numbers are in no bundle and no log", async () => {
  const ring = findKeyRing(dataDir);
  if (!ring) throw new Error("The installation has no key ring");
  holdKeys(ring);
  const needles = [...keyTexts(ring).keys()];
  expect(needles.length).toBeGreaterThanOrEqual(3 * PURPOSES.length);
  const { numbers, postgresLog } = await askDatabase();
  expect(numbers.length).toBeGreaterThan(50);
  needles.push(...numbers.map((number) => number.toLowerCase()));

  const bundles = textsUnder(join(root, ".next/static"));
  expect(bundles.length).toBeGreaterThan(20);
  const logs = [join(root, "test-results/installation.log"), postgresLog].map(textOf);
  // Each is the log that it is taken for, and has something in it.
  expect(logs.map(({ text }) => text)).toEqual([
    expect.stringContaining("common need is ready"),
    expect.stringContaining("ready to accept connections"),
  ]);
  const places = [...bundles, ...textsUnder(join(root, "public")), ...logs];
  const found = places.flatMap(({ file, text }) =>
    needles.some((needle) => text.includes(needle)) ? [file] : [],
  );
  expect(found).toEqual([]);
});

/** Official numbers, phone numbers and references of some of the demo's people, opened; and where the log is. */
async function askDatabase(): Promise<{ numbers: string[]; postgresLog: string }> {
  const { sql, close } = await openInstallationDatabase();
  try {
    const rows = await sql<{ organisationId: number; id: string; kind: IdentifierKind; value: Buffer }[]>`
      select organisation_id, client_id as id, kind, value from identity.client_identifier limit 200`;
    const people = await sql<{ organisationId: number; id: string; phone: Buffer; reference: Buffer }[]>`
      select organisation_id, client_id as id, phone, reference from identity.client_identity
      where phone is not null and reference is not null limit 100`;
    // Beside its files, which may lie elsewhere than the installation's when root runs it.
    const [where] = await sql<{ dataDirectory: string }[]>`show data_directory`;
    const postgresLog = join(dirname(where?.dataDirectory ?? ""), "postgres.log");
    const numbers = [
      ...rows.map(({ kind, value, ...row }) => open(`client_identifier.${kind}`, row, value)),
      ...people.flatMap(({ phone, reference, ...row }) => [
        open("client_identity.phone", row, phone),
        open("client_identity.reference", row, reference),
      ]),
    ];
    return { numbers, postgresLog };
  } finally {
    await close();
  }
}
