/**
 * What happened to the records between two versions of a summary: read in the transaction that counts the newer one,
 * from when contacts came in, were voided or corrected, and from what the older one noted of itself.
 */

import type { Tx } from "../db/client";
import type { Happened } from "./domain/impact/changes";
import type { ExactNumbers } from "./domain/impact/numbers";
import { measures } from "./domain/impact/numbers";
import type { Plan } from "./domain/impact/plan";
import type { PaperStory } from "./domain/impact/reading";
import { type Uses, usesChanged } from "./domain/impact/uses";
import { firstDayOf, lastDayOf } from "./domain/period";
import type { CountAsked } from "./reports/impact-count";
import { sha256Of } from "./sha256";
import type { Besides } from "./summary-paper";

/** A story as it was told, by its own id. */
export type NotedStory = PaperStory & { id: string };

/** What a summary notes of itself for the next version. */
export interface Trace {
  /** Records of people met in the period that are folded into other people's. */
  folded: number;
  /** Ids that erasure has left behind in the organisation. */
  erased: number;
  /** Hash of the framework, the unit costs, the stories and the names that it used. */
  besides: string;
  /** Each of them by itself; not noted by older versions of the software. */
  uses?: Uses;
}

/** What a summary that was just counted notes of itself. */
export async function traceOf(
  tx: Tx,
  { organisationId, serviceId, period }: CountAsked,
  { people }: ExactNumbers,
  besides: Besides & { stories: readonly NotedStory[] },
): Promise<Trace> {
  const [row] = await tx<{ records: number; erased: number }[]>`
    select
      (select count(distinct client_id)::int from casework.contact
       where organisation_id = ${organisationId} and voided_at is null
         and (${serviceId}::uuid is null or service_id = ${serviceId})
         and occurred_on between ${firstDayOf(period)} and ${lastDayOf(period)}) as records,
      (select count(*)::int from casework.erased where organisation_id = ${organisationId}) as erased`;
  return {
    folded: (row?.records ?? 0) - (people[measures.helped] ?? 0),
    erased: row?.erased ?? 0,
    besides: sha256Of(JSON.stringify(besides)),
    uses: usesOf(besides),
  };
}

function usesOf(besides: Besides & { stories: readonly NotedStory[] }): Uses {
  const { organisationName, serviceName, framework, unitCosts, stories } = besides;
  const hash = (value: unknown) => sha256Of(JSON.stringify(value));
  return {
    framework: framework && hash(framework),
    names: hash([organisationName, serviceName]),
    costs: unitCosts.map((cost) => ({ id: cost.id, name: cost.name, hash: hash(cost) })),
    stories: stories.map((story) => ({ id: story.id, hash: hash(story) })),
  };
}

/** What is used otherwise than by the version before, in sentences. */
function besidesChanged(before: Trace, now: Trace): string[] {
  if (before.besides === now.besides) return [];
  const said = before.uses && now.uses ? usesChanged(before.uses, now.uses) : [];
  return said.length > 0
    ? said
    : ["A framework, a unit cost, a story or a name that this summary uses was changed."];
}

/** What happened since an earlier version, to contacts dated up to the end of the period. */
export async function happenedSince(
  tx: Tx,
  { organisationId, plan }: { organisationId: number; plan: Plan },
  before: { cutOff: Date; trace: Trace },
  now: Trace,
): Promise<Omit<Happened, "method">> {
  const { cutOff } = before;
  const [row] = await tx<{ late: number; voided: number; corrected: number }[]>`
    select
      count(*) filter (where c.received_at > ${cutOff} and c.voided_at is null and c.corrects is null)::int as late,
      count(*) filter (where c.received_at > ${cutOff} and c.voided_at is null and c.corrects is not null)::int
        as corrected,
      count(*) filter (
        where c.received_at <= ${cutOff} and c.voided_at > ${cutOff} and not exists (
          select from casework.contact as k where k.organisation_id = c.organisation_id and k.corrects = c.id)
      )::int as voided
    from casework.contact as c
    where c.organisation_id = ${organisationId} and c.occurred_on <= ${lastDayOf(plan.period)}
      and (${plan.serviceId}::uuid is null or c.service_id = ${plan.serviceId})
      and (c.received_at > ${cutOff} or c.voided_at > ${cutOff})`;
  return {
    late: row?.late ?? 0,
    voided: row?.voided ?? 0,
    corrected: row?.corrected ?? 0,
    folded: now.folded - before.trace.folded,
    erased: now.erased > before.trace.erased,
    besides: besidesChanged(before.trace, now),
  };
}
