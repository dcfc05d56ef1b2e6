/**
 * The officer's desk: what waits for them, gathered from the rooms that know. Each room keeps its own rights and its own
 * entries in the audit; what is told here is how many of a thing and by when, and nobody by name.
 */

import { listAgreements, USE_DAYS } from "./agreements";
import { findAuditState } from "./audit-checks";
import { listBreaches } from "./breaches";
import { listGlassCases } from "./break-glass";
import { type ActorCtx, requireRight } from "./context";
import { letsSee } from "./domain/agreements/agreement";
import type { AgreementLine } from "./domain/agreements/paperwork";
import type { AuditState } from "./domain/audit-state";
import { type DeskItem, isNear, urgentFirst } from "./domain/desk";
import { decideBy } from "./domain/objection";
import { type Day, dayOf, daysBetween } from "./domain/period";
import { listWaitingObjections } from "./objections";
import { listRequests } from "./rights-requests";

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
export async function getDesk(ctx: ActorCtx): Promise<Desk> {
  requireRight(ctx, "desk.use", ctx.actor.organisationId);
  const [breaches, audit, cases, agreements, objections, { requests, today }] = await Promise.all([
    listBreaches(ctx),
    findAuditState(ctx),
    listGlassCases(ctx),
    listAgreements(ctx),
    listWaitingObjections(ctx),
    listRequests(ctx),
  ]);
  const unreviewed = cases.filter(({ review }) => review === null);
  const openBreaches = breaches.filter(({ state }) => state === "open");
  const open = requests.filter(({ state }) => state === "open");
  const inForce = agreements.filter(({ standing }) => letsSee(standing));
  const used = inForce.map((line) => useOf(line, today));
  const signing = agreements.filter(({ waitsForUs }) => waitsForUs);
  const reviewing = inForce.filter(({ reviewOn }) => isNear(reviewOn, today));
  const unused = used.filter(({ isUnused }) => isUnused);
  const items: DeskItem[] = [
    {
      ...{ kind: "audit", dueOn: null, about: null, isLate: true },
      count: audit !== null && (!audit.ok || audit.isLate) ? 1 : 0,
    },
    {
      kind: "breach",
      count: openBreaches.length,
      dueOn: earliest(openBreaches.map((breach) => dayOf(breach.commissionerDueAt))),
      isLate: openBreaches.some((breach) => breach.isLate),
      about: null,
    },
    {
      kind: "break-glass",
      count: unreviewed.length,
      dueOn: earliest(unreviewed.map(({ dueOn }) => dueOn)),
      isLate: unreviewed.some(({ isOverdue }) => isOverdue),
      about: null,
    },
    {
      kind: "request",
      count: open.length,
      dueOn: earliest(open.map(({ clock }) => clock.dueOn)),
      isLate: open.some(({ clock }) => clock.dueOn < today),
      about: null,
    },
    { kind: "signature", count: signing.length, dueOn: null, isLate: false, about: onlyTitle(signing) },
    {
      kind: "agreement-review",
      count: reviewing.length,
      dueOn: earliest(reviewing.map(({ reviewOn }) => reviewOn)),
      isLate: reviewing.some(({ reviewOn }) => reviewOn < today),
      about: onlyTitle(reviewing),
    },
    {
      kind: "objection",
      count: objections.length,
      dueOn: earliest(objections.map(({ madeAt }) => decideBy(madeAt))),
      // Made in real time, and so late by the real day: the installation's may be another (clock.ts).
      isLate: objections.some(({ madeAt }) => decideBy(madeAt) < dayOf(new Date())),
      about: null,
    },
    { kind: "agreement-unused", count: unused.length, dueOn: null, isLate: false, about: onlyTitle(unused) },
  ];
  return { items: urgentFirst(items), audit, agreements: used };
}

function useOf({ id, title, startsOn, endsOn, reviewOn, looks }: AgreementLine, today: Day): AgreementUse {
  const isUnused = looks === 0 && daysBetween(startsOn, today) >= USE_DAYS;
  return { id, title, endsOn, reviewOn, looks, isUnused };
}

const earliest = (days: readonly Day[]): Day | null => [...days].sort()[0] ?? null;

const onlyTitle = (lines: readonly { title: string }[]): string | null =>
  lines.length === 1 ? (lines[0]?.title ?? null) : null;
