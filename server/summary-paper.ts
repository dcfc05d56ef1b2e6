/**
 * What a summary's paper is made of besides its numbers: names, the framework, unit costs. Read in the transaction that
 * counts, so that preview and kept summary are made of the same; the organisation is named in it.
 */

import type { Tx } from "../db/client";
import { NotFound } from "./domain/errors";
import { linesIn } from "./domain/impact/frameworks";
import { makePaper } from "./domain/impact/make-paper";
import type { ImpactNumbers } from "./domain/impact/numbers";
import type { Paper } from "./domain/impact/paper";
import type { Plan } from "./domain/impact/plan";
import type { PaperFramework, PaperStory } from "./domain/impact/reading";
import type { UnitCost } from "./domain/impact/value";
import type { Day } from "./domain/period";
import { findPlanFramework } from "./own-frameworks";
import type { CountAsked } from "./reports/impact-count";
import { unitCostsFor } from "./unit-costs";

/** Names and settings of the organisation that a paper uses. */
export interface Besides {
  /** Of the organisation, or of the programme of several. */
  organisationName: string;
  /** Null: the whole organisation. */
  serviceName: string | null;
  /** Organisations of a programme that were counted together. */
  together?: readonly string[];
  framework: PaperFramework | null;
  unitCosts: readonly UnitCost[];
}

/** What is to be counted for a plan, and what its paper uses besides. */
export interface Asked {
  count: CountAsked;
  besides: Besides;
  /** Of recording, by the service or the organisation. */
  firstDay: Day | null;
}

/** The day of the first contact of a service, or with null of the whole organisation; null when there is none. */
export async function firstDayOfRecording(
  tx: Tx,
  organisationId: number,
  serviceId: string | null,
): Promise<Day | null> {
  const [span] = await tx<{ firstDay: Day | null }[]>`
    select min(occurred_on) as first_day from casework.contact
    where organisation_id = ${organisationId} and voided_at is null
      and (${serviceId}::uuid is null or service_id = ${serviceId})`;
  return span?.firstDay ?? null;
}

/**
 * Reads what a plan of an organisation asks for, as it stands.
 * @throws NotFound when the service is not one of the organisation's, or it has no such framework.
 */
export async function readAsked(tx: Tx, organisationId: number, plan: Plan, today: Day): Promise<Asked> {
  const { serviceId, period } = plan;
  const [names] = await tx<{ organisationName: string; serviceName: string | null }[]>`
    select o.name as organisation_name, s.name as service_name
    from casework.organisation as o
    left join casework.service as s on s.organisation_id = o.id and s.id = ${serviceId}
    where o.id = ${organisationId}`;
  if (!names || (serviceId !== null && names.serviceName === null)) throw new NotFound("This service");
  const framework =
    plan.framework === null ? null : await findPlanFramework({ db: tx }, organisationId, plan.framework);
  if (plan.framework !== null && !framework) throw new NotFound("This framework");
  const lines = framework && { framework: framework.key, linesOf: linesIn(framework) };
  return {
    count: { organisationId, serviceId, period, today, lines },
    besides: {
      ...names,
      framework: framework && {
        key: framework.key,
        name: framework.name,
        edition: framework.edition,
        lines: framework.lines.map(({ code, label }) => ({ code, label })),
      },
      unitCosts: plan.sections.includes("value") ? await unitCostsFor({ db: tx }, organisationId) : [],
    },
    firstDay: await firstDayOfRecording(tx, organisationId, serviceId),
  };
}

/** The paper of a plan and its numbers. */
export function paperOf(
  plan: Plan,
  numbers: ImpactNumbers,
  { organisationName, serviceName, together = [], framework, unitCosts }: Besides,
  given: { countedOn: Day; firstDay: Day | null; stories: readonly PaperStory[]; version: Paper["version"] },
): Paper {
  const { countedOn, firstDay, stories, version } = given;
  const scope = { organisationName, serviceName, together, firstDay, countedOn };
  return makePaper({ plan, numbers, scope, framework, unitCosts, stories, version });
}
