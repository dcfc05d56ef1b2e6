/** What drafters weigh for an agreement, and the register of data, as the database keeps them. */

import { beforeAll, expect, test } from "vitest";
import { readAgreement, saveDraft } from "./agreements";
import type { ActorCtx } from "./context";
import { listDataAssets, retireDataAsset, saveDataAsset } from "./data-assets";
import type { DataAssetFields } from "./domain/agreements/data-asset";
import { minimumSet, USUAL_COSTS, usualValues, type ValueActionFields } from "./domain/agreements/value-map";
import { Conflict, NotFound } from "./domain/errors";
import { uuidv7 } from "./ids";
import { testDatabase } from "./testing";
import { officersOf, termsBetween } from "./testing-agreements";
import { arrangeOrganisation, contextFor } from "./testing-people";
import { listValueActions, removeValueAction, saveValueAction } from "./value-map";

const db = await testDatabase();
const officerOf = officersOf(db);

let ours: ActorCtx;
let theirs: ActorCtx;
let agreementId: string;

beforeAll(async () => {
  const [one, other] = [await arrangeOrganisation(db, "Drafting"), await arrangeOrganisation(db, "Reading")];
  ours = contextFor(db, await officerOf(one));
  theirs = contextFor(db, await officerOf(other));
  agreementId = uuidv7();
  const known = { place: "person", detail: "known-to", group: "caseworker", rests: "basis" } as const;
  await saveDraft(ours, { id: agreementId, version: 1, terms: termsBetween(one, other, [known]) });
});

const action = (over: Partial<ValueActionFields> = {}): ValueActionFields => ({
  ...{ name: "Ring before a first visit", group: "caseworker", wanted: true },
  values: [...usualValues("caseworker", { place: "person", detail: "coded" })],
  costs: [...USUAL_COSTS],
  ...over,
});
const asset = (over: Partial<DataAssetFields> = {}): DataAssetFields => ({
  ...{ name: "Case records", owner: "Advice", place: "person", detail: "full", restrictions: "" },
  ...{ usedFor: "Advice", reviewedOn: "2026-01-01", agreementIds: [] },
  ...over,
});

test("an action is kept, changed and taken out, and its least cells go into the draft", async () => {
  const id = uuidv7();
  await saveValueAction(ours, { id, agreementId, fields: action({ wanted: false }) });
  const kept = await saveValueAction(ours, { id, agreementId, fields: action() });
  expect(kept).toEqual([{ id, ...action() }]);
  const { terms } = await readAgreement(ours, { id: agreementId });
  const cells = minimumSet(kept).cells.map((cell) => ({ ...cell, rests: "consent" as const }));
  await saveDraft(ours, { id: agreementId, version: 1, terms: { ...terms, cells }, over: [terms] });
  expect((await readAgreement(theirs, { id: agreementId })).terms.cells).toEqual([
    { place: "person", detail: "coded", group: "caseworker", rests: "consent" },
  ]);
  expect(await removeValueAction(ours, { id, agreementId })).toEqual([]);
});

test("what is weighed is for its drafters: another party, and an agreement that is not there, find nothing", async () => {
  const about = { id: uuidv7(), agreementId };
  await expect(listValueActions(theirs, about)).rejects.toThrow(NotFound);
  await expect(saveValueAction(theirs, { ...about, fields: action() })).rejects.toThrow(NotFound);
  await expect(listValueActions(ours, { agreementId: uuidv7() })).rejects.toThrow(NotFound);
});

test("the register keeps data with the agreements that draw on it, for one organisation", async () => {
  const id = uuidv7();
  await saveDataAsset(ours, { id, fields: asset() });
  // An agreement that they are not in is left out.
  const drawn = { ...asset(), agreementIds: [agreementId, uuidv7()] };
  expect((await saveDataAsset(ours, { id, fields: drawn })).agreementIds).toEqual([agreementId]);
  expect(await listDataAssets(theirs)).toEqual([]);
  await expect(
    saveDataAsset(ours, { id: uuidv7(), fields: asset({ name: "case RECORDS" }) }),
  ).rejects.toThrow(Conflict);
  await expect(retireDataAsset(theirs, { id, retired: true })).rejects.toThrow(NotFound);
  expect((await retireDataAsset(ours, { id, retired: true })).retiredAt).toBeInstanceOf(Date);
  expect((await retireDataAsset(ours, { id, retired: false })).retiredAt).toBeNull();
});
