/**
 * A steward's "same" that would part others says so before the word is given, takes two, and does not slip through when
 * what it parts has changed.
 */

import { createHash } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { editClient } from "./client-edits";
import { keptComparisonSchema } from "./domain/link-review";
import { partingInWords } from "./domain/link-review-words";
import { open } from "./identity-vault";
import { uuidv7 } from "./ids";
import { type ClientKey, oneAtATime } from "./people";
import { linkEverybody } from "./people-everybody";
import { keyOf } from "./people-records";
import { getReview, giveOpinion, takeBackOpinion } from "./reviewing";
import { testDatabase } from "./testing";
import { allowTestIdentifiers, arrangeTeam } from "./testing-casework";
import { addPerson, areOne, linkFaults, runLinker } from "./testing-linking";
import { arrangeMember, contextFor } from "./testing-people";

const db = await testDatabase();
const [advice, council, police] = [
  await arrangeTeam(db, "Advice"),
  await arrangeTeam(db, "Council"),
  await arrangeTeam(db, "Police"),
];
const partnership = await arrangeTeam(db, "Partnership");
const stewards = [
  contextFor(db, await arrangeMember(db, partnership.organisationId, ["steward"])),
  contextFor(db, await arrangeMember(db, partnership.organisationId, ["steward"])),
] as const;

beforeAll(() => allowTestIdentifiers(db));

/** The only review of two clients, as the first steward sees it. */
async function reviewOf(a: ClientKey, b: ClientKey) {
  const [row] = await db.administrator<{ id: string }[]>`
    select id from identity.link_review
    where closed_at is null and array[client_id_a, client_id_b] <@ array[${a.clientId}, ${b.clientId}]::uuid[]`;
  if (!row) throw new Error("There is no such review");
  return getReview(stewards[0], row.id);
}

const same = async (who: 0 | 1, review: { id: string; evidenceNo: number }) =>
  (await giveOpinion(stewards[who], { ...review, says: "same" })).outcome;

/** Names, days and numbers that have nothing in common, so that nobody is near anybody of another test. */
const SOMEBODY = [
  ["Wrenfield", "1971-04", "555610"],
  ["Oakapple", "1942-11", "558827"],
  ["Inglethorpe", "1988-02", "551349"],
  ["Quartermaine", "1965-07", "554476"],
  ["Zouch", "1953-09", "559108"],
  ["Yarborough", "1937-06", "552731"],
] as const;
let made = 0;
/**
 * Somebody known to two organisations by name, date of birth and telephone; and to a third by the name and part of the
 * date. Numbers of one kind say that the second and the
 * third are not one.
 */
async function arrangeThree(): Promise<[ClientKey, ClientKey, ClientKey]> {
  const [familyName, month, digits] = SOMEBODY[made] ?? SOMEBODY[0];
  made += 1;
  const known = { givenName: "Rosalind", familyName };
  const at = (postcode: string) => ({ kind: "postcode" as const, postcode });
  const met = { ...known, dateOfBirth: `${month}-23`, phone: `01999 ${digits}`, place: at("ZQ1 1AA") };
  const first = await addPerson(advice, met);
  const second = await addPerson(council, {
    ...met,
    identifiers: [{ kind: "nino", value: `AB10${made}000C` }],
  });
  const third = await addPerson(police, {
    ...{ ...known, dateOfBirth: `${month}-11`, place: at("ZQ1 1AB") },
    identifiers: [{ kind: "nino", value: `CE45${made}678D` }],
  });
  await runLinker(db);
  expect(await areOne(db, first, second)).toBe(true);
  expect(await areOne(db, first, third)).toBe(false);
  return [first, second, third];
}

test("is told before the word: which of the two, and what they agree in; and nothing of the third", async () => {
  const [first, , third] = await arrangeThree();
  const review = await reviewOf(first, third);
  expect(review.comparison.parting.pairs).toEqual([
    { who: ["a", "other"], agree: ["Given name", "Family name", "Birth date", "Place", "Phone"], differ: [] },
  ]);
  const [pair] = review.comparison.parting.pairs;
  expect(pair && partingInWords(pair, review)).toBe(
    "The record of Advice and another that is counted with it now: they agree in given name, family name, birth date, place and phone.",
  );
  expect(JSON.stringify(review)).not.toContain("Council");
});

test("takes two stewards, and then parts what it said", async () => {
  const [first, second, third] = await arrangeThree();
  const review = await reviewOf(first, third);
  expect(await same(0, review)).toBe("waiting");
  expect(await areOne(db, first, second)).toBe(true);
  expect(await same(1, review)).toBe("same");
  await runLinker(db);
  expect(await areOne(db, first, third)).toBe(true);
  expect(await areOne(db, first, second)).toBe(false);
  expect(await linkFaults(db)).toEqual([]);
});

test("does not slip through when it would part others by now: what was said before counts no longer", async () => {
  const [first, second, third] = await arrangeThree();
  const review = await reviewOf(first, third);
  expect(await same(0, review)).toBe("waiting");
  // By the date that the council puts right, its record is somebody else's, and no more counted with the first.
  await editClient(council.ctx, {
    ...{ id: second.clientId, editId: uuidv7() },
    changes: [{ field: "dateOfBirth", from: "1988-02-23", to: "1950-09-01" }],
  });
  expect(await same(1, review), "not looked at yet").toBe("busy");
  await runLinker(db);
  expect(await same(1, review)).toBe("changed");
  const now = await reviewOf(first, third);
  expect(now).toMatchObject({ own: null, evidenceNo: review.evidenceNo + 1 });
  expect(now.comparison.parting.pairs).toEqual([]);
});

test("is not given while links are being worked out, and is once they are", async () => {
  const [first, , third] = await arrangeThree();
  const review = await reviewOf(first, third);
  await db.stats.begin(async (tx) => {
    await oneAtATime(tx);
    expect(await same(0, review)).toBe("busy");
  });
  expect(await same(0, review)).toBe("waiting");
  await takeBackOpinion(stewards[0], review.id);
});

test("is the same from a run over everybody, and stays so while nothing changes", async () => {
  const [first, , third] = await arrangeThree();
  const before = await reviewOf(first, third);
  await linkEverybody(db.stats);
  expect(await reviewOf(first, third)).toEqual(before);
});

test("tells a steward no mark of who would be parted, and keeps one that nobody can try known clients against", async () => {
  const [first, second, third] = await arrangeThree();
  const review = await reviewOf(first, third);
  expect(Object.keys(review.comparison.parting)).toEqual(["pairs"]);

  const [row] = await db.administrator<{ organisationId: number; comparison: Buffer }[]>`
    select organisation_id_a as organisation_id, comparison from identity.link_review where id = ${review.id}`;
  if (!row) throw new Error("There is no such review");
  const sealed = open("link_review.comparison", { ...row, id: review.id }, row.comparison);
  const { mark } = keptComparisonSchema.parse(JSON.parse(sealed)).parting;
  expect(mark).toHaveLength(16);
  const names = [keyOf(first), keyOf(second)].sort().join(" ");
  expect(mark).not.toBe(createHash("sha256").update(names).digest("base64url").slice(0, 16));
});
