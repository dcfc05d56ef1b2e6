/**
 * How good links and words are, for stewards and officers: counts of reviews and waits, as of the last Monday and
 * rounded, so that they do not tell what one more person changed; and, exactly, the steward's own agreement.
 */

import { record } from "./audit";
import { type ActorCtx, inTransaction, requireRight } from "./context";
import {
  BAND_EDGES,
  type LinkQuality,
  linkQuality,
  type QualityCount,
  type RoughCount,
  type RoughShare,
  roughCount,
  roughShareOf,
  type Share,
  shareOf,
} from "./domain/link-quality";
import { AIM_DAYS } from "./domain/link-review";

/** Waits are those of reviews decided in so many days. */
const WAITS_OVER_DAYS = 90;

export interface Waits {
  waiting: RoughCount;
  /** How long the oldest has waited; null when few wait. */
  oldestDays: number | null;
  /** Decided within the aim, of those decided lately; this and the next two are null when few were. */
  withinAim: RoughShare | null;
  /** Half waited less. */
  medianHours: number | null;
  /** Nine in ten waited less. */
  ninetiethHours: number | null;
}

/** What the database counts, exactly. */
interface WaitsRow {
  waiting: number;
  oldestDays: number | null;
  decided: number;
  withinAim: number;
  medianHours: number | null;
  ninetiethHours: number | null;
  automatic: number;
}

export interface QualityPage extends LinkQuality {
  waits: Waits;
  /**
   * Of whose records no pair can be decided, because every steward sees clients of theirs at work: organisations, and
   * beside them every two of others. Nobody is a steward at all: of all.
   */
  outOfReach: { organisations: string[]; pairs: [string, string][] };
  /** Pairs that the software has linked. */
  automaticLinks: RoughCount;
  /** How often the steward agreed; null for whoever is none. */
  own: { withOthers: Share | null; withThemselves: Share | null } | null;
}

/** The quality page. Counts and shares only: no pair is in it. */
export function getLinkQuality(ctx: ActorCtx): Promise<QualityPage> {
  requireRight(ctx, "review.quality", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { db } = ctx;
    const counts = await db<QualityCount[]>`
      select * from identity.link_quality(${[...BAND_EDGES]}::double precision[])`;
    const [row] = await db<WaitsRow[]>`
      select * from identity.link_waits(
        date_trunc('week', now()) - make_interval(days => ${WAITS_OVER_DAYS}), make_interval(days => ${AIM_DAYS}))`;
    if (!row) throw new Error("The waits were not counted");
    const own = ctx.actor.roles.includes("steward") ? await readOwnAgreement(ctx) : null;
    await record(ctx, "review.quality", { subjects: [] });
    return {
      ...linkQuality(counts),
      waits: roughWaits(row),
      outOfReach: await findOutOfReach(ctx),
      automaticLinks: roughCount(row.automatic),
      own,
    };
  });
}

async function findOutOfReach({ db }: Pick<ActorCtx, "db">): Promise<QualityPage["outOfReach"]> {
  const rows = await db<{ organisationA: string; organisationB: string }[]>`
    select * from identity.organisations_out_of_reach()`;
  const alone = new Set(rows.flatMap(({ organisationA: a, organisationB: b }) => (a === b ? [a] : [])));
  const pairs = rows.flatMap(({ organisationA: a, organisationB: b }): [string, string][] =>
    alone.has(a) || alone.has(b) ? [] : [[a, b]],
  );
  return { organisations: [...alone], pairs };
}

function roughWaits({
  waiting,
  oldestDays,
  decided,
  withinAim,
  medianHours,
  ninetiethHours,
}: WaitsRow): Waits {
  const areFewDecided = roughCount(decided) === "few";
  const wholeHours = (hours: number | null) => (areFewDecided || hours === null ? null : Math.round(hours));
  return {
    waiting: roughCount(waiting),
    oldestDays: roughCount(waiting) === "few" ? null : oldestDays,
    withinAim: roughShareOf(withinAim, decided),
    medianHours: wholeHours(medianHours),
    ninetiethHours: wholeHours(ninetiethHours),
  };
}

async function readOwnAgreement({ db }: Pick<ActorCtx, "db">): Promise<QualityPage["own"]> {
  const [row] = await db<
    { others: number; othersAgreed: number; repeats: number; repeatsAgreed: number }[]
  >`select * from identity.own_link_agreement()`;
  return row
    ? {
        withOthers: shareOf(row.othersAgreed, row.others),
        withThemselves: shareOf(row.repeatsAgreed, row.repeats),
      }
    : null;
}
