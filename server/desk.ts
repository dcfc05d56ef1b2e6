/**
 * The officer's desk: what waits for them, counted by the rooms that know, each by its own rule. It tells how many of a
 * thing and by when, and nobody by name: nobody's record is read for it, and the audit names nobody.
 */

import { listAgreements, USE_DAYS } from "./agreements";
import { record } from "./audit";
import { findAuditState } from "./audit-checks";
import { countOpenBreaches } from "./breaches";
import { countUnreviewed } from "./break-glass";
import { type ActorCtx, inTransaction, now, requireRight } from "./context";
import { letsSee } from "./domain/agreements/agreement";
import type { AgreementLine } from "./domain/agreements/paperwork";
import type { AuditState } from "./domain/audit-state";
import { type DeskItem, type DeskKind, isNear, urgentFirst, type Waiting, waitingOf } from "./domain/desk";
import { type Day, dayOf, daysBetween } from "./domain/period";
import { countWaitingObjections } from "./objections";
import { countOpenRequests } from "./rights-requests";

/** An agreement in force, and how much it was used. */
export interface AgreementUse {
  id: string;
  title: string;
  endsOn: Day;
  reviewOn: Day;
  /** Looks in the last 90 days. */
  looks: number;
  /** In force for 90 days or more and not looked at once. */
  isUnused: boolean;
}

export interface Desk {
  /** The most urgent first; empty: nothing waits. */
  items: DeskItem[];
  audit: AuditState | null;
  agreements: AgreementUse[];
}

/** What waits for the officer, and what calmly runs. */
export function getDesk(ctx: ActorCtx): Promise<Desk> {
  requireRight(ctx, "desk.use", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const today = dayOf(await now(ctx));
    const audit = await findAuditState(ctx);
    const agreements = await listAgreements(ctx);
    const inForce = agreements.filter(({ standing }) => letsSee(standing));
    const used = inForce.map((line) => useOf(line, today));
    const signing = agreements.filter(({ waitsForUs }) => waitsForUs);
    const reviewing = inForce.filter(({ reviewOn }) => isNear(reviewOn, today));
    const reviews = waitingOf(
      reviewing.map(({ reviewOn }) => ({ dueOn: reviewOn, isLate: reviewOn < today })),
    );
    const unused = used.filter(({ isUnused }) => isUnused);
    const calm = { dueOn: null, isLate: false };
    const items: DeskItem[] = [
      {
        ...{ kind: "audit", dueOn: null, about: null, isLate: true },
        count: audit !== null && (!audit.ok || audit.isLate) ? 1 : 0,
      },
      itemOf("breach", await countOpenBreaches(ctx)),
      itemOf("break-glass", await countUnreviewed(ctx)),
      itemOf("request", await countOpenRequests(ctx)),
      { kind: "signature", count: signing.length, ...calm, about: onlyTitle(signing) },
      { ...itemOf("agreement-review", reviews), about: onlyTitle(reviewing) },
      itemOf("objection", await countWaitingObjections(ctx)),
      { kind: "agreement-unused", count: unused.length, ...calm, about: onlyTitle(unused) },
    ];
    await record(ctx, "desk.read", { subjects: [] });
    return { items: urgentFirst(items), audit, agreements: used };
  });
}

const itemOf = (kind: DeskKind, { count, dueOn, late }: Waiting): DeskItem => ({
  ...{ kind, count, dueOn, about: null },
  isLate: late > 0,
});

function useOf({ id, title, startsOn, endsOn, reviewOn, looks }: AgreementLine, today: Day): AgreementUse {
  const isUnused = looks === 0 && daysBetween(startsOn, today) >= USE_DAYS;
  return { id, title, endsOn, reviewOn, looks, isUnused };
}

const onlyTitle = (lines: readonly { title: string }[]): string | null =>
  lines.length === 1 ? (lines[0]?.title ?? null) : null;
