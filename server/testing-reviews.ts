/** Reviews for tests: pairs of clients with the records that the linker would have compared. */

import type { Sql } from "../db/client";
import { roundedWeight } from "./domain/link-masking";
import { SHIPPED_MODEL, scorePair } from "./domain/linking/model";
import { type LinkRecord, linkRecord, type RawRecord } from "./domain/linking/record";
import { openReviews, type ReviewFound, type ReviewPair } from "./link-reviews";
import type { ClientKey } from "./people-records";

/** Somebody of whom two organisations have nearly the same: likely, but not certain. */
export const LIKELY: readonly [RawRecord, RawRecord] = [
  { firstName: "Dora", lastName: "Hetherington", sex: "f", dateOfBirth: "1984-03-12", postcode: "SR4 6AB" },
  { firstName: "Dorah", lastName: "Hetherington", sex: "f", dateOfBirth: "1984-03-17", postcode: "SR4 6XY" },
];

const recordOf = (raw: RawRecord): LinkRecord =>
  linkRecord(raw, { ukFormats: true, testRanges: true, currentYear: 2026 });

/** A pair as the linker weighs it, with another probability than it has where one is given (to half a bit). */
export function weighed(
  [a, b]: readonly [ClientKey, ClientKey],
  raw: readonly [RawRecord, RawRecord] = LIKELY,
  probability?: number,
): ReviewPair {
  const records = { a: recordOf(raw[0]), b: recordOf(raw[1]) };
  const score = scorePair(SHIPPED_MODEL, records.a, records.b);
  const pair = { a, b, records, score, model: { ...SHIPPED_MODEL, madeOn: null } };
  if (probability === undefined) return pair;
  // The evidence as it is, in a world where a match is as rare as makes it come to that.
  const weight = Math.log2(probability / (1 - probability));
  const evidence = score.parts.reduce((sum, part) => sum + roundedWeight(part.weight), 0);
  return {
    ...pair,
    score: { ...score, weight, probability, vetoes: [] },
    model: { ...pair.model, prior: weight - evidence },
  };
}

/** Notes everybody as linked as they are now, so that nobody waits for the linker. */
export async function asIfLinked({ administrator }: { administrator: Sql }): Promise<void> {
  await administrator`
    insert into identity.linking_state
      (organisation_id, client_id, keyed_with, linked_with, identity_version, linked_at)
    select organisation_id, client_id, 'test', 'test', version, now() from identity.client_identity
    on conflict (organisation_id, client_id) do update set identity_version = excluded.identity_version`;
}

/** Opens a review of a pair as the linker does, as if nobody waited for it, and gives its id. */
export async function arrangeReview(
  { stats, administrator }: { stats: Sql; administrator: Sql },
  found: ReviewPair & { reason?: ReviewFound["reason"] },
): Promise<string> {
  await asIfLinked({ administrator });
  await stats.begin((tx) => openReviews(tx, [{ reason: "likely", ...found }]));
  const { a, b } = found;
  const [row] = await administrator<{ id: string }[]>`
    select id from identity.link_review
    where closed_at is null
      and (client_id_a, client_id_b) in ((${a.clientId}, ${b.clientId}), (${b.clientId}, ${a.clientId}))`;
  if (!row) throw new Error("The review was not opened");
  return row.id;
}
