/**
 * The Caldicott principles of the officer's organisation and the Five Safes of each agreement in force
 * (`domain/principles.ts`): what the running system says of each, and what an officer put their name to.
 */

import { listAgreements, readAgreement, USE_DAYS } from "./agreements";
import { record } from "./audit";
import { findAuditState } from "./audit-checks";
import { countOpenBreaches } from "./breaches";
import { countUnreviewed } from "./break-glass";
import { type ActorCtx, inTransaction, now, requireRight, type TxCtx } from "./context";
import { letsSee, type Terms } from "./domain/agreements/agreement";
import { isAreaPlace } from "./domain/agreements/grid";
import { NotFound } from "./domain/errors";
import { dayOf, daysBetween } from "./domain/period";
import {
  CALDICOTT,
  type Check,
  caldicottChecks,
  FIVE_SAFES,
  fiveSafesChecks,
  type StatePrinciple,
} from "./domain/principles";
import { uuidv7 } from "./ids";
import { countWalled, readProcessing } from "./processing-record";
import { countOpenRequests } from "./rights-requests";

/** What somebody put their name to. */
export interface Statement {
  words: string;
  byName: string;
  at: Date;
}

export interface ShownPrinciple {
  id: string;
  says: string;
  /** Null: only a person can say. */
  check: Check | null;
  statement: Statement | null;
}

export interface Principles {
  caldicott: ShownPrinciple[];
  agreements: { id: string; title: string; safes: ShownPrinciple[] }[];
}

/** Every principle with its check and the last word on it. */
export function getPrinciples(ctx: ActorCtx): Promise<Principles> {
  requireRight(ctx, "desk.use", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const lines = (await listAgreements(ctx)).filter(({ standing }) => letsSee(standing));
    const read = [];
    for (const line of lines) read.push({ line, ...(await readAgreement(ctx, line)) });
    const today = dayOf(await now(ctx));
    const { record: processing, hash, signed } = await readProcessing(ctx);
    const audit = await findAuditState(ctx);
    const walledTables = await countWalled(ctx);
    const statements = await readStatements(ctx);
    const checks = caldicottChecks({
      purposes: processing.purposes.length,
      purposesWithBasis: processing.purposes.filter(({ basis }) => basis !== null).length,
      unusedAgreements: lines.filter(
        ({ looks, startsOn }) => looks === 0 && daysBetween(startsOn, today) >= USE_DAYS,
      ).length,
      fullOnBasis: read.reduce((sum, { terms }) => sum + fullOnBasis(terms), 0),
      isRecordSigned: signed?.hash === hash,
      lateBreaches: (await countOpenBreaches(ctx)).late,
      lateRequests: (await countOpenRequests(ctx)).late,
      lateReviews: (await countUnreviewed(ctx)).late,
    });
    await record(ctx, "principle.read", { subjects: [] });
    return {
      caldicott: Object.entries(CALDICOTT).map(([id, says]) => ({
        ...{ id, says, check: Object.entries(checks).find(([name]) => name === id)?.[1] ?? null },
        statement: statements.get(`caldicott||${id}`) ?? null,
      })),
      agreements: read.map(({ line, terms, parties }) => {
        const safes = fiveSafesChecks({
          isReviewLate: line.reviewOn < today,
          parties: parties.length,
          signed: parties.filter(({ signedAt }) => signedAt !== null).length,
          ...{ walledTables, isChainWhole: audit?.ok === true, fullOnBasis: fullOnBasis(terms) },
          areaCells: terms.cells.filter(({ place }) => isAreaPlace(place)).length,
        });
        return {
          ...{ id: line.id, title: line.title },
          safes: Object.entries(FIVE_SAFES).map(([id, says]) => ({
            ...{ id, says, check: Object.entries(safes).find(([name]) => name === id)?.[1] ?? null },
            statement: statements.get(`five-safes|${line.id}|${id}`) ?? null,
          })),
        };
      }),
    };
  });
}

/** Cells that show names and telephone numbers without a yes or a duty. */
const fullOnBasis = ({ cells }: Pick<Terms, "cells">): number =>
  cells.filter(({ place, detail, rests }) => !isAreaPlace(place) && detail === "full" && rests === "basis")
    .length;

async function readStatements({ db, actor }: TxCtx): Promise<ReadonlyMap<string, Statement>> {
  const rows = await db<(Statement & { key: string })[]>`
    select distinct on (s.frame, s.agreement_id, s.principle)
           concat_ws('|', s.frame, coalesce(s.agreement_id::text, ''), s.principle) as key,
           s.words, a.name as by_name, s.signed_at as at
    from governance.statement as s
    join casework.member as m on m.organisation_id = s.organisation_id and m.id = s.signed_by
    join casework.account as a on a.id = m.account_id
    where s.organisation_id = ${actor.organisationId} and s.principle is not null
    order by s.frame, s.agreement_id, s.principle, s.signed_at desc`;
  return new Map(rows.map(({ key, ...statement }) => [key, statement]));
}

/** An officer's sentence about one of them, with their name. Earlier ones stay on record. */
export function statePrinciple(ctx: ActorCtx, given: StatePrinciple): Promise<{ ok: true }> {
  requireRight(ctx, "desk.use", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    const { frame, principle, words } = given;
    const agreementId = given.frame === "five-safes" ? given.agreementId : null;
    if (agreementId !== null) {
      const [agreement] = await ctx.db`select from governance.agreement where id = ${agreementId} limit 1`;
      if (!agreement) throw new NotFound("This agreement");
    }
    const id = uuidv7();
    await ctx.db`
      insert into governance.statement (organisation_id, id, frame, principle, agreement_id, words, signed_by)
      values (${organisationId}, ${id}, ${frame}, ${principle}, ${agreementId}, ${words}, ${memberId})`;
    await record(ctx, "principle.state", { subjects: [], detail: { frame, principle, statement: id } });
    return { ok: true };
  });
}
