/**
 * No key and no number of a person lies in what browsers load, in what the installation says on its terminal, or in the
 * log of its database: searched while it runs, with the keys that it runs with.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { IdentifierKind } from "../server/domain/identifiers";
import { open } from "../server/identity-vault";
import { findKeyRing } from "../server/key-ring";
import { handOver, holdKeys, PURPOSES } from "../server/keys";
import { expect, test } from "./fixtures";
import { openInstallationDatabase } from "./told";

const root = join(import.meta.dirname, "..");
const dataDir = process.env["E2E_DATA_DIR"] ?? "";

/** Everything under a folder, as text. */
function textsUnder(folder: string): { file: string; text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    if (!entry.isFile()) return [];
    const file = join(entry.parentPath, entry.name);
    return [{ file, text: readFileSync(file, "latin1").toLowerCase() }];
  });
}

test("keys and people's numbers are in no bundle and no log", async () => {
  const ring = findKeyRing(dataDir);
  if (!ring) throw new Error("The installation has no key ring");
  holdKeys(ring);
  const handed = JSON.parse(handOver(ring, PURPOSES)) as {
    keys: Record<string, Record<string, string>>;
    lasting: Record<string, string>;
  };
  const keys = [
    ...Object.values(ring.secrets),
    ...Object.values(handed.keys).flatMap((of) => Object.values(of).map((key) => Buffer.from(key, "base64"))),
    ...Object.values(handed.lasting).map((key) => Buffer.from(key, "base64")),
  ];
  const needles = keys.flatMap((key) =>
    (["latin1", "hex", "base64", "base64url"] as const).map((way) =>
      key.toString(way).replace(/=+$/, "").toLowerCase(),
    ),
  );
  expect(needles.length).toBeGreaterThan(40);
  const numbers = await someNumbers();
  expect(numbers.length).toBeGreaterThan(50);
  needles.push(...numbers.map((number) => number.toLowerCase()));

  const places = [
    ...textsUnder(join(root, ".next/static")),
    ...textsUnder(join(root, "public")),
    ...[join(root, "test-results/installation.log"), join(dataDir, "postgres.log")]
      .filter(existsSync)
      .map((file) => ({ file, text: readFileSync(file, "latin1").toLowerCase() })),
  ];
  expect(places.length).toBeGreaterThan(20);
  const found = places.flatMap(({ file, text }) =>
    needles.some((needle) => text.includes(needle)) ? [file] : [],
  );
  expect(found).toEqual([]);
});

/** Official numbers, phone numbers and references of some of the demo's people, opened. */
async function someNumbers(): Promise<string[]> {
  const { sql, close } = await openInstallationDatabase();
  try {
    const rows = await sql<{ organisationId: number; id: string; kind: IdentifierKind; value: Buffer }[]>`
      select organisation_id, client_id as id, kind, value from identity.client_identifier limit 200`;
    const people = await sql<{ organisationId: number; id: string; phone: Buffer; reference: Buffer }[]>`
      select organisation_id, client_id as id, phone, reference from identity.client_identity
      where phone is not null and reference is not null limit 100`;
    return [
      ...rows.map(({ kind, value, ...row }) => open(`client_identifier.${kind}`, row, value)),
      ...people.flatMap(({ phone, reference, ...row }) => [
        open("client_identity.phone", row, phone),
        open("client_identity.reference", row, reference),
      ]),
    ];
  } finally {
    await close();
  }
}
