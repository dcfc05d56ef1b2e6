/**
 * A summary while it is composed: what can be chosen, and the paper with exact numbers as they are now. Nothing of it is
 * kept, and it does not leave: what leaves is made of figures by the worker, which alone holds the key for them.
 */

import { record } from "./audit";
import { type ActorCtx, inTransaction, now, requireRight } from "./context";
import { inCountTurn } from "./count-turns";
import { Conflict } from "./domain/errors";
import { exactNumbers } from "./domain/impact/count-numbers";
import { FRAMEWORKS, frameworkTitle } from "./domain/impact/frameworks";
import type { Paper } from "./domain/impact/paper";
import type { Plan } from "./domain/impact/plan";
import { dayOf, periodText } from "./domain/period";
import { MOST_PREVIEWS, type SummaryOptions } from "./domain/summaries";
import { countImpact } from "./reports/impact-count";
import { storiesFor, storiesToOffer } from "./stories";
import { firstDayOfRecording, paperOf, readAsked } from "./summary-paper";
import { takeTurn } from "./throttle";

/**
 * The paper of a plan with exact numbers, for the actor's own eyes.
 * @throws NotFound when the service or framework is not one of the organisation's; Conflict when it is asked for too often;
 * NotAllowed for stories, when the actor may not read them.
 */
export async function previewSummary(ctx: ActorCtx, plan: Plan): Promise<Paper> {
  const turn = await inTransaction(
    ctx,
    ({ db }) => takeTurn(db, ["summary preview", ctx.actor.memberId], MOST_PREVIEWS),
    "sign-in",
  );
  if (!turn) throw new Conflict("That was a great many previews. Wait a few minutes, then go on.");
  return draftSummary(ctx, plan, "preview");
}

/** The draft of a plan, recorded as what it is for: "preview", or "check" of the words that somebody wrote for it. */
export function draftSummary(ctx: ActorCtx, plan: Plan, form: "preview" | "check"): Promise<Paper> {
  const { organisationId } = ctx.actor;
  if (plan.storyIds.length > 0) requireRight(ctx, "story.read", organisationId);
  const draft = () =>
    inTransaction(
      ctx,
      async (ctx) => {
        const today = dayOf(await now(ctx));
        const asked = await readAsked(ctx.db, organisationId, plan, today);
        const numbers = exactNumbers(await countImpact(ctx.db, asked.count));
        const stories = await storiesFor(ctx, organisationId, plan.storyIds, plan.audience, today);
        await record(ctx, "impact.read", {
          subjects: [
            plan.serviceId
              ? { kind: "service", id: plan.serviceId }
              : { kind: "organisation", id: String(organisationId) },
            ...stories.map(({ id }) => ({ kind: "story" as const, id })),
          ],
          detail: { period: periodText(plan.period), form },
        });
        return paperOf(plan, numbers, asked.besides, {
          ...{ countedOn: today, firstDay: asked.firstDay },
          ...{ stories, version: null },
        });
      },
      undefined,
      { oneInstant: true },
    );
  return inCountTurn(draft);
}

/**
 * What can be asked for: services, frameworks, stories for whoever may read them, and the days between which there is
 * something to say.
 */
export function summaryOptions(ctx: ActorCtx): Promise<SummaryOptions> {
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, organisationName } = ctx.actor;
    const services = await ctx.db<{ id: string; name: string }[]>`
      select id, name from casework.service where organisation_id = ${organisationId} order by lower(name)`;
    const own = await ctx.db<{ key: string; name: string }[]>`
      select id as key, name from casework.own_framework
      where organisation_id = ${organisationId} and closed_at is null order by lower(name)`;
    const today = dayOf(await now(ctx));
    const mayRead = ctx.decide(ctx.actor, "story.read", { organisationId }).allow;
    const stories = mayRead ? await storiesToOffer(ctx, organisationId, today) : [];
    return {
      organisationName,
      services: [...services],
      frameworks: [
        ...FRAMEWORKS.map((framework) => ({ key: framework.key, name: frameworkTitle(framework) })),
        ...own,
      ],
      stories: stories.map(({ id, who, audiences }) => ({ id, title: who, audiences })),
      firstDay: await firstDayOfRecording(ctx.db, organisationId, null),
      today,
    };
  });
}
