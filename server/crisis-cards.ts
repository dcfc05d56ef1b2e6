/** Crisis cards of an organisation: its own where a manager has written or checked one, else what is suggested. */

import { z } from "zod";
import { record } from "./audit";
import { type ActorCtx, inTransaction, now, requireRight, type TxCtx } from "./context";
import {
  CRISIS_NEEDS,
  type CrisisCard,
  cardsOf,
  phoneSchema,
  type SaveCrisisCard,
} from "./domain/crisis-cards";
import { NotFound } from "./domain/errors";
import { findNeed, getNeedByNumber } from "./domain/needs";
import { type Day, dayOf } from "./domain/period";

/** The card of every crisis need, for the actor's own organisation. */
export function listCrisisCards(ctx: ActorCtx): Promise<CrisisCard[]> {
  requireRight(ctx, "crisis-card.read", ctx.actor.organisationId);
  return inTransaction(ctx, (ctx) => readCrisisCards(ctx));
}

const phonesSchema = z.array(phoneSchema);

/** The same, inside an open transaction. */
export async function readCrisisCards({ db, actor: { organisationId } }: TxCtx): Promise<CrisisCard[]> {
  const rows = await db<
    { needNumber: number; title: string; words: string; phones: unknown; reviewedOn: Day }[]
  >`
    select need_number, title, words, phones, reviewed_on
    from casework.crisis_card where organisation_id = ${organisationId}`;
  return cardsOf(
    rows.map(({ needNumber, phones, ...card }) => ({
      ...card,
      need: getNeedByNumber(needNumber).code,
      phones: phonesSchema.parse(phones),
    })),
  );
}

/** Keeps a manager's wording of a card, which counts as checked today. Throws NotFound for a need without a card. */
export function saveCrisisCard(ctx: ActorCtx, card: SaveCrisisCard): Promise<CrisisCard> {
  requireRight(ctx, "crisis-card.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const need = findNeed(card.need);
    if (!need || !CRISIS_NEEDS.includes(need.code)) throw new NotFound("This card");
    const { organisationId } = ctx.actor;
    const reviewedOn = dayOf(await now(ctx));
    await ctx.db`
      insert into casework.crisis_card
        (organisation_id, need_number, title, words, phones, reviewed_on)
      values (${organisationId}, ${need.number}, ${card.title}, ${card.words},
              ${ctx.db.json(card.phones)}, ${reviewedOn})
      on conflict (organisation_id, need_number) do update
        set title = excluded.title, words = excluded.words, phones = excluded.phones,
            reviewed_on = excluded.reviewed_on`;
    await record(ctx, "crisis-card.save", { subjects: [], detail: { need: need.code } });
    return { ...card, reviewedOn };
  });
}
