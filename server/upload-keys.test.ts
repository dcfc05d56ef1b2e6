/** What a browser seals the worker opens, and nothing else: whoever changes, cuts, doubles or moves a piece is refused. */

import { ECDH } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { type SealedPiece, sealFile } from "../app/_lab/sealing";
import { PIECE_BYTES, POINT_BYTES, piecesOf, TAG_BYTES } from "./domain/lab/sealed-file";
import { uuidv7 } from "./ids";
import { testDatabase } from "./testing";
import { arrangeMember, arrangeOrganisation } from "./testing-people";
import { forgetKey, holdsKey, makeKeys, NotSealedSo, openPieces } from "./upload-keys";

const db = await testDatabase();
let organisationId: number;
let memberId: string;

beforeAll(async () => {
  organisationId = await arrangeOrganisation(db, "Keys");
  ({ memberId } = await arrangeMember(db, organisationId, ["manager"]));
});

/** An upload whose key is made, and its public part. */
async function keyed(): Promise<{ uploadId: string; publicKey: string }> {
  const uploadId = uuidv7();
  await db.administrator`
    insert into lab.upload (organisation_id, id, kind, subject_id, asked_by)
    values (${organisationId}, ${uploadId}, 'cohort', ${uuidv7()}, ${memberId})`;
  await makeKeys(db.stats);
  const [row] = await db.administrator<{ publicKey: Buffer }[]>`
    select public_key from lab.upload where id = ${uploadId}`;
  return { uploadId, publicKey: row?.publicKey.toString("base64") ?? "" };
}

const nameOf = ({ uploadId }: { uploadId: string }) => ({ organisationId, id: uploadId });

async function sealed(
  file: Uint8Array<ArrayBuffer>,
  to: { uploadId: string; publicKey: string },
): Promise<Buffer[]> {
  const pieces: SealedPiece[] = [];
  for await (const piece of sealFile(file, to)) pieces.push(piece);
  return pieces.map(({ bytes }) => Buffer.from(bytes));
}

const made = (bytes: number) => Uint8Array.from({ length: bytes }, (_, at) => (at * 31) % 251);

test.each([
  ["nothing", 0],
  ["one byte", 1],
  ["a whole piece", PIECE_BYTES],
  ["a byte more than a piece", PIECE_BYTES + 1],
  ["three pieces and some", 3 * PIECE_BYTES + 7],
])("a file of %s arrives as it was", async (_what, bytes) => {
  const to = await keyed();
  const pieces = await sealed(made(bytes), to);
  expect(pieces).toHaveLength(piecesOf(bytes));
  expect(openPieces(nameOf(to), pieces).equals(made(bytes))).toBe(true);
});

test("of a key that could not be published the private part is overwritten, and the next round makes another", async () => {
  const made = vi.spyOn(ECDH.prototype, "getPrivateKey");
  let statements = 0;
  const breaking = new Proxy(db.stats, {
    apply(stats, self, given) {
      statements += 1;
      if (statements > 1) throw new Error("The database is away");
      return Reflect.apply(stats, self, given);
    },
  });
  const uploadId = uuidv7();
  await db.administrator`
    insert into lab.upload (organisation_id, id, kind, subject_id, asked_by)
    values (${organisationId}, ${uploadId}, 'cohort', ${uuidv7()}, ${memberId})`;
  await expect(makeKeys(breaking)).rejects.toThrow("is away");
  const [result] = made.mock.results;
  made.mockRestore();
  const own: unknown = result?.value;
  expect(Buffer.isBuffer(own) && own.length === 32 && own.every((byte) => byte === 0)).toBe(true);
  expect(holdsKey({ organisationId, id: uploadId })).toBe(false);
  await makeKeys(db.stats);
  expect(holdsKey({ organisationId, id: uploadId })).toBe(true);
});

test("no two uploads have one key, and none of the file shows in what is sent", async () => {
  const [one, two] = [await keyed(), await keyed()];
  expect(one.publicKey).not.toBe(two.publicKey);
  const name = new TextEncoder().encode("Zebedee Quill ".repeat(50));
  const [first, again] = [await sealed(name, one), await sealed(name, one)];
  expect(first[0]?.includes("Zebedee")).toBe(false);
  expect(first[0]?.equals(again[0] ?? Buffer.alloc(0))).toBe(false);
});

describe("it is refused", () => {
  const file = made(3 * PIECE_BYTES + 100);
  const tampered: readonly [what: string, change: (pieces: Buffer[], other: Buffer[]) => Buffer[]][] = [
    ["that the last piece is left out", (pieces) => pieces.slice(0, -1)],
    [
      "that a piece in the middle is left out",
      ([a, _b, ...rest]) => [a, ...rest].filter((piece) => piece !== undefined),
    ],
    ["that the first piece is left out", (pieces) => pieces.slice(1)],
    ["that two pieces change places", ([a, b, c, d]) => [a, c, b, d].filter((piece) => piece !== undefined)],
    [
      "that a piece comes twice",
      ([a, b, ...rest]) => [a, b, b, ...rest].filter((piece) => piece !== undefined),
    ],
    ["that the last piece comes twice", (pieces) => [...pieces, ...pieces.slice(-1)]],
    [
      "that a piece is of another sealing of the same file",
      ([a, _b, ...rest], [, other]) => [a, other, ...rest].filter((piece) => piece !== undefined),
    ],
    [
      "that a piece is cut short",
      ([a, b, ...rest]) => [a, b?.subarray(0, -1), ...rest].filter((piece) => piece !== undefined),
    ],
    [
      "that a piece is shorter than its seal",
      ([a, _b, ...rest]) => [a, Buffer.alloc(TAG_BYTES - 1), ...rest].filter((piece) => piece !== undefined),
    ],
    ["that there is no piece", () => []],
    ["that the first piece is too short for a point", () => [Buffer.alloc(POINT_BYTES, 4)]],
    [
      "that the point is on no curve",
      ([a, ...rest]) => [
        Buffer.concat([Buffer.alloc(POINT_BYTES, 4), a?.subarray(POINT_BYTES) ?? a ?? Buffer.alloc(0)]),
        ...rest,
      ],
    ],
  ];

  test.each(tampered)("%s", async (_what, change) => {
    const to = await keyed();
    const [pieces, other] = [await sealed(file, to), await sealed(file, to)];
    expect(() => openPieces(nameOf(to), change([...pieces], other))).toThrow(NotSealedSo);
  });

  test("that any one bit is another", async () => {
    const to = await keyed();
    const pieces = await sealed(made(2_000), to);
    await fc.assert(
      fc.property(fc.nat(), fc.nat(7), (place, bit) => {
        const [first = Buffer.alloc(0)] = pieces;
        const changed = Buffer.from(first);
        const at = place % changed.length;
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        expect(() => openPieces(nameOf(to), [changed])).toThrow(NotSealedSo);
      }),
      { numRuns: 200 },
    );
  });

  test("that pieces are brought from another upload", async () => {
    const [one, two] = [await keyed(), await keyed()];
    const pieces = await sealed(file, one);
    expect(() => openPieces(nameOf(two), pieces)).toThrow(NotSealedSo);
  });
});

test("once a key is forgotten nobody can open what was sealed for it", async () => {
  const to = await keyed();
  const pieces = await sealed(made(10), to);
  expect(holdsKey(nameOf(to))).toBe(true);
  forgetKey(nameOf(to));
  expect(holdsKey(nameOf(to))).toBe(false);
  expect(() => openPieces(nameOf(to), pieces)).toThrow("gone");
});

test("the private part of a key is in no row", async () => {
  const { uploadId, publicKey } = await keyed();
  const [row] = await db.administrator<{ text: string }[]>`
    select to_jsonb(u)::text as text from lab.upload as u where id = ${uploadId}`;
  const { keeper, public_key, ...rest } = JSON.parse(row?.text ?? "{}") as Record<string, unknown>;
  expect(String(public_key)).toBe(`\\x${Buffer.from(publicKey, "base64").toString("hex")}`);
  expect(keeper).toEqual(expect.any(String));
  expect(Object.keys(rest).sort()).toEqual([
    ...[
      "asked_at",
      "asked_by",
      "byte_count",
      "id",
      "keyed_at",
      "kind",
      "organisation_id",
      "pieces",
      "sent_at",
    ],
    ...["state", "subject_id"],
  ]);
});
