/**
 * What the made organisations say of why they may hold what they record, and what a few of their people object to:
 * through the product's own verbs, before everybody is counted.
 */

import { type Ctx, inTransaction } from "../context";
import type { Against } from "../domain/objection";
import type { Profession } from "../domain/plain-wording";
import type { RecordingBasis, RecordingCondition, RecordingPurpose } from "../domain/recording-basis";
import { uuidv7 } from "../ids";
import { object } from "../objections";
import { setBasis, setProfession } from "../recording-basis";
import { ORGANISATIONS, type OrganisationKey } from "./organisations";
import { listWorkers } from "./workers";

const PROFESSION: Readonly<Record<OrganisationKey, Profession>> = {
  advice: "other",
  housing: "housing",
  health: "health",
  police: "police",
};

type Rests = readonly [purpose: RecordingPurpose, basis: RecordingBasis, condition: RecordingCondition];

/** A public authority rests on its task; a charity on its interests, weighed. */
const PUBLIC: readonly Rests[] = [
  ["direct-support", "public-task", "social-care"],
  ["safeguarding", "public-task", "safeguarding"],
  ["service-planning", "public-task", "statistics"],
];
const CHARITY: readonly Rests[] = [
  ["direct-support", "legitimate-interests", "counselling"],
  ["safeguarding", "recognised-legitimate-interests", "safeguarding"],
  ["service-planning", "legitimate-interests", "statistics"],
];

/** One person after another of one organisation, the latest met. */
const OBJECTIONS: readonly (readonly [OrganisationKey, Against])[] = [
  ["advice", "sharing"],
  ["advice", "counting"],
  ["health", "both"],
];

/** Has each officer say why, and workers write down what three people object to. */
export async function addTheirSay(ctx: Ctx): Promise<void> {
  const keyOf = (name: string) => ORGANISATIONS.find((made) => made.name === name)?.key ?? null;
  for (const { actor } of (await listWorkers(ctx, "officer")).values()) {
    const key = keyOf(actor.organisationName);
    const rests = key === "advice" || key === null ? CHARITY : PUBLIC;
    for (const [purpose, basis, condition] of rests) {
      await setBasis({ ...ctx, actor }, { purpose, basis, condition });
    }
    if (key !== null) await setProfession({ ...ctx, actor }, PROFESSION[key]);
  }
  const workers = [...(await listWorkers(ctx)).values()].map(({ actor }) => actor);
  for (const [at, [key, against]] of OBJECTIONS.entries()) {
    const actor = workers.find(({ organisationName }) => keyOf(organisationName) === key);
    if (!actor) continue;
    const [client] = await inTransaction(
      { ...ctx, actor },
      ({ db }) => db<{ id: string }[]>`
        select id from casework.client
        where organisation_id = ${actor.organisationId} and not anonymous and closed_on is null
        order by id desc offset ${at} limit 1`,
    );
    if (client) await object({ ...ctx, actor }, { id: uuidv7(), clientId: client.id, against });
  }
}
