/**
 * Whether the time of an answer tells if somebody is known elsewhere: 2,000 look-ups, half about somebody who is known
 * and half about somebody who is not, in random order. The area under the curve of a guess by time alone says how well
 * it does: 0.5 is no better than a coin. The short form, in `server/known-to.test.ts`, holds the statements to be equal.
 */

import { knownTo } from "../server/known-to";
import { Dice } from "../server/statistics/recount-world";
import type { TestDatabase } from "../server/testing";
import { addPerson } from "../server/testing-linking";
import { arrangeMember, contextFor } from "../server/testing-people";
import { aCell, agree, aLook, arrangeShared } from "../server/testing-sharing";
import { auc, type Bench, median, type Run, round } from "./bench";
import { inEmptyWorld } from "./world";

const TRIES = 2_000;
/** Members who look at the same time. */
const MEMBERS = 4;
const MOST_AUC = 0.55;

export const knownToTiming: Bench = {
  name: "known-to-timing",
  about: "2,000 look-ups: the time of an answer does not tell whether anybody is known",
  run: (run) => inEmptyWorld(run, (db) => prove(run, db)),
};

async function prove(run: Run, db: TestDatabase): Promise<void> {
  const shared = await arrangeShared(db, "Timing");
  await agree(db, shared, [aCell()]);
  const stranger = await addPerson(shared.asker, { givenName: "Zofia", familyName: "Unknown" });
  const dice = new Dice(8);
  const tries = Array.from({ length: TRIES }, (_, n) => n % 2 === 0);
  for (let at = tries.length - 1; at > 0; at -= 1) {
    const other = dice.below(at + 1);
    [tries[at], tries[other]] = [tries[other] ?? false, tries[at] ?? false];
  }
  const times: { known: boolean; ms: number }[] = [];
  const look = async () => {
    const actor = await arrangeMember(db, shared.asker.organisationId, ["caseworker"]);
    for (let known = tries.pop(); known !== undefined; known = tries.pop()) {
      const ctx = contextFor(db, actor);
      // Twenty an hour are a worker's; the proof asks more often.
      await db.administrator`delete from casework.throttle`;
      const from = performance.now();
      const { services } = await knownTo(ctx, aLook(known ? shared.own : stranger.clientId));
      times.push({ known, ms: performance.now() - from });
      if (services.length > 0 !== known)
        throw new Error("A look found what it should not, or not what it should");
    }
  };
  await Promise.all(Array.from({ length: MEMBERS }, look));
  const of = (known: boolean) => times.filter((one) => one.known === known).map(({ ms }) => ms);
  const [hits, misses] = [of(true), of(false)];
  const area = auc(
    times.map(({ ms }) => ms),
    times.map(({ known }) => known),
  );
  run.measured({
    bench: "known-to-timing",
    case: `${hits.length} known, ${misses.length} not`,
    rows: 0,
    product_ms: round(median(hits)),
    peer: "not known",
    peer_ms: round(median(misses)),
    auc: round(area, 4),
    limit: MOST_AUC,
    ok: area <= MOST_AUC,
  });
}
