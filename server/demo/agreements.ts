/**
 * Agreements of the made county, drafted, discussed and signed by its officers through the product's own verbs while
 * the clock of the demo stands where each step falls: some in force, one that nobody uses, one over, one being drafted.
 * Some of the people whom several organisations know are asked about sharing, so that what is seen differs.
 */

import type { Sql } from "../../db/client";
import { commentOnAgreement, proposeAgreement, saveDraft, signAgreement, termsHash } from "../agreements";
import { recordConsent } from "../consents";
import { type ActorCtx, type Ctx, inTransaction } from "../context";
import { saveDataAsset } from "../data-assets";
import type { Cell, Party, Purpose, Terms } from "../domain/agreements/agreement";
import type { Detail, Group, Place } from "../domain/agreements/grid";
import { USUAL_COSTS, usualValues } from "../domain/agreements/value-map";
import type { ConsentAnswer } from "../domain/consent";
import { recordConsentSchema } from "../domain/consent-input";
import { addDays, type Day } from "../domain/period";
import { uuidv7 } from "../ids";
import { knownTo } from "../known-to";
import { endSession, openSession } from "../sessions";
import { stepUp } from "../step-up";
import { saveValueAction } from "../value-map";
import { ORGANISATIONS, type OrganisationKey } from "./organisations";
import { listWorkers } from "./workers";

type Side = "both" | "gives" | "looks";

/** Days are counted from today; what is behind it is negative. */
interface Plan {
  title: string;
  purposes: Purpose[];
  reason: string;
  /** Who drafts it comes first. */
  parties: readonly (readonly [OrganisationKey, Side])[];
  cells: Cell[];
  needs?: string[];
  over?: Partial<Pick<Terms, "basis" | "condition" | "noticeDays">>;
  starts: number;
  review: number;
  ends: number;
  /** Left as a draft, with what its parties say of it. */
  comments?: readonly (readonly [OrganisationKey, string])[];
}

const cell = (group: Group, place: Place, detail: Detail, rests: Cell["rests"]): Cell => ({
  ...{ group, place, detail, rests },
});

const PLANS: readonly Plan[] = [
  {
    title: "Warm homes, winter pilot",
    purposes: ["early-help"],
    reason: "To offer help with heating to people whom we both know, before the cold comes.",
    parties: [
      ["housing", "both"],
      ["advice", "both"],
    ],
    cells: [cell("caseworker", "person", "coded", "consent")],
    needs: ["BAS", "HOU"],
    ...{ starts: -330, review: -200, ends: -120 },
  },
  {
    title: "Rough sleeping outreach",
    purposes: ["homelessness-prevention"],
    reason: "To know on a night shift whether somebody has a housing worker already.",
    parties: [
      ["police", "both"],
      ["housing", "both"],
      ["advice", "gives"],
    ],
    cells: [cell("caseworker", "person", "known-to", "basis")],
    needs: ["HOU"],
    ...{ starts: -190, review: 20, ends: 175 },
  },
  {
    title: "Need by sector, for planning",
    purposes: ["service-planning"],
    reason: "To plan services where need is: figures about areas, never a person.",
    parties: [
      ["housing", "both"],
      ["advice", "gives"],
      ["health", "gives"],
      ["police", "gives"],
    ],
    cells: [
      cell("commissioner", "sector", "full", "basis"),
      cell("commissioner", "ward", "coded", "basis"),
      cell("manager", "sector", "rag", "basis"),
    ],
    ...{ starts: -75, review: 110, ends: 290 },
  },
  {
    title: "Known to: advice, housing and social prescribing",
    purposes: ["direct-support", "early-help", "homelessness-prevention"],
    reason:
      "So that people tell their story once: we ring the service that knows them, and with their yes we see what they asked for there.",
    parties: [
      ["advice", "both"],
      ["housing", "both"],
      ["health", "both"],
    ],
    cells: [
      cell("caseworker", "person", "known-to", "basis"),
      cell("caseworker", "person", "full", "consent"),
      cell("manager", "person", "known-to", "basis"),
      cell("manager", "person", "coded", "consent"),
      cell("manager", "household", "rag", "basis"),
      cell("manager", "street", "rag", "basis"),
      cell("manager", "postcode", "known-to", "basis"),
    ],
    needs: ["*", "MEN"],
    ...{ starts: -60, review: 120, ends: 304 },
  },
  {
    title: "Protecting people at risk",
    purposes: ["safeguarding"],
    reason: "To learn at once which service to ring when somebody may come to harm.",
    parties: [
      ["police", "both"],
      ["advice", "both"],
      ["housing", "both"],
    ],
    cells: [
      cell("caseworker", "person", "known-to", "duty"),
      cell("manager", "person", "known-to", "duty"),
      cell("manager", "person", "rag", "duty"),
    ],
    needs: ["*", "SAF"],
    over: { basis: "legal-obligation", condition: "safeguarding", noticeDays: 14 },
    ...{ starts: -40, review: 140, ends: 324 },
  },
  {
    title: "Arrears before they cost a home",
    purposes: ["early-help", "homelessness-prevention"],
    reason:
      "So that a housing manager offers help where rent is behind and a family is under strain, before anybody loses their home.",
    parties: [
      ["housing", "both"],
      ["advice", "gives"],
      ["health", "gives"],
    ],
    cells: [
      cell("manager", "household", "rag", "basis"),
      cell("manager", "street", "rag", "basis"),
      cell("manager", "postcode", "known-to", "basis"),
      cell("manager", "person", "coded", "consent"),
    ],
    needs: ["HOU", "HOU-04", "MON", "FAM", "FAM-01", "EDU", "BAS"],
    ...{ starts: -30, review: 150, ends: 334 },
  },
  {
    title: "Advice in surgeries",
    purposes: ["direct-support"],
    reason: "To follow up together after somebody saw a money adviser in a surgery.",
    parties: [
      ["advice", "both"],
      ["health", "both"],
    ],
    cells: [
      cell("caseworker", "person", "known-to", "basis"),
      cell("caseworker", "person", "full", "consent"),
    ],
    ...{ starts: 21, review: 200, ends: 385 },
    comments: [
      ["health", "Do your advisers need telephone numbers? We would rather share needs and no more."],
      ["advice", "We ring before a first visit. Let us weigh it in the value map."],
    ],
  },
];

/** What advisers want to do by the draft, each with the group and the level that it needs. */
const ACTIONS: readonly (readonly [name: string, group: Group, place: Place, detail: Detail])[] = [
  ["Ring the other service before a first visit", "caseworker", "person", "known-to"],
  ["Do not ask for the same story twice", "caseworker", "person", "coded"],
  ["See which surgeries need a money adviser", "manager", "sector", "coded"],
];

const DRAWN_ON = "Known to: advice, housing and social prescribing";

/** People asked about sharing, by organisation: how many, and what they answer in turn. */
const ASKED = 24;
const ANSWERS: readonly ConsentAnswer[] = ["given", "given", "declined", "given"];
/** Looks of the last weeks, at most one for each worker. */
const LOOKS = 6;

export interface AgreementWorld {
  owner: Sql;
  today: Day;
  setClock: (instant: string) => Promise<void>;
}

/** Makes every agreement with what belongs to it; the clock stands somewhere in the past afterwards. */
export async function addAgreements(ctx: Ctx, world: AgreementWorld): Promise<void> {
  const officers = await officersByOrganisation(ctx);
  const ids = new Map<string, string>();
  for (const plan of PLANS) ids.set(plan.title, await makeAgreement(plan, officers, world));
  await weigh(officers.advice, ids.get("Advice in surgeries"));
  await keepRegister(officers.advice, world.today, ids.get(DRAWN_ON));
  await world.setClock(`${world.today}T09:00:00Z`);
  const people = await askPeople(ctx, world);
  await lookAround(ctx, people);
}

type Officers = Readonly<Record<OrganisationKey, ActorCtx>>;

async function officersByOrganisation(ctx: Ctx): Promise<Officers> {
  const officers = [...(await listWorkers(ctx, "officer")).values()].map(({ actor }) => actor);
  const of = (key: OrganisationKey): ActorCtx => {
    const name = ORGANISATIONS.find((made) => made.key === key)?.name;
    const actor = officers.find((officer) => officer.organisationName === name);
    if (!actor) throw new Error(`Nobody signs agreements for ${name}`);
    return { ...ctx, actor };
  };
  return { advice: of("advice"), housing: of("housing"), health: of("health"), police: of("police") };
}

async function makeAgreement(
  plan: Plan,
  officers: Officers,
  { today, setClock }: AgreementWorld,
): Promise<string> {
  const id = uuidv7();
  const asked = { id, version: 1 };
  const terms = termsOf(plan, officers, today);
  const [maker] = plan.parties[0] ?? [];
  if (!maker) throw new Error("An agreement is drafted by one of its parties");
  const draftedOn = addDays(today, Math.min(plan.starts, 0) - 20);
  await setClock(`${draftedOn}T10:00:00Z`);
  await saveDraft(officers[maker], { ...asked, terms });
  if (plan.comments) {
    for (const [at, [who, words]] of plan.comments.entries()) {
      await setClock(`${addDays(draftedOn, at + 1)}T11:00:00Z`);
      await commentOnAgreement(officers[who], { ...asked, commentId: uuidv7(), words });
    }
    return id;
  }
  await proposeAgreement(officers[maker], asked);
  for (const [at, [who]] of plan.parties.entries()) {
    await setClock(`${addDays(draftedOn, 2 * at + 3)}T15:00:00Z`);
    await sign(officers[who], { ...asked, hash: termsHash(terms) });
  }
  return id;
}

/** As an officer signs: in a session of theirs in which they have just shown that it is they, closed after it. */
async function sign(officer: ActorCtx, agreement: Parameters<typeof signAgreement>[1]): Promise<void> {
  const { actor } = officer;
  const { accountId, name } = actor;
  const id = await inTransaction(
    officer,
    ({ db }) => openSession(db, accountId, "", { withSecondFactor: true }),
    "sign-in",
  );
  await stepUp({ ...officer, session: { id, accountId, name, email: "", deviceId: null } }, { demo: true });
  await signAgreement({ ...officer, actor: { ...actor, sessionId: id } }, agreement);
  await inTransaction(officer, ({ db }) => endSession(db, id), "sign-in");
}

function termsOf(plan: Plan, officers: Officers, today: Day): Terms {
  const { title, purposes, reason, parties, cells, needs = ["*"], over, starts, review, ends } = plan;
  return {
    ...{ title, purposes, reason, cells, needs },
    ...{ basis: "public-task", condition: "social-care", noticeDays: 30, ...over },
    parties: parties.map(
      ([who, side]): Party => ({
        organisationId: officers[who].actor.organisationId,
        gives: side !== "looks",
        receives: side !== "gives",
      }),
    ),
    ...{ startsOn: addDays(today, starts), reviewOn: addDays(today, review), endsOn: addDays(today, ends) },
  };
}

async function weigh(officer: ActorCtx, agreementId: string | undefined): Promise<void> {
  if (!agreementId) return;
  for (const [name, group, place, detail] of ACTIONS) {
    const values = [...usualValues(group, { place, detail })];
    const fields = { name, group, values, costs: [...USUAL_COSTS], wanted: true };
    await saveValueAction(officer, { id: uuidv7(), agreementId, fields });
  }
}

async function keepRegister(officer: ActorCtx, today: Day, drawnOnBy: string | undefined): Promise<void> {
  const agreementIds = drawnOnBy ? [drawnOnBy] : [];
  await saveDataAsset(officer, {
    id: uuidv7(),
    fields: {
      ...{ name: "Debt and benefits case records", owner: "Debt and benefits advice" },
      ...{ place: "person", detail: "full", usedFor: "Advice, and counts of need for funders" },
      restrictions: "Notes never leave the organisation. Immigration cases are shared with nobody.",
      ...{ reviewedOn: addDays(today, -110), agreementIds },
    },
  });
  await saveDataAsset(officer, {
    id: uuidv7(),
    fields: {
      ...{ name: "Advice line call log", owner: "Advice line", place: "postcode", detail: "coded" },
      ...{ usedFor: "Staffing of the line by hour and need", restrictions: "" },
      ...{ reviewedOn: addDays(today, -420), agreementIds: [] },
    },
  });
}

interface Asked {
  worker: ActorCtx;
  clientId: string;
}

/** Asks some of those whom several organisations know, and whom one of them met lately. */
async function askPeople(ctx: Ctx, { owner, today }: AgreementWorld): Promise<Asked[]> {
  const workers = [...(await listWorkers(ctx)).values()].map(({ actor }): ActorCtx => ({ ...ctx, actor }));
  const rows = await owner<{ organisationId: number; clientId: string }[]>`
    select p.organisation_id, p.client_id
    from identity.client_person as p
    join lateral (
      select max(c.occurred_on) as met_on from casework.contact as c
      where c.organisation_id = p.organisation_id and c.client_id = p.client_id and c.voided_at is null
    ) as c on c.met_on > ${addDays(today, -100)}::date
    where exists (
      select from identity.client_person as other
      where other.person_id = p.person_id and other.organisation_id <> p.organisation_id)
    order by c.met_on desc, p.client_id
    limit ${ASKED}`;
  const asked: Asked[] = [];
  for (const [at, { organisationId, clientId }] of rows.entries()) {
    const worker = workers.find(({ actor }) => actor.organisationId === organisationId);
    const answer = ANSWERS[at % ANSWERS.length];
    if (!worker || !answer) continue;
    await recordConsent(
      worker,
      recordConsentSchema.parse({
        id: uuidv7(),
        clientId,
        answer,
        answeredOn: addDays(today, -3 - at),
        how: "phone",
      }),
    );
    asked.push({ worker, clientId });
  }
  return asked;
}

/** A few workers look up somebody whom they asked, so that use is seen where there is some. */
async function lookAround(ctx: Ctx, people: readonly Asked[]): Promise<void> {
  const first = new Map(people.map((person) => [person.worker.actor.memberId, person]));
  await Promise.all(
    [...first.values()].slice(0, LOOKS).map(({ worker, clientId }) =>
      knownTo(
        { ...ctx, actor: worker.actor },
        {
          ...{ id: uuidv7(), clientId, purpose: "direct-support", reason: "who-does-what", words: null },
        },
      ),
    ),
  );
}
