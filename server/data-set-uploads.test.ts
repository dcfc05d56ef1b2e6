/** A data set sent from a browser: sealed on the way, loaded by the worker, destroyed with a receipt whatever became of it. */

import { beforeAll, expect, test } from "vitest";
import { sealFile } from "../app/_lab/sealing";
import type { ActorCtx } from "./context";
import { askDataSetUpload, getDataSetLoad, loadSentDataSets } from "./data-set-uploads";
import { listDataSets } from "./data-sets";
import { Invalid, NotAllowed } from "./domain/errors";
import { joinFiles, partFiles } from "./domain/lab/data-set-files";
import { uuidv7 } from "./ids";
import { getUpload, takePiece } from "./lab-uploads";
import { testDatabase } from "./testing";
import { arrangeHolder, CODEBOOK, EVENTS_HEADER, PEOPLE_HEADER } from "./testing-outcomes";
import { arrangeMember, arrangeOrganisation, contextFor } from "./testing-people";
import { makeKeys } from "./upload-keys";

const db = await testDatabase();
const bytes = (text: string) => new TextEncoder().encode(text);
const PERSON = "P1,Quillon,Ravensworth,1980-02-03,M,SR1 3AA,2024-01-10,43,theft,North";
const filesOf = (people = [PERSON], codebook: object = CODEBOOK) => ({
  "codebook.json": bytes(JSON.stringify(codebook)),
  "people.csv": bytes([PEOPLE_HEADER, ...people].join("\n")),
  "events.csv": bytes([EVENTS_HEADER, "P1,2024-05-02,proven"].join("\n")),
});

let holder: ActorCtx;
beforeAll(async () => {
  const police = await arrangeOrganisation(db, "Wythershire Police");
  holder = contextFor(db, await arrangeMember(db, police, ["analyst"]));
});

/** Sends files as a browser does, and has the worker load them. */
async function send(whole: Uint8Array<ArrayBuffer>, id = uuidv7()) {
  const uploadId = uuidv7();
  await askDataSetUpload(holder, { id, uploadId });
  await makeKeys(db.stats);
  const { publicKey } = await getUpload(holder, uploadId);
  for await (const piece of sealFile(whole, { uploadId, publicKey: publicKey ?? "" })) {
    await takePiece(holder, { ...piece, uploadId, bytes: Buffer.from(piece.bytes) });
  }
  const [kept] = await db.administrator<{ bytes: Buffer }[]>`
    select bytes from lab.upload_piece where upload_id = ${uploadId}`;
  expect(kept?.bytes.includes("Quillon")).toBe(false);
  expect(await getDataSetLoad(holder, uploadId)).toBeNull();
  await loadSentDataSets({ stats: db.stats, signal: new AbortController().signal });
  const load = await getDataSetLoad(holder, uploadId);
  const pieces = await db.administrator`select 1 from lab.upload_piece where upload_id = ${uploadId}`;
  const [receipt] = await db.administrator<{ ended: string; sha256: string }[]>`
    select ended, sha256 from lab.receipt where upload_id = ${uploadId}`;
  return { id, load, pieces: pieces.length, receipt };
}

test("three files joined for the way come apart as they were", () => {
  const files = filesOf();
  expect(partFiles(joinFiles(files))).toEqual(files);
  expect(() => partFiles(bytes("[1,2,3]\nabc"))).toThrow(Invalid);
  expect(() => partFiles(bytes("no line"))).toThrow(Invalid);
  expect(() => partFiles(joinFiles(files).subarray(0, -1))).toThrow(Invalid);
});

test("whoever may not hold outcome data is not given a key", async () => {
  await expect(askDataSetUpload(holder, { id: uuidv7(), uploadId: uuidv7() })).rejects.toThrow(NotAllowed);
  await arrangeHolder(db, holder.actor.organisationId);
});

test("bad rows are told of by line and column, and what was sent is destroyed", async () => {
  const { load, pieces, receipt } = await send(joinFiles(filesOf([PERSON, `${PERSON}x,y`])));
  expect(load).toMatchObject({ outcome: "refused" });
  expect(JSON.stringify(load)).toContain('"line":3');
  expect(JSON.stringify(load)).not.toContain("Quillon");
  expect([pieces, receipt?.ended]).toEqual([0, "refused"]);
});

test("so are places of the codebook", async () => {
  const { load } = await send(joinFiles(filesOf([PERSON], { ...CODEBOOK, from: "2026-01-01" })));
  expect(load).toMatchObject({
    outcome: "refused",
    files: [{ file: "codebook.json", faults: [{ column: "to" }] }],
  });
});

test("what is good is loaded under the id that was asked for, and the files are destroyed", async () => {
  const { id, load, pieces, receipt } = await send(joinFiles(filesOf()));
  expect(load).toMatchObject({ outcome: "loaded", dataSetId: id, people: 1, eventsKept: 1 });
  expect((await listDataSets(holder)).map((set) => set.id)).toContain(id);
  expect([pieces, receipt?.ended]).toEqual([0, "success"]);
  expect(receipt?.sha256).toMatch(/^[0-9a-f]{64}$/);
  const again = await send(joinFiles(filesOf()));
  expect(again.load).toMatchObject({ outcome: "unchanged", dataSetId: id });
  expect((await listDataSets(holder)).filter(({ isOurs }) => isOurs)).toHaveLength(1);
});

test("what is no data set at all is said to be none", async () => {
  const { load } = await send(bytes("hello"));
  expect(load).toMatchObject({ outcome: "refused" });
});
