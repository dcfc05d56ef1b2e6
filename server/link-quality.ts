/** How good links and words are, for stewards and officers: counts of reviews, waits, and the steward's own agreement. */

import { record } from "./audit";
import { type ActorCtx, inTransaction, requireRight } from "./context";
import {
  BAND_EDGES,
  type LinkQuality,
  linkQuality,
  type QualityCount,
  type Share,
  shareOf,
} from "./domain/link-quality";
import { AIM_DAYS } from "./domain/link-review";

/** Waits are those of reviews decided in so many days. */
const WAITS_OVER_DAYS = 90;

export interface Waits {
  waiting: number;
  oldest: Date | null;
  /** Decided within the aim, of those decided lately; null while none is. */
  withinAim: Share | null;
  /** Half waited less. */
  medianHours: number | null;
  /** Nine in ten waited less. */
  ninetiethHours: number | null;
}

export interface QualityPage extends LinkQuality {
  waits: Waits;
  /** Pairs that the software has linked. */
  automaticLinks: number;
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
    const [waits] = await db<
      (Omit<Waits, "withinAim"> & { decided: number; withinAim: number; automatic: number })[]
    >`
      select * from identity.link_waits(
        now() - make_interval(days => ${WAITS_OVER_DAYS}), make_interval(days => ${AIM_DAYS}))`;
    if (!waits) throw new Error("The waits were not counted");
    const { decided, withinAim, automatic, ...rest } = waits;
    const own = ctx.actor.roles.includes("steward") ? await readOwnAgreement(ctx) : null;
    await record(ctx, "review.quality", { subjects: [] });
    return {
      ...linkQuality(counts),
      waits: { ...rest, withinAim: shareOf(withinAim, decided) },
      automaticLinks: automatic,
      own,
    };
  });
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
