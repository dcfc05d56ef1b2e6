/**
 * Early help: asks a worker to think of it for a client of their own organisation when the stated rule is met, and keeps
 * what they answer. The rule is worked out each time it is asked and kept nowhere; switched off, it asks nobody and what
 * was answered is gone.
 */

import { record } from "./audit";
import { requireNamedClient } from "./client-rows";
import { type ActorCtx, inTransaction, now, requireRight, type TxCtx } from "./context";
import {
  type AnswerEarlyHelp,
  answerStands,
  type EarlyHelpAnswer,
  type EarlyHelpEntry,
  earlyHelpOutcomes,
  RULE_MONTHS,
  type TouchedOutcome,
} from "./domain/early-help";
import { NotFound } from "./domain/errors";
import { addMonths, type Day, dayOf } from "./domain/period";

/** Null: nothing is asked. */
export type EarlyHelpPrompt = {
  outcomes: TouchedOutcome[];
  /** The answer that stands; null while it waits for one. */
  answered: { answer: EarlyHelpAnswer; answeredOn: Day; memberName: string | null } | null;
} | null;

/** Whether a client's worker is asked to think of early help, and why. */
export function earlyHelpPrompt(ctx: ActorCtx, { clientId }: { clientId: string }): Promise<EarlyHelpPrompt> {
  requireRight(ctx, "client.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    await requireNamedClient(ctx, clientId);
    if (!(await isOn(ctx))) return null;
    const today = dayOf(await now(ctx));
    const outcomes = earlyHelpOutcomes(await readEntries(ctx, clientId, today), today);
    await record(ctx, "early-help.read", { subjects: [{ kind: "client", id: clientId }] });
    if (outcomes === null) return null;
    return { outcomes, answered: await readAnswer(ctx, clientId, today) };
  });
}

/** Keeps a worker's answer, once for an id. Throws NotFound for a client of somebody else, or where nobody is asked. */
export function answerEarlyHelp(
  ctx: ActorCtx,
  { id, clientId, answer, because }: AnswerEarlyHelp,
): Promise<void> {
  requireRight(ctx, "contact.log", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    await requireNamedClient(ctx, clientId);
    if (!(await isOn(ctx))) throw new NotFound("This question");
    await ctx.db`
      insert into casework.early_help_answer
        (organisation_id, id, client_id, answer, because, answered_on, member_id)
      values (${organisationId}, ${id}, ${clientId}, ${answer}, ${because}, ${dayOf(await now(ctx))}, ${memberId})
      on conflict do nothing`;
    await record(ctx, "early-help.answer", {
      subjects: [{ kind: "client", id: clientId }],
      detail: { answer },
    });
  });
}

/** Whether workers of the organisation are asked. */
export function earlyHelpSetting(ctx: ActorCtx): Promise<{ isOn: boolean }> {
  requireRight(ctx, "caseload.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => ({ isOn: await isOn(ctx) }));
}

/** Switches asking on or off. Off, every answer is deleted: nothing of it stays on any record. */
export function setEarlyHelp(ctx: ActorCtx, { isOn }: { isOn: boolean }): Promise<{ isOn: boolean }> {
  requireRight(ctx, "caseload.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId } = ctx.actor;
    await ctx.db`
      insert into casework.early_help_setting (organisation_id, is_on) values (${organisationId}, ${isOn})
      on conflict (organisation_id) do update set is_on = excluded.is_on`;
    if (!isOn) {
      await ctx.db`delete from casework.early_help_answer where organisation_id = ${organisationId}`;
    }
    await record(ctx, "early-help.set", {
      subjects: [{ kind: "organisation", id: String(organisationId) }],
      detail: { isOn },
    });
    return { isOn };
  });
}

async function isOn({ db, actor: { organisationId } }: TxCtx): Promise<boolean> {
  const [row] = await db<{ isOn: boolean }[]>`
    select is_on from casework.early_help_setting where organisation_id = ${organisationId}`;
  return row?.isOn ?? false;
}

async function readEntries(
  { db, actor: { organisationId } }: TxCtx,
  clientId: string,
  today: Day,
): Promise<EarlyHelpEntry[]> {
  const rows = await db<EarlyHelpEntry[]>`
    select e.need_number, e.status, c.occurred_on
    from casework.contact as c
    join casework.issue_entry as e on e.organisation_id = c.organisation_id and e.contact_id = c.id
    where c.organisation_id = ${organisationId} and c.client_id = ${clientId} and c.voided_at is null
      and c.occurred_on > ${addMonths(today, -RULE_MONTHS)}`;
  return [...rows];
}

async function readAnswer({ db, actor: { organisationId } }: TxCtx, clientId: string, today: Day) {
  const [row] = await db<{ answer: EarlyHelpAnswer; answeredOn: Day; memberName: string | null }[]>`
    select e.answer, e.answered_on, a.name as member_name
    from casework.early_help_answer as e
    left join casework.member as m on m.organisation_id = e.organisation_id and m.id = e.member_id
    left join casework.account as a on a.id = m.account_id
    where e.organisation_id = ${organisationId} and e.client_id = ${clientId}
    order by e.answered_on desc, e.id desc
    limit 1`;
  return row && answerStands(row.answeredOn, today) ? row : null;
}
