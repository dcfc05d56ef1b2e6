/**
 * Counts a programme in the worker: each organisation that agrees by itself, under its own row-level security, all at one
 * instant; then all together by who people are, and makes figures of that alone. No exact number of a programme is kept.
 */

import type { Tx } from "../db/client";
import { actFor, atInstantOf } from "./acting";
import { record } from "./audit";
import { installationNow } from "./clock";
import { byItselfIn } from "./context";
import { Invalid } from "./domain/errors";
import { setsOfEstimates, setsOfPeople } from "./domain/impact/figure-sets";
import { figureNumbers } from "./domain/impact/figures";
import { type FigureNumbers, isEstimate } from "./domain/impact/numbers";
import type { Plan } from "./domain/impact/plan";
import { type CountedPart, countTogether } from "./domain/impact/together";
import { countInWords } from "./domain/impact/words";
import {
  type Day,
  dayOf,
  firstDayOf,
  lastDayOf,
  type Period,
  periodInWords,
  periodOf,
  yearBefore,
} from "./domain/period";
import { FEWEST_TOGETHER } from "./domain/programmes";
import type { WorkerCtx } from "./jobs";
import { key } from "./keys";
import { agreedParties, type PartyRow } from "./programme-parties";
import { countImpact } from "./reports/impact-count";
import { keyedHash } from "./statistics/keyed-hash";
import { keysAcrossOrganisations, settleAlone, settleImpact } from "./statistics/settle-impact";

/** A programme as it was counted. */
export interface CountedProgramme {
  figures: FigureNumbers;
  name: string;
  /** Names of the organisations counted. */
  together: readonly string[];
  cutOff: Date;
  countedOn: Day;
}

/**
 * Counts and settles it.
 * @throws Invalid when fewer than three organisations agree by now, or helped anybody in the financial year of the period.
 */
export async function countProgramme(
  { stats, app }: Pick<WorkerCtx, "stats" | "app">,
  leadOrganisationId: number,
  plan: Plan,
  programmeId: string,
): Promise<CountedProgramme> {
  const hmac = keyedHash(key("disclosure"));
  return stats.begin(async (engine) => {
    await settleAlone(engine, leadOrganisationId);
    return app.begin("isolation level repeatable read", async (tx): Promise<CountedProgramme> => {
      await actFor(tx, leadOrganisationId);
      const [now] = await tx<{ cutOff: Date }[]>`select now() as cut_off`;
      const countedOn = dayOf(await installationNow(tx));
      if (!now) throw new Error("The database does not say what time it is");
      const parties = await agreedParties(tx, programmeId);
      const parts: CountedPart[] = [];
      const year = periodOf("year", firstDayOf(plan.period));
      let helping = 0;
      for (const party of parties) {
        parts.push(await countParty(stats, tx, hmac, party, plan, countedOn));
        if (await hasHelped(tx, party, year)) helping += 1;
      }
      await actFor(tx, leadOrganisationId);
      const { keys, ...counted } = countTogether(parts);
      if (helping < FEWEST_TOGETHER)
        throw new Invalid(
          `Fewer than ${countInWords(FEWEST_TOGETHER)} of the organisations that agree helped anybody from ${periodInWords(year)}, so nothing was counted together and nothing left.`,
        );
      const area = `programme:${programmeId}` as const;
      const settle = { area, beside: [], isCounted: () => true };
      const before = yearBefore(plan.period);
      const figures = figureNumbers(
        {
          now: await settleImpact(engine, hmac, {
            ...settle,
            period: plan.period,
            sets: [...setsOfPeople(counted.sets, keys), ...setsOfEstimates(hmac, counted, keys)],
          }),
          yearBefore: await settleImpact(engine, hmac, {
            ...settle,
            period: before,
            sets: setsOfPeople(counted.setsYearBefore, keys),
            isCounted: (measure) => !isEstimate(measure),
          }),
        },
        counted,
      );
      const name = parties[0]?.name ?? "";
      const together = parties.map(({ organisationName }) => organisationName);
      return { figures, name, together, cutOff: now.cutOff, countedOn };
    }) as Promise<CountedProgramme>;
  }) as Promise<CountedProgramme>;
}

/**
 * Whether an organisation, which the transaction acts for, helped anybody in the year. Asked of the year and not of the
 * period: a summary that is refused for a month would tell who of the others was there in it.
 */
async function hasHelped(tx: Tx, { organisationId }: PartyRow, year: Period): Promise<boolean> {
  const [found] = await tx`
    select 1 from casework.contact
    where organisation_id = ${organisationId} and voided_at is null
      and occurred_on between ${firstDayOf(year)} and ${lastDayOf(year)}
    limit 1`;
  return found !== undefined;
}

/** Counts one organisation as it would for itself, finds who its people are, and notes in its own audit that it did. */
async function countParty(
  stats: WorkerCtx["stats"],
  tx: Tx,
  hmac: ReturnType<typeof keyedHash>,
  { organisationId, programmeId }: PartyRow,
  { period }: Plan,
  today: Day,
): Promise<CountedPart> {
  await actFor(tx, organisationId);
  const count = await countImpact(tx, { organisationId, serviceId: null, period, today, lines: null });
  const keys = await atInstantOf(stats, tx, (view) =>
    keysAcrossOrganisations(view, hmac, organisationId, count.people),
  );
  await record(byItselfIn(tx), "programme.count", {
    subjects: [{ kind: "programme", id: programmeId }],
    organisationId,
  });
  return { count, keys };
}
