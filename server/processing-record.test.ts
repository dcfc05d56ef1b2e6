import { expect, test } from "vitest";
import { Conflict } from "./domain/errors";
import { verdictOf } from "./domain/proof-results";
import { getProcessing, signProcessing } from "./processing-record";
import { readProofs } from "./proof-results";
import { setBasis } from "./recording-basis";
import { testDatabase } from "./testing";
import { arrangeMember, contextFor } from "./testing-people";
import { aCell, agree, arrangeShared } from "./testing-sharing";

const db = await testDatabase();

test("The record of processing changes with an agreement, a purpose and a column, and a signature holds until then", async () => {
  const shared = await arrangeShared(db, "Processing");
  const officer = contextFor(db, await arrangeMember(db, shared.giver.organisationId, ["officer"]));
  const first = await getProcessing(officer);
  expect(first.record.recipients).toEqual([]);
  expect(first.record.held.map(({ title }) => title)).toContain(
    "When another organisation opened your record in an emergency",
  );
  expect(first.record.held.flatMap(({ undescribed }) => undescribed)).toEqual([]);
  expect(first.record.attacks.results.length).toBeGreaterThan(20);
  expect(first.record.attacks.measured).toMatch(/^Measured on \d+ \w+ \d{4}$/);
  const proofs = readProofs();
  expect(proofs.length).toBeGreaterThan(0);
  expect(first.record.proofs.map(({ ranOn, verdict }) => [ranOn, verdict])).toEqual(
    proofs.map((proof) => [proof.ranOn, verdictOf(proof)]),
  );
  expect((await getProcessing(officer)).hash).toBe(first.hash);
  // It is made from rules, not from people: nobody's old records were looked at.
  const looks = await db.administrator`
    select from governance.audit_entry
    where organisation_id = ${shared.giver.organisationId} and action = 'retention.read'`;
  expect(looks).toHaveLength(0);

  await signProcessing(officer, { hash: first.hash, words: "I have read it." });
  expect((await getProcessing(officer)).signed).toMatchObject({ hash: first.hash, words: "I have read it." });

  await agree(db, shared, [aCell({ detail: "coded" })]);
  const agreed = await getProcessing(officer);
  expect(agreed.record.recipients).toMatchObject([{ cells: ["person, coded, caseworker, basis"] }]);
  expect(agreed.hash).not.toBe(first.hash);
  expect(agreed.signed?.hash).toBe(first.hash);

  await setBasis(officer, { purpose: "direct-support", basis: "public-task", condition: "social-care" });
  const based = await getProcessing(officer);
  expect(based.hash).not.toBe(agreed.hash);
  expect(based.record.purposes.find(({ purpose }) => purpose === "To help you")?.basis).toContain("6(1)(e)");

  await db.administrator`alter table casework.client add column shoe_size integer`;
  const grown = await getProcessing(officer);
  expect(grown.hash).not.toBe(based.hash);
  expect(grown.record.held.find(({ place }) => place === "casework.client")?.undescribed).toEqual([
    "shoe_size",
  ]);
  const failure = await signProcessing(officer, { hash: based.hash, words: "As before." }).then(
    () => null,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(Conflict);
});
