import { expect, test } from "vitest";
import { NotFound } from "./domain/errors";
import { caldicottChecks } from "./domain/principles";
import { uuidv7 } from "./ids";
import { getPrinciples, statePrinciple } from "./principles";
import { getProcessing, signProcessing } from "./processing-record";
import { testDatabase } from "./testing";
import { arrangeMember, contextFor } from "./testing-people";
import { aCell, agree, arrangeShared } from "./testing-sharing";

const db = await testDatabase();

test("Each principle says what the system finds, and changes with it; a person’s sentence stands beside it", async () => {
  const shared = await arrangeShared(db, "Principles");
  const officer = contextFor(
    db,
    await arrangeMember(db, shared.giver.organisationId, ["officer"], { name: "Olive Officer" }),
  );
  const principle = async (id: string) =>
    (await getPrinciples(officer)).caldicott.find((one) => one.id === id);
  expect((await getPrinciples(officer)).caldicott).toHaveLength(8);
  expect((await principle("justify"))?.check).toMatchObject({
    ok: false,
    says: "0 of 3 purposes have a basis set.",
  });
  expect((await principle("law"))?.check?.ok).toBe(false);
  expect((await principle("minimum"))?.check?.ok).toBe(true);

  const { id } = await agree(db, shared, [aCell({ detail: "full" })]);
  expect((await principle("minimum"))?.check).toMatchObject({ ok: false });
  const [agreement] = (await getPrinciples(officer)).agreements;
  expect(agreement).toMatchObject({ id });
  expect(agreement?.safes.map(({ id, check }) => [id, check?.ok])).toEqual([
    ["projects", true],
    ["people", true],
    // No check of the chain has run in this database.
    ["settings", false],
    ["data", false],
    ["outputs", true],
  ]);

  await signProcessing(officer, { hash: (await getProcessing(officer)).hash, words: "I have read it." });
  expect((await principle("law"))?.check?.ok).toBe(true);

  const words = "Everyone is trained on their first day.";
  await statePrinciple(officer, { frame: "caldicott", principle: "responsibilities", words });
  expect(await principle("responsibilities")).toMatchObject({
    check: null,
    statement: { words, byName: "Olive Officer" },
  });
  await statePrinciple(officer, { frame: "five-safes", principle: "data", agreementId: id, words });
  const [after] = (await getPrinciples(officer)).agreements;
  expect(after?.safes.find((one) => one.id === "data")?.statement?.words).toBe(words);
  const foreign = { frame: "five-safes", principle: "data", agreementId: uuidv7(), words } as const;
  await expect(statePrinciple(officer, foreign)).rejects.toBeInstanceOf(NotFound);
});

test("What is late or unused is said with its number", () => {
  const checks = caldicottChecks({
    ...{ purposes: 3, purposesWithBasis: 3, unusedAgreements: 2, fullOnBasis: 1, isRecordSigned: true },
    ...{ lateBreaches: 1, lateRequests: 1, lateReviews: 0 },
  });
  expect(checks.justify?.ok).toBe(true);
  expect(checks.necessary?.says).toContain("2 agreements were not used");
  expect(checks.minimum?.says).toContain("One cell shows");
  expect(checks.law?.says).toContain("2 breaches or requests are late");
});
