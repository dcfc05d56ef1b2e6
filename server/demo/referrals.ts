/**
 * Referrals between the made organisations and to services outside, some in every state, sent and answered through the
 * product's own verbs while the clock of the demo stands where each step falls.
 */

import { readTimeline } from "../client-timeline";
import { type ActorCtx, type Ctx, inTransaction } from "../context";
import { addDays, type Day } from "../domain/period";
import type { Outcome, ReferralStep, Way } from "../domain/referral";
import {
  type Destination,
  destinationSchema,
  linkStepSchema,
  referralStepSchema,
  sendReferralSchema,
} from "../domain/referral-input";
import type { ReferralDestination } from "../domain/referral-shown";
import { uuidv7 } from "../ids";
import { makeReferralLink, stepByLink } from "../referral-links";
import { listDestinations } from "../referral-lists";
import { sendReferral, stepReferral } from "../referrals";
import type { listWorkers } from "./workers";

type Workers = Awaited<ReturnType<typeof listWorkers>>;

/** A step, so many days after the referral was sent. */
type PlannedStep = readonly [step: ReferralStep, after: number, more?: { words?: string; outcome?: Outcome }];

interface Plan {
  way: Way;
  daysAgo: number;
  steps: readonly PlannedStep[];
  message?: string;
}

/** What each organisation sends. */
const PLANS: readonly Plan[] = [
  {
    way: "platform",
    daysAgo: 96,
    steps: [
      ["accepted", 1],
      ["started", 6],
      ["completed", 41, { outcome: "achieved", words: "A plan is agreed and kept to for six weeks." }],
    ],
  },
  {
    way: "platform",
    daysAgo: 71,
    steps: [
      ["accepted", 3],
      ["started", 9],
      ["completed", 30, { outcome: "partly" }],
    ],
  },
  { way: "platform", daysAgo: 58, steps: [["declined", 2, { words: "Our list opens again in spring." }]] },
  {
    way: "platform",
    daysAgo: 49,
    steps: [
      ["accepted", 2],
      ["lost-touch", 23, { words: "Three calls and a letter, no answer." }],
    ],
  },
  {
    way: "email",
    daysAgo: 44,
    steps: [
      ["accepted", 1],
      ["started", 3],
      ["completed", 6, { outcome: "achieved" }],
    ],
  },
  {
    way: "platform",
    daysAgo: 33,
    steps: [
      ["accepted", 4],
      ["started", 11],
    ],
  },
  { way: "phone", daysAgo: 26, steps: [["accepted", 1]] },
  { way: "platform", daysAgo: 19, steps: [["withdrawn", 1]] },
  { way: "platform", daysAgo: 12, steps: [], message: "Best reached after 4 in the afternoon." },
  { way: "platform", daysAgo: 6, steps: [] },
  { way: "email", daysAgo: 5, steps: [] },
  { way: "platform", daysAgo: 3, steps: [["accepted", 1]] },
  { way: "platform", daysAgo: 1, steps: [], message: "Please ring, letters are not opened." },
];

interface Sent {
  sender: ActorCtx;
  plan: Plan;
  id: string;
  to: Destination;
  token: string | null;
}

/** Sends and answers them all, in the order in which they fall. Gives how many were sent. */
export async function sendDemoReferrals(
  ctx: Ctx,
  workers: Workers,
  today: Day,
  setClock: (instant: string) => Promise<void>,
): Promise<number> {
  const actors = [...workers.values()].map(({ actor }): ActorCtx => ({ ...ctx, actor }));
  const organisations = [...new Set(actors.map(({ actor }) => actor.organisationId))];
  const turns: { at: string; take: () => Promise<void> }[] = [];
  let count = 0;
  for (const organisationId of organisations) {
    const own = actors.filter(({ actor }) => actor.organisationId === organisationId);
    const used = new Set<string>();
    const known = new Map<string, readonly ReferralDestination[]>();
    for (const [number, plan] of PLANS.entries()) {
      const sender = own[number % own.length];
      if (!sender) continue;
      const sentOn = addDays(today, -plan.daysAgo);
      const chosen = await choose(sender, plan.way, sentOn, used, known);
      if (!chosen) continue;
      used.add(chosen.clientId);
      const sent: Sent = { sender, plan, id: uuidv7(), to: chosen.to, token: null };
      turns.push({ at: `${sentOn}T10:20:00Z`, take: () => sendOne(sent, chosen, sentOn) });
      for (const step of plan.steps) {
        turns.push({ at: `${addDays(sentOn, step[1])}T14:05:00Z`, take: () => takeStep(sent, step, actors) });
      }
      count += 1;
    }
  }
  for (const { at, take } of turns.sort((a, b) => a.at.localeCompare(b.at))) {
    await setClock(at);
    await take();
  }
  return count;
}

interface Chosen {
  clientId: string;
  issueId: string;
  to: Destination;
}

/** How many people met lately are looked at for each referral. */
const MOST_LOOKED_AT = 60;

/**
 * Somebody with an open issue that is someone else's, and a service that takes it in the way that is planned. Which
 * services take a need is asked once, for the first who has it.
 */
async function choose(
  sender: ActorCtx,
  way: Way,
  sentOn: Day,
  used: ReadonlySet<string>,
  known: Map<string, readonly ReferralDestination[]>,
): Promise<Chosen | null> {
  const candidates = await inTransaction(
    sender,
    ({ db, actor }) => db<{ clientId: string }[]>`
      select c.client_id, max(c.occurred_on)
      from casework.issue_entry as e
      join casework.contact as c on c.organisation_id = e.organisation_id and c.id = e.contact_id
      join casework.client as k on k.organisation_id = c.organisation_id and k.id = c.client_id
      where e.organisation_id = ${actor.organisationId} and not e.ours and not k.anonymous
        and c.occurred_on between ${addDays(sentOn, -40)} and ${sentOn}
      group by 1 order by 2 desc, 1 limit ${MOST_LOOKED_AT}`,
  );
  for (const { clientId } of candidates.filter((each) => !used.has(each.clientId))) {
    const { issues } = await inTransaction(sender, (tx) => readTimeline(tx, clientId, "all"));
    const issue = issues.find(
      ({ open, ours, course }) => open && ours === false && (course[0]?.occurredOn ?? "9999") <= sentOn,
    );
    if (!issue) continue;
    const destinations = known.get(issue.need) ?? (await findFor(sender, clientId, issue.need));
    known.set(issue.need, destinations);
    for (const { name, platform, email, phone, directoryId } of destinations) {
      if ((way === "platform") !== (platform !== null)) continue;
      const to = destinationSchema.safeParse({ way, name, email, phone, directoryId, ...platform });
      if (to.success) return { clientId, issueId: issue.id, to: to.data };
    }
  }
  return null;
}

async function findFor(sender: ActorCtx, clientId: string, need: string) {
  const { destinations } = await listDestinations(sender, { clientId, needs: [need], text: "" });
  return destinations;
}

async function sendOne(sent: Sent, { clientId, issueId }: Chosen, on: Day): Promise<void> {
  const { sender, plan, id, to } = sent;
  await sendReferral(
    sender,
    sendReferralSchema.parse({
      ...{ id, clientId, to, share: ["name"], message: plan.message },
      issues: [{ issueId }],
      consent: { answer: "given", how: "face-to-face", on },
    }),
  );
  if (to.way !== "email") return;
  const { link } = await makeReferralLink(sender, id);
  sent.token = link.split("/").at(-1) ?? null;
}

async function takeStep(
  { sender, id, to, token }: Sent,
  [step, , { words, outcome } = {}]: PlannedStep,
  actors: readonly ActorCtx[],
): Promise<void> {
  const answer = {
    ...{ id, eventId: uuidv7(), step, words },
    reason: step === "declined" ? "full" : null,
    outcomes: outcome ? [outcome] : [],
  };
  if (token !== null && step !== "withdrawn") {
    await stepByLink(sender, linkStepSchema.parse({ ...answer, token, name: "Hilary Stott" }));
    return;
  }
  const receiver = actors.find(
    ({ actor }) => to.way === "platform" && actor.organisationId === to.organisationId,
  );
  const by = step === "withdrawn" || to.way === "phone" ? sender : receiver;
  if (!by) throw new Error("Nobody works where a made referral went");
  const heardFrom = to.way === "phone" ? "Hilary Stott" : null;
  await stepReferral(by, referralStepSchema.parse({ ...answer, heardFrom }));
}
