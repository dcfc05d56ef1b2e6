/**
 * The rights matrix, made from the router itself: every procedure has a line below, and is called by every role,
 * by a member without an organisation and by nobody, for the caller's own organisation and for another. Then the
 * same again with the first wall taken away: row-level security alone must show and change no foreign row.
 *
 * What may be done is recorded in the audit, too.
 *
 * A new procedure: one line in LINES. `own` is a call that works; `other` the same call about a row of the other
 * organisation. A procedure that takes no id of a row needs no `other`.
 */

import { TRPCError } from "@trpc/server";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { TABLES } from "../db/access-tables";
import { proposeAgreement, saveDraft, termsHash } from "./agreements";
import { logContacts } from "./contacts";
import type { Actor, Ctx } from "./context";
import { inTransaction, makeContext } from "./context";
import { ROLES, type Role } from "./domain/access";
import type { Terms } from "./domain/agreements/agreement";
import { USUAL_COSTS, usualValues } from "./domain/agreements/value-map";
import type { NewContactInput } from "./domain/contact";
import type { StudyPlan, StudyState } from "./domain/lab/study";
import { dayOf } from "./domain/period";
import { sendReferralSchema } from "./domain/referral-input";
import { codeOf, DRAWN_SIGNS } from "./domain/resident-code";
import { fingerprint as fingerprintOf, seal } from "./identity-vault";
import { uuidv7 } from "./ids";
import { makePasswordLink } from "./password-links";
import { sendReferral } from "./referrals";
import { appRouter, createCaller } from "./routers";
import { testDatabase } from "./testing";
import { termsBetween } from "./testing-agreements";
import { aContact, arrangeTeam } from "./testing-casework";
import { arrangeDataSet, arrangeHolder, CODEBOOK } from "./testing-outcomes";
import { arrangeMember, arrangeOrganisation, contextFor, steppedUp } from "./testing-people";
import { arrangeReview, LIKELY, weighed } from "./testing-reviews";
import { wholePlan } from "./testing-studies";

vi.mock("node:timers/promises", () => ({ setTimeout: async () => {} }));

const db = await testDatabase();

/** What is there to ask about in one organisation. Its texts are found nowhere else. */
interface House {
  organisationId: number;
  name: string;
  /** One member in each role. */
  members: Record<Role, Actor>;
  serviceId: string;
  clientId: string;
  contactId: string;
  issueId: string;
  actionId: string;
  instrumentId: string;
  scoreId: string;
  moveId: string;
  sentReferralId: string;
  receivedReferralId: string;
  /** Makes a referral to a service outside. */
  sentReferral(): Promise<string>;
  /** Makes a referral that came from elsewhere and was accepted. */
  receivedReferral(): Promise<string>;
  /** Makes a referral to a service outside with a link, and gives its token. */
  referralToken(): Promise<string>;
  /** Makes an action that is open. */
  anotherAction(): Promise<string>;
  /** Moves somebody to another worker. */
  anotherMove(): Promise<string>;
  /** Makes somebody who can be sent away. */
  anotherMember(): Promise<string>;
  /** Makes somebody a link to set their password with. */
  passwordToken(): Promise<string>;
  /** Makes two values of one field, of which somebody must choose. */
  conflict(): Promise<string>;
  /** Makes somebody without an open issue. */
  anotherClient(): Promise<string>;
  /** Makes somebody whose record is closed. */
  closedClient(): Promise<string>;
  /** Makes an objection of the client that stands. */
  objection(): Promise<string>;
  /** Makes a contact that can be voided. */
  anotherContact(): Promise<string>;
  notedContact(): Promise<string>;
  /** Makes a pair of records to decide about. */
  review(): Promise<string>;
  /** Makes a pair on which the steward has spoken. */
  spokenReview(): Promise<string>;
  /** Makes an event marker. */
  event(): Promise<string>;
  /** A summary that waits to be made. */
  summaryId: string;
  /** One that can be read. */
  readySummaryId: string;
  summaryTemplate(): Promise<string>;
  summarySchedule(): Promise<string>;
  /** Makes outcomes of the organisation's own. */
  ownFramework(): Promise<string>;
  /** Makes a story that a member in this role wrote. */
  storyBy(role: "caseworker" | "manager"): Promise<string>;
  /** Makes a unit cost. */
  unitCost(): Promise<string>;
  /** Makes a line of the data asset register. */
  dataAsset(): Promise<string>;
  /** Drafts an agreement with somebody who is neither of the two, and proposes it unless told. */
  agreement(proposed?: boolean): Promise<{ id: string; version: number }>;
  /** The terms of all of them. */
  terms: Terms;
  /** Makes a programme that the organisation leads. */
  programme(): Promise<string>;
  /** Makes a study that is whole, in a state, with an upload where one is under way. */
  study(state: StudyState, plan?: StudyPlan): Promise<{ id: string; uploadId: string }>;
  /** Makes outcome data that the organisation holds. */
  dataSet(): Promise<string>;
  /** Makes an entry of the directory. */
  directoryEntry(): Promise<string>;
  /** Makes an entry of the directory with a change that can be undone. */
  directoryChange(): Promise<string>;
}

type Input = (house: House) => unknown;
/** How a call about a foreign row ends: as if it were not there, or with each item refused. */
type Foreign = "not found" | "refused";

interface Line {
  /** Who may; everybody else is refused. */
  may: readonly Role[] | "everyone" | "with a session";
  own?: Input;
  other?: Input;
  foreign?: Foreign;
  /** How the call ends for who may, where it cannot work here: no demo, nothing published, an organisation chosen already. */
  answers?: "NOT_FOUND" | "BAD_REQUEST" | "CONFLICT";
  /** False for what shows and changes nothing about a person or an account: no audit entry is asked for. */
  recorded?: false;
  /** True for what gives the names of all organisations here, which are no secret among them. */
  namesAll?: true;
}

const CASEWORK: readonly Role[] = ["caseworker", "manager"];
const AGREEING: readonly Role[] = ["officer", "manager"];
/** Whom a cell of an agreement about people can be for. */
const SHARING: readonly Role[] = ["caseworker", "manager", "analyst"];
const anyList = () => ({
  ...{ id: uuidv7(), agreementId: uuidv7(), level: "postcode", purpose: "direct-support" },
  ...{ reason: "offer-help", words: null, within: ["ZE1 1AA"], street: null, needs: ["*"] },
});
const lookFor = ({ clientId }: House) => ({
  id: uuidv7(),
  clientId,
  // The client objects in other lines, and what a duty opens is looked up all the same.
  purpose: "safeguarding",
  reason: "who-does-what",
});
const COMPARING: readonly Role[] = ["manager", "commissioner", "analyst", "officer"];
const FIGURES: readonly Role[] = ["caseworker", "manager", "commissioner", "analyst", "officer"];
const DIRECTORY: readonly Role[] = ["caseworker", "manager", "administrator"];
const DIRECTORY_MANAGERS: readonly Role[] = ["manager", "administrator"];
const DATA_SET_READERS: readonly Role[] = ["manager", "analyst", "officer"];
const everybody = ROLES;

const NO_KEY = { code: codeOf(Array(DRAWN_SIGNS).fill(7)), dateOfBirth: "1984-05-31" };

const uploadOfDataSet = async ({ organisationId }: House) => {
  await arrangeHolder(db, organisationId);
  return { id: uuidv7(), uploadId: uuidv7() };
};

/** A request about somebody's rights, whose asker has shown who they are. */
async function rightsRequest(house: House, kind: string): Promise<{ id: string; clientId: string }> {
  const [id, clientId] = [uuidv7(), await house.anotherClient()];
  const { organisationId, members } = house;
  const identity = kind === "complaint" ? null : "known";
  await db.administrator`
    insert into governance.rights_request
      (organisation_id, id, kind, received_on, way, asker_kind, identity_way, identity_on, made_by)
    values (${organisationId}, ${id}, ${kind}, current_date, 'letter', 'self', ${identity},
            ${identity && "2026-01-05"}, ${members.officer.memberId})`;
  await db.administrator`
    insert into governance.rights_person (organisation_id, request_id, client_id)
    values (${organisationId}, ${id}, ${clientId})`;
  return { id, clientId };
}

/** A request whose clock stands. */
async function pausedRequest(house: House): Promise<{ id: string }> {
  const { id } = await rightsRequest(house, "access");
  await db.administrator`
    insert into governance.rights_pause (organisation_id, request_id, number, from_on, because)
    values (${house.organisationId}, ${id}, 1, current_date, 'identity')`;
  return { id };
}

/** A hold on somebody's record. */
async function rightsHold(house: House, clientId?: string): Promise<string> {
  const id = uuidv7();
  const { organisationId, members } = house;
  await db.administrator`
    insert into governance.rights_hold (organisation_id, id, client_id, kind, reason, review_on, placed_by)
    values (${organisationId}, ${id}, ${clientId ?? (await house.anotherClient())}, 'legal',
            ${seal("rights_hold.reason", { organisationId, id }, "A claim")}, '2030-01-01', ${members.officer.memberId})`;
  return id;
}

/** A text of a pack that waits to be read. */
async function rightsWords(house: House) {
  const { id, clientId } = await rightsRequest(house, "access");
  const key = await rightsHold(house, clientId);
  const mark = fingerprintOf(house.organisationId, "A claim").toString("hex");
  return { id, place: "governance.rights_hold", key, column: "reason", mark, decision: "release" };
}

async function decidedErasure(house: House) {
  const { id } = await rightsRequest(house, "erase");
  await db.administrator`
    insert into governance.erasure_decision (organisation_id, request_id, purpose, decision, decided_by)
    values (${house.organisationId}, ${id}, 'stories', 'erase', ${house.members.officer.memberId})`;
  return { id };
}

async function rightsRecipient(house: House) {
  const { id } = await rightsRequest(house, "rectify");
  const recipientId = uuidv7();
  await db.administrator`
    insert into governance.rights_recipient (organisation_id, id, request_id, kind, to_name, way)
    values (${house.organisationId}, ${recipientId}, ${id}, 'rectified', 'A food bank', 'phone')`;
  return { id, recipientId };
}

async function rightsObjection(house: House) {
  const { id, clientId } = await rightsRequest(house, "object");
  return { requestId: id, id: uuidv7(), clientId, against: "counting" };
}

async function rightsNotice(house: House) {
  const id = uuidv7();
  const { organisationId } = house;
  await db.administrator`
    insert into governance.rights_notice (organisation_id, id, from_organisation_id, from_name, client_id, kind, about)
    values (${organisationId}, ${id}, ${organisationId}, 'Elsewhere', ${await house.anotherClient()}, 'erased', '{}')`;
  return { id };
}

/** A list of old records that waits for an officer, with somebody on it. */
async function retentionRun(house: House) {
  const [id, clientId] = [uuidv7(), await house.anotherClient()];
  const { organisationId, members } = house;
  await db.administrator`
    insert into governance.retention_run (organisation_id, id, on_day, made_by)
    values (${organisationId}, ${id}, current_date, ${members.officer.memberId})`;
  await db.administrator`
    insert into governance.retention_item (organisation_id, run_id, client_id, record_type, last_on, due_on, held)
    values (${organisationId}, ${id}, ${clientId}, 'adult', '2015-01-01', '2021-01-01', false)`;
  return { id, clientId };
}

async function holdOn(house: House) {
  const clientId = await house.anotherClient();
  return { id: uuidv7(), clientId, kind: "legal", reason: "A claim", reviewOn: "2099-01-01" };
}

const correction = ({ id, clientId }: { id: string; clientId: string }) => ({
  ...{ id, correctionId: uuidv7(), clientId, outcome: "noted", before: "Wrong", after: "Right" },
});

const contactFor = (house: Pick<House, "clientId" | "serviceId">, over: Partial<NewContactInput> = {}) => ({
  contacts: [
    {
      id: uuidv7(),
      clientId: house.clientId,
      serviceId: house.serviceId,
      occurredOn: dayOf(new Date()),
      channel: "phone",
      entries: [{ issueId: uuidv7(), need: "HOU-04", status: "new", severity: "low", ours: true }],
      ...over,
    } satisfies NewContactInput,
  ],
});

/** Not what anybody here signs in with. */
const bothFactors = { password: "not the password", code: "000000" };

const edit = (id: string, from: string | null = null) => ({
  id,
  editId: uuidv7(),
  changes: [{ field: "reference" as const, from, to: `Ref ${uuidv7()}` }],
});

const noteOn = (eventId: string) => ({
  id: uuidv7(),
  eventId,
  text: "It opened a week late",
  withdraws: false,
});

const actionFor = ({ clientId }: Pick<House, "clientId">) => ({
  id: uuidv7(),
  clientId,
  title: "Ring the council",
  dueOn: null,
  memberId: null,
});

const scoreFor = ({ clientId, instrumentId }: Pick<House, "clientId" | "instrumentId">) => ({
  id: uuidv7(),
  clientId,
  instrumentId,
  scoredOn: dayOf(new Date()),
  score: 4,
});

const declined = (clientId: string) => ({
  id: uuidv7(),
  clientId,
  answer: "declined" as const,
  answeredOn: dayOf(new Date()),
  how: "phone" as const,
});

const closing = (clientId: string, { serviceId }: Pick<House, "serviceId">) => ({
  id: uuidv7(),
  clientId,
  because: "finished" as const,
  serviceId,
  issues: [],
});
const reopening = (clientId: string) => ({ id: uuidv7(), clientId, because: "came-back" as const });

const referralFor = (house: Pick<House, "clientId" | "issueId">, to: object | null = null) => ({
  id: uuidv7(),
  clientId: house.clientId,
  to: to ?? { way: "email", name: "St Hilda's Food Bank", email: "door@hilda.test" },
  issues: [{ issueId: house.issueId }],
  share: ["name"],
  consent: { answer: "given", how: "phone", on: dayOf(new Date()) },
});

const colleague = () => ({ name: "New Colleague", email: `${uuidv7()}@new.test`, roles: ["caseworker"] });

const ownServiceFields = () => ({
  description: "Help with debt",
  phone: "01632 960 001",
  email: "",
  url: "",
  needs: ["MON-01"],
  areas: [],
  eligibility: "",
  minimumAge: null,
  maximumAge: null,
  opening: "",
  postcode: "",
});
const directoryFields = () => ({
  ...ownServiceFields(),
  name: "Made line",
  organisationName: "Made helpers",
  status: "active" as const,
});

const frameworkFields = () => ({
  ...{ id: uuidv7(), name: `Outcomes ${uuidv7()}`, funder: "A made fund", from: 0 },
  outcomes: [{ code: "A1", label: "People keep their home", needs: ["HOU-04"] }],
});
const storyFields = ({ clientId }: Pick<House, "clientId">) => ({
  ...{ id: uuidv7(), clientId, who: "Somebody we helped with debts", from: 0 },
  words: "They had stopped opening the post. Now they know what they owe, and whom to ring.",
});
const storyAnswer = (storyId: string) => ({
  ...{ id: uuidv7(), storyId, audiences: [], untilOn: null, how: "phone" as const },
  answeredOn: dayOf(new Date()),
});
const costFields = () => ({
  id: uuidv7(),
  fields: {
    ...{ name: `Cost ${uuidv7()}`, basis: "helped" as const, path: "*", value: 9, low: 8, high: 10 },
    ...{ source: "Made up", year: 2024, confidence: "low" as const },
  },
});

/** A session stays with the device that it began on. */
const DEVICE = uuidv7();

const templatePlanFor = (serviceId: string | null) => ({
  ...{ serviceId, audience: "team" as const, sections: ["needs" as const], framework: null, texts: {} },
});
const planFor = (serviceId: string | null) => ({
  ...{ ...templatePlanFor(serviceId), period: "y:2026", storyIds: [] },
});
const templateFor = (serviceId: string | null) => ({
  ...{ id: uuidv7(), name: `Quarterly ${uuidv7()}`, plan: templatePlanFor(serviceId) },
});

const programmeFields = () => ({
  id: uuidv7(),
  name: `Homes first ${uuidv7()}`,
  purpose: "For our joint funder",
});

const partyOf = async (house: House) => ({
  programmeId: await house.programme(),
  organisationId: await arrangeOrganisation(db, `Third ${uuidv7()}`),
});

const programmeSummaryOf = async (house: House) => ({
  id: uuidv7(),
  programmeId: await house.programme(),
  period: "q:2025-Q1",
  audience: "funder",
});

const STUDY_READERS: readonly Role[] = ["manager", "analyst", "officer"];
const STUDY_WRITERS: readonly Role[] = ["manager", "analyst"];
/** A call about a study in a state, of one's own and of theirs. */
const aboutStudy = (state: StudyState): Pick<Line, "own" | "other"> => {
  const about = async (house: House) => ({ id: (await house.study(state)).id });
  return { own: about, other: about };
};
const studyToSign = async (house: House) => ({
  organisationId: house.organisationId,
  id: (await house.study("ready")).id,
});
const questioned = async (house: House) => ({
  ...(await studyToSign(house)),
  question: "Which prison is meant?",
});
const studyUpload = async (house: House) => ({ uploadId: (await house.study("fixed")).uploadId });
const askedUpload = async (house: House) => ({
  id: (await house.study("fixed", wholePlan({ dataSetId: uuidv7() }))).id,
  uploadId: uuidv7(),
});
const readStudy = async (house: House) => ({ id: (await house.study("asked")).id, version: 1 });
const keptStudy = async (house: House) => ({
  ...{ id: (await house.study("draft")).id, version: 1 },
  plan: wholePlan({ intervention: "had two mentors" }),
});

const assetFields = () => ({
  id: uuidv7(),
  fields: {
    ...{
      name: `Register ${uuidv7()}`,
      owner: "Made team",
      place: "person" as const,
      detail: "full" as const,
    },
    ...{ restrictions: "", usedFor: "Casework", reviewedOn: "2026-01-01", agreementIds: [] },
  },
});
const valueActionFor = () => ({
  id: uuidv7(),
  fields: {
    ...{ name: "Ring before a first visit", group: "caseworker" as const, wanted: true },
    values: [...usualValues("caseworker", { place: "person", detail: "coded" })],
    costs: [...USUAL_COSTS],
  },
});

const affectedBy = ({ members }: Pick<House, "members">) => ({
  about: { kind: "member", id: members.caseworker.memberId },
  from: new Date("2026-11-01T00:00:00Z"),
  until: new Date("2026-11-02T00:00:00Z"),
});
const breachBy = (house: Pick<House, "members">) => ({
  ...{ ...affectedBy(house), id: uuidv7(), what: "lost-device", words: "A telephone was left on the bus." },
  awareAt: new Date("2026-11-03T00:00:00Z"),
});

const glassOn = (clientId: string, givingOrganisationId: number) => ({
  ...{ id: uuidv7(), clientId, givingOrganisationId, reason: "life-at-risk", hours: 1 },
  words: "They cannot be reached and have said that they will harm themselves.",
});

const looksAt = ({ clientId }: Pick<House, "clientId">) => ({
  ...{ about: { kind: "client", id: clientId }, from: "2026-01-01", to: "2027-12-31" },
});

const LINES: Readonly<Record<string, Line>> = {
  // Neither house has an agreement in force.
  "agreements.areaFigures": {
    may: ["caseworker", "manager", "commissioner", "analyst"],
    own: () => ({ place: "authority", purpose: "service-planning" }),
    answers: "NOT_FOUND",
  },
  "agreements.comment": {
    may: AGREEING,
    own: async (house) => ({ ...(await house.agreement()), commentId: uuidv7(), words: "Less, please." }),
    other: async (house) => ({ ...(await house.agreement()), commentId: uuidv7(), words: "Less, please." }),
  },
  "agreements.exportAreas": {
    may: ["caseworker", "manager", "commissioner", "analyst"],
    own: () => ({ place: "authority", purpose: "service-planning" }),
    answers: "NOT_FOUND",
  },
  "agreements.exportTerms": {
    recorded: false,
    may: AGREEING,
    own: (house) => house.agreement(),
    other: (house) => house.agreement(),
  },
  "agreements.list": { recorded: false, may: AGREEING },
  // What stands as a draft or a proposal has no version after it.
  "agreements.newVersion": {
    may: AGREEING,
    own: (house) => house.agreement(),
    other: (house) => house.agreement(),
    answers: "CONFLICT",
  },
  "agreements.possibleParties": { recorded: false, may: AGREEING, namesAll: true },
  "agreements.propose": {
    may: AGREEING,
    own: (house) => house.agreement(false),
    other: (house) => house.agreement(false),
  },
  "agreements.read": {
    recorded: false,
    may: AGREEING,
    own: (house) => house.agreement(),
    other: (house) => house.agreement(),
  },
  "agreements.saveDraft": {
    may: AGREEING,
    own: async (house) => ({ ...(await house.agreement(false)), terms: house.terms }),
    other: async (house) => ({ ...(await house.agreement(false)), terms: house.terms }),
  },
  "agreements.sign": {
    may: ["officer"],
    own: async (house) => ({ ...(await house.agreement()), hash: termsHash(house.terms) }),
    other: async (house) => ({ ...(await house.agreement()), hash: termsHash(house.terms) }),
  },
  "agreements.usable": { recorded: false, may: ["caseworker", "manager", "commissioner", "analyst"] },
  "agreements.use": {
    recorded: false,
    may: AGREEING,
    own: (house) => house.agreement(),
    other: (house) => house.agreement(),
  },
  "agreements.withdraw": {
    may: AGREEING,
    own: (house) => house.agreement(),
    other: (house) => house.agreement(),
  },
  "dataAssets.list": { recorded: false, may: AGREEING },
  "dataAssets.retire": {
    may: AGREEING,
    own: async (house) => ({ id: await house.dataAsset(), retired: true }),
    other: async (house) => ({ id: await house.dataAsset(), retired: true }),
  },
  "dataAssets.save": { may: AGREEING, own: () => assetFields() },
  "valueMap.list": {
    recorded: false,
    may: AGREEING,
    own: async (house) => ({ agreementId: (await house.agreement()).id }),
    other: async (house) => ({ agreementId: (await house.agreement()).id }),
  },
  "valueMap.remove": {
    may: AGREEING,
    own: async (house) => ({ agreementId: (await house.agreement()).id, id: uuidv7() }),
    other: async (house) => ({ agreementId: (await house.agreement()).id, id: uuidv7() }),
  },
  "valueMap.save": {
    may: AGREEING,
    own: async (house) => ({ agreementId: (await house.agreement()).id, ...valueActionFor() }),
    other: async (house) => ({ agreementId: (await house.agreement()).id, ...valueActionFor() }),
  },
  "actions.add": {
    may: CASEWORK,
    own: (house) => actionFor(house),
    other: (house) => actionFor(house),
  },
  "actions.change": {
    may: CASEWORK,
    own: ({ actionId }) => ({ id: actionId, title: "Ring the landlord", dueOn: null, memberId: null }),
    other: ({ actionId }) => ({ id: actionId, title: "Ours now", dueOn: null, memberId: null }),
  },
  "actions.finish": {
    may: CASEWORK,
    own: async (house) => ({ id: await house.anotherAction(), outcome: "done" }),
    other: ({ actionId }) => ({ id: actionId, outcome: "done" }),
  },
  "actions.ofClient": {
    may: CASEWORK,
    own: ({ clientId }) => ({ clientId }),
    other: ({ clientId }) => ({ clientId }),
  },
  "actions.reopen": {
    may: CASEWORK,
    own: ({ actionId }) => ({ id: actionId }),
    other: ({ actionId }) => ({ id: actionId }),
  },
  "audit.list": {
    may: ["officer"],
    own: () => ({}),
    other: ({ clientId }) => ({ subject: clientId }),
    foreign: "refused",
  },
  "audit.newPeople": { recorded: false, may: ["officer"] },
  "audit.state": { recorded: false, may: ["officer"] },
  "calendar.renew": { may: CASEWORK },
  "calendar.revoke": { may: CASEWORK },
  "calendar.status": { recorded: false, may: CASEWORK },
  "caseload.assign": {
    may: CASEWORK,
    own: ({ clientId, members }) => ({ id: uuidv7(), clientId, to: members.caseworker.memberId }),
    other: ({ clientId }) => ({ id: uuidv7(), clientId, to: null }),
  },
  "caseload.myDay": { may: CASEWORK },
  "caseload.people": {
    may: CASEWORK,
    own: () => ({ whose: "unassigned" }),
    other: ({ members }) => ({ whose: members.caseworker.memberId }),
  },
  "caseload.reassign": {
    may: ["manager"],
    own: ({ clientId }) => ({ id: uuidv7(), clientIds: [clientId], to: null }),
    other: ({ clientId }) => ({ id: uuidv7(), clientIds: [clientId], to: null }),
  },
  "caseload.setNotSeenDays": { may: CASEWORK, own: () => ({ days: 14 }) },
  "caseload.team": { may: ["manager"] },
  "caseload.workers": { may: ["manager"] },
  "caseload.undo": {
    may: ["manager"],
    own: async (house) => ({ id: await house.anotherMove() }),
    other: ({ moveId }) => ({ id: moveId }),
  },
  "change.areas": {
    recorded: false,
    may: FIGURES,
    own: () => ({ level: "district", node: "HOU", type: "quarter", event: null }),
  },
  "change.events": { recorded: false, may: FIGURES },
  "change.note": {
    may: ["commissioner", "officer"],
    own: async (house) => noteOn(await house.event()),
    other: async (house) => noteOn(await house.event()),
  },
  "change.places": { recorded: false, may: FIGURES, own: () => ({ level: "district" }) },
  "change.series": {
    recorded: false,
    may: FIGURES,
    own: () => ({ areas: [100_001], node: "HOU", type: "quarter", event: null }),
  },
  // No place has been loaded here.
  "change.write": {
    may: ["commissioner", "officer"],
    own: () => ({
      ...{ id: uuidv7(), kind: "other", title: "A pantry opens", happensOn: "2026-05-01", reason: "" },
      ...{ areas: [100_001], comparison: [], expected: [{ node: "BAS-01", direction: "fall" }] },
    }),
    answers: "BAD_REQUEST",
  },
  "clients.add": {
    may: CASEWORK,
    own: () => ({ id: uuidv7(), givenName: "Own", familyName: "Person" }),
  },
  "clients.close": {
    may: CASEWORK,
    own: async (house) => closing(await house.anotherClient(), house),
    other: async (house) => closing(house.clientId, house),
  },
  "clients.conflicts": {
    may: CASEWORK,
    other: ({ clientId }) => ({ clientId }),
    foreign: "refused",
  },
  "clients.contacts": {
    may: CASEWORK,
    own: ({ clientId }) => ({ clientId, before: "2099-01-01|1" }),
    other: ({ clientId }) => ({ clientId, before: "2099-01-01|1" }),
  },
  "clients.looks": {
    may: CASEWORK,
    own: ({ clientId }) => ({ clientId }),
    other: ({ clientId }) => ({ clientId }),
  },
  "clients.print": {
    may: CASEWORK,
    own: ({ clientId }) => ({ id: clientId }),
    other: ({ clientId }) => ({ id: clientId }),
  },
  "clients.record": {
    may: CASEWORK,
    own: ({ clientId }) => ({ id: clientId }),
    other: ({ clientId }) => ({ id: clientId }),
  },
  "clients.reopen": {
    may: CASEWORK,
    own: async (house) => reopening(await house.closedClient()),
    other: async (house) => reopening(await house.closedClient()),
  },
  "clients.edit": {
    may: CASEWORK,
    own: ({ clientId }) => edit(clientId),
    other: ({ clientId }) => edit(clientId),
  },
  "clients.settle": {
    may: CASEWORK,
    own: async (house) => ({ conflictId: await house.conflict(), choose: "kept" }),
    other: async (house) => ({ conflictId: await house.conflict(), choose: "proposed" }),
  },
  "clients.find": { may: CASEWORK, own: () => ({ text: "Zebedee" }) },
  "clients.findAsOfficer": { may: ["officer"], own: () => ({ text: "Zebedee" }) },
  "clients.get": {
    may: CASEWORK,
    own: ({ clientId }) => ({ id: clientId }),
    other: ({ clientId }) => ({ id: clientId }),
  },
  "clients.recent": { may: CASEWORK },
  "consents.list": {
    may: CASEWORK,
    own: ({ clientId }) => ({ clientId }),
    other: ({ clientId }) => ({ clientId }),
  },
  "consents.renewals": { may: CASEWORK },
  "consents.record": {
    may: CASEWORK,
    own: ({ clientId }) => declined(clientId),
    other: ({ clientId }) => declined(clientId),
  },
  "objections.list": {
    may: CASEWORK,
    own: ({ clientId }) => ({ clientId }),
    other: ({ clientId }) => ({ clientId }),
  },
  "objections.make": {
    may: CASEWORK,
    own: ({ clientId }) => ({ id: uuidv7(), clientId, against: "both" }),
    other: ({ clientId }) => ({ id: uuidv7(), clientId, against: "both" }),
  },
  "objections.takeBack": {
    may: CASEWORK,
    own: async (house) => ({ id: await house.objection(), clientId: house.clientId }),
    other: async (house) => ({ id: await house.objection(), clientId: house.clientId }),
  },
  "objections.waiting": { may: ["officer"] },
  "objections.decide": {
    may: ["officer"],
    own: async (house) => ({ id: await house.objection(), decision: "upheld" }),
    other: async (house) => ({ id: await house.objection(), decision: "upheld" }),
  },
  "recordingBasis.get": { may: ["caseworker", "manager", "officer"], recorded: false },
  "recordingBasis.set": {
    may: ["officer"],
    own: () => ({ purpose: "safeguarding", basis: "public-task", condition: "safeguarding" }),
  },
  "recordingBasis.setProfession": { may: ["officer"], own: () => ({ profession: "health" }) },
  "residents.code": {
    may: CASEWORK,
    own: ({ clientId }) => ({ clientId }),
    other: ({ clientId }) => ({ clientId }),
  },
  "residents.makeCode": {
    may: CASEWORK,
    own: ({ clientId }) => ({ clientId }),
    other: ({ clientId }) => ({ clientId }),
  },
  "residents.endCode": {
    may: CASEWORK,
    own: ({ clientId }) => ({ clientId }),
    other: ({ clientId }) => ({ clientId }),
  },
  // A code that opens nothing: what one opens is tried in residents.test.ts.
  "residents.open": { may: "everyone", own: () => NO_KEY },
  "residents.object": {
    may: "everyone",
    own: () => ({ key: NO_KEY, id: uuidv7(), against: "both" }),
  },
  "residents.takeBack": { may: "everyone", own: () => ({ key: NO_KEY, id: uuidv7() }) },
  "residents.ask": { may: "everyone", own: () => ({ key: NO_KEY, id: uuidv7(), kind: "access" }) },
  "contacts.get": {
    may: CASEWORK,
    own: ({ contactId }) => ({ id: contactId }),
    other: ({ contactId }) => ({ id: contactId }),
  },
  "contacts.log": {
    may: CASEWORK,
    own: (house) => contactFor(house),
    other: (house) => contactFor(house),
    foreign: "refused",
  },
  "contacts.removeNote": {
    may: ["manager"],
    own: async (house) => ({ id: await house.notedContact(), reason: "Names a neighbour" }),
    other: ({ contactId }) => ({ id: contactId, reason: "Not ours" }),
  },
  "contacts.void": {
    may: CASEWORK,
    own: async (house) => ({ id: await house.anotherContact(), reason: "Logged for somebody else" }),
    other: ({ contactId }) => ({ id: contactId, reason: "Not ours" }),
  },
  "crisisCards.list": { recorded: false, may: CASEWORK },
  "crisisCards.save": {
    may: ["manager"],
    own: () => ({ need: "BAS-01", title: "No food", words: "Ring the pantry.", phones: [] }),
  },
  "demo.runWeek": { recorded: false, may: everybody, answers: "NOT_FOUND" },
  "demo.status": { recorded: false, may: everybody },
  "desk.affected": { may: ["officer"], own: affectedBy, other: affectedBy },
  "desk.askable": { may: ["officer"] },
  "desk.breachStep": {
    may: ["officer"],
    own: () => ({ id: uuidv7(), step: "close" }),
    answers: "NOT_FOUND",
  },
  "desk.breaches": { may: ["officer"] },
  "desk.devices": { may: ["officer"] },
  "desk.disclosure": { recorded: false, may: ["officer"] },
  "desk.processing": { may: ["officer"] },
  "desk.principles": { may: ["officer"] },
  "desk.statePrinciple": {
    may: ["officer"],
    own: () => ({ frame: "caldicott", principle: "inform", words: "There is a page for it." }),
  },
  "desk.signProcessing": {
    may: ["officer"],
    own: () => ({ hash: "0".repeat(64), words: "I have read it." }),
    answers: "CONFLICT",
  },
  "desk.tryDisclosure": {
    recorded: false,
    may: ["officer"],
    own: () => ({ counts: Array(12).fill(20), samePeople: false, sensitive: false }),
  },
  // Nobody has agreed to anything here, so nothing can be opened; what opens and ends is tried in break-glass.test.ts.
  "desk.endGlass": { may: CASEWORK, own: () => ({ id: uuidv7() }), answers: "NOT_FOUND" },
  "desk.glassCases": { may: ["officer"] },
  "desk.glassParties": { recorded: false, may: CASEWORK },
  "desk.lookThroughGlass": { may: CASEWORK, own: () => ({ id: uuidv7() }), answers: "NOT_FOUND" },
  "desk.openBreach": { may: ["officer"], own: breachBy, other: breachBy },
  "desk.openGlass": {
    may: CASEWORK,
    own: ({ clientId }) => glassOn(clientId, theirs.organisationId),
    other: ({ clientId }) => glassOn(clientId, theirs.organisationId),
    answers: "CONFLICT",
  },
  "desk.ownGlass": { recorded: false, may: CASEWORK },
  "desk.reviewGlass": {
    may: ["officer"],
    own: () => ({ id: uuidv7(), verdict: "right", words: "It had to be." }),
    answers: "NOT_FOUND",
  },
  "desk.takeAffected": { may: ["officer"], own: affectedBy, other: affectedBy },
  "desk.takeOutLooks": { may: ["officer"], own: looksAt, other: looksAt },
  "desk.today": { may: ["officer"] },
  "desk.whoLooked": { may: ["officer"], own: looksAt, other: looksAt },
  "device.isRevoked": {
    recorded: false,
    may: "everyone",
    own: ({ members }) => ({ accountId: members.caseworker.accountId, deviceId: uuidv7() }),
  },
  "device.list": { may: "with a session" },
  "device.takeAlong": { may: CASEWORK, own: () => ({ known: null }) },
  "device.open": { may: "with a session", own: () => ({ deviceId: DEVICE, name: "Chrome on Android" }) },
  "device.revoke": {
    may: "with a session",
    own: () => ({ id: uuidv7() }),
    answers: "NOT_FOUND",
    other: ({ members }) => ({ id: members.caseworker.accountId }),
  },
  // One directory for all: what another organisation entered may be corrected here, so there is no foreign row to
  // refuse; who may take back what is tested in directory.test.ts.
  "directory.add": { may: DIRECTORY_MANAGERS, own: () => ({ id: uuidv7(), fields: directoryFields() }) },
  "directory.check": {
    may: DIRECTORY_MANAGERS,
    own: async (house) => ({ id: await house.directoryEntry() }),
  },
  "directory.edit": {
    may: DIRECTORY_MANAGERS,
    own: async (house) => ({ id: await house.directoryEntry(), changes: { phone: "01632 960 002" } }),
  },
  "directory.get": {
    recorded: false,
    may: DIRECTORY,
    own: async (house) => ({ id: await house.directoryEntry() }),
  },
  "directory.listService": {
    may: ["manager"],
    own: ({ serviceId }) => ({ serviceId, fields: ownServiceFields() }),
    other: ({ serviceId }) => ({ serviceId, fields: ownServiceFields() }),
  },
  "directory.ownServices": { recorded: false, may: ["manager"] },
  "directory.page": {
    recorded: false,
    may: DIRECTORY,
    own: async (house) => ({ id: await house.directoryEntry() }),
  },
  "directory.search": { recorded: false, may: DIRECTORY, own: () => ({ text: "debt" }) },
  "directory.undo": {
    may: DIRECTORY_MANAGERS,
    own: async (house) => ({ changeId: await house.directoryChange() }),
  },
  "directory.withdraw": {
    may: DIRECTORY_MANAGERS,
    own: async (house) => ({ id: await house.directoryEntry() }),
  },
  // Nobody is asked until a manager wants it, so there is no question to answer.
  "earlyHelp.answer": {
    may: CASEWORK,
    own: ({ clientId }) => ({ id: uuidv7(), clientId, answer: "agree", because: null }),
    other: ({ clientId }) => ({ id: uuidv7(), clientId, answer: "agree", because: null }),
    answers: "NOT_FOUND",
  },
  "earlyHelp.prompt": {
    recorded: false,
    may: CASEWORK,
    own: ({ clientId }) => ({ clientId }),
    other: ({ clientId }) => ({ clientId }),
  },
  "earlyHelp.set": { may: ["manager"], own: () => ({ isOn: false }) },
  "earlyHelp.setting": { recorded: false, may: ["manager"] },
  "instruments.add": {
    may: ["manager"],
    own: () => ({
      id: uuidv7(),
      name: `Scale ${uuidv7()}`,
      lowest: 0,
      highest: 10,
      step: 1,
      direction: "higher-better",
    }),
  },
  "instruments.close": {
    may: ["manager"],
    own: ({ instrumentId }) => ({ id: instrumentId, closed: false }),
    other: ({ instrumentId }) => ({ id: instrumentId, closed: true }),
  },
  "instruments.list": { recorded: false, may: CASEWORK },
  "instruments.record": {
    may: CASEWORK,
    own: (house) => scoreFor(house),
    other: (house) => scoreFor(house),
  },
  "instruments.scores": {
    may: CASEWORK,
    own: ({ clientId }) => ({ clientId }),
    other: ({ clientId }) => ({ clientId }),
  },
  "instruments.void": {
    may: CASEWORK,
    own: ({ scoreId }) => ({ id: scoreId, reason: "Read off the wrong line" }),
    other: ({ scoreId }) => ({ id: scoreId, reason: "Not ours" }),
  },
  "ownFrameworks.close": {
    may: ["manager"],
    own: async (house) => ({ id: await house.ownFramework(), closed: true }),
    other: async (house) => ({ id: await house.ownFramework(), closed: true }),
  },
  "ownFrameworks.list": { recorded: false, may: ["manager", "analyst"] },
  "ownFrameworks.readFile": {
    recorded: false,
    may: ["manager"],
    own: () => ({ text: "outcome,need\nPeople keep their home,HOU-04\n" }),
  },
  // An id of another organisation's is free here: ids are told apart by organisation.
  "ownFrameworks.save": { may: ["manager"], own: () => frameworkFields() },
  // An id of another organisation's programme is taken: nothing can be added under it.
  "programmes.add": { may: ["manager"], own: () => programmeFields() },
  "programmes.agree": {
    may: ["manager"],
    own: async (house) => ({ id: uuidv7(), programmeId: await house.programme() }),
    other: async (house) => ({ id: uuidv7(), programmeId: await house.programme() }),
  },
  // The names of organisations here are known to all of them, as those of their services are.
  "programmes.invitable": { recorded: false, may: ["manager"], namesAll: true },
  "programmes.invite": {
    may: ["manager"],
    own: async (house) => partyOf(house),
    other: async (house) => partyOf(house),
  },
  "programmes.leave": {
    may: ["manager"],
    own: async (house) => ({ programmeId: await house.programme() }),
    other: async (house) => ({ programmeId: await house.programme() }),
  },
  "programmes.list": { recorded: false, may: ["manager", "analyst"] },
  // Nobody agrees here yet.
  "programmes.make": {
    may: ["manager"],
    own: async (house) => programmeSummaryOf(house),
    other: async (house) => programmeSummaryOf(house),
    answers: "BAD_REQUEST",
  },
  "programmes.withdraw": {
    may: ["manager"],
    own: async (house) => partyOf(house),
    other: async (house) => partyOf(house),
  },
  "studies.approve": { may: ["manager", "officer"], own: readStudy, other: readStudy },
  "studies.ask": { may: STUDY_WRITERS, ...aboutStudy("draft") },
  "studies.askUpload": { may: STUDY_WRITERS, own: askedUpload, other: askedUpload },
  "studies.begin": { may: STUDY_WRITERS, own: () => ({ id: uuidv7() }) },
  "studies.get": { may: STUDY_READERS, ...aboutStudy("ready") },
  "studies.list": { recorded: false, may: STUDY_READERS },
  "studies.publish": { may: ["manager"], ...aboutStudy("signed") },
  "studies.question": { may: ["analyst"], own: questioned, other: questioned },
  "studies.readiness": { may: STUDY_READERS, ...aboutStudy("draft") },
  "studies.return": {
    may: ["manager", "officer"],
    own: async (house) => ({ id: (await house.study("asked")).id, because: "The days are wrong" }),
    other: async (house) => ({ id: (await house.study("asked")).id, because: "The days are wrong" }),
  },
  "studies.save": { may: STUDY_WRITERS, own: keptStudy, other: keptStudy },
  "studies.sign": { may: ["analyst"], own: studyToSign, other: studyToSign },
  "studies.start": { may: STUDY_WRITERS, ...aboutStudy("fixed") },
  "studies.takeBack": { may: STUDY_WRITERS, ...aboutStudy("asked") },
  "studies.toSign": { may: ["analyst"] },
  "studies.toSignOne": { may: ["analyst"], own: studyToSign, other: studyToSign },
  "studies.upload": { recorded: false, may: STUDY_WRITERS, own: studyUpload, other: studyUpload },
  "studies.withdraw": { may: STUDY_WRITERS, ...aboutStudy("draft") },
  "dataSets.askUpload": { may: ["analyst"], own: uploadOfDataSet },
  // What outcome data there is, and whose, is known to every organisation here.
  "dataSets.get": {
    recorded: false,
    may: DATA_SET_READERS,
    own: async (house) => ({ id: await house.dataSet() }),
  },
  "dataSets.holding": { recorded: false, may: DATA_SET_READERS },
  "dataSets.list": { recorded: false, may: DATA_SET_READERS, namesAll: true },
  "dataSets.load": { recorded: false, may: ["analyst"], own: () => ({ uploadId: uuidv7() }) },
  "dataSets.withdraw": {
    may: ["analyst"],
    own: async (house) => ({ id: await house.dataSet() }),
    other: async (house) => ({ id: await house.dataSet() }),
  },
  "organisations.letHold": {
    may: ["administrator"],
    own: ({ organisationId }) => ({ organisationId, holds: true }),
  },
  "summaries.finish": {
    may: ["manager"],
    own: ({ serviceId }) => ({ id: uuidv7(), plan: planFor(serviceId) }),
    other: ({ serviceId }) => ({ id: uuidv7(), plan: planFor(serviceId) }),
  },
  "summaries.get": {
    may: ["manager", "analyst"],
    own: ({ readySummaryId }) => ({ id: readySummaryId }),
    other: ({ readySummaryId }) => ({ id: readySummaryId }),
  },
  "summaries.list": { recorded: false, may: ["manager", "analyst"] },
  "summaries.options": { recorded: false, may: ["manager", "analyst"] },
  "summaries.preview": {
    may: ["manager", "analyst"],
    own: ({ serviceId }) => planFor(serviceId),
    other: ({ serviceId }) => planFor(serviceId),
  },
  // What is being made already is given instead of a new version: nothing happens that could be recorded.
  "summaries.remake": {
    recorded: false,
    may: ["manager"],
    own: ({ summaryId }) => ({ id: uuidv7(), of: summaryId }),
    other: ({ summaryId }) => ({ id: uuidv7(), of: summaryId }),
  },
  "summaries.schedules.list": { recorded: false, may: ["manager", "analyst"] },
  "summaries.schedules.save": {
    may: ["manager"],
    own: ({ serviceId }) => ({ ...templateFor(serviceId), every: "quarter" }),
    other: ({ serviceId }) => ({ ...templateFor(serviceId), every: "quarter" }),
  },
  "summaries.schedules.stop": {
    may: ["manager"],
    own: async (house) => ({ id: await house.summarySchedule() }),
    other: async (house) => ({ id: await house.summarySchedule() }),
  },
  "summaries.templates.list": { recorded: false, may: ["manager", "analyst"] },
  "summaries.templates.remove": {
    may: ["manager"],
    own: async (house) => ({ id: await house.summaryTemplate() }),
    other: async (house) => ({ id: await house.summaryTemplate() }),
  },
  "summaries.templates.save": {
    may: ["manager"],
    own: ({ serviceId }) => templateFor(serviceId),
    other: ({ serviceId }) => templateFor(serviceId),
  },
  // Without an agreement there is no list, and no row of one.
  "lists.act": {
    may: CASEWORK,
    own: (house) => ({
      ...{ id: uuidv7(), listId: uuidv7(), row: 1, clientId: null, kind: "visit", words: null },
      ...{ memberId: house.members.caseworker.memberId, dueOn: dayOf(new Date()) },
    }),
    answers: "NOT_FOUND",
  },
  "lists.actions": { may: CASEWORK },
  "lists.actionsStand": { recorded: false, may: CASEWORK, own: () => ({ before: [uuidv7()], after: [] }) },
  "lists.choices": { recorded: false, may: SHARING },
  "lists.close": {
    may: CASEWORK,
    own: () => ({ id: uuidv7(), outcome: "done", words: null }),
    answers: "NOT_FOUND",
  },
  "lists.doers": { recorded: false, may: CASEWORK },
  "lists.effect": { may: CASEWORK, own: () => ({ id: uuidv7(), lookId: uuidv7() }), answers: "NOT_FOUND" },
  "lists.export": { may: SHARING, own: anyList, answers: "NOT_FOUND" },
  "lists.make": { may: SHARING, own: anyList, answers: "NOT_FOUND" },
  "lists.stands": { recorded: false, may: SHARING, own: () => ({ id: uuidv7() }) },
  "sharing.digest": { may: ["officer"], own: () => ({ since: dayOf(new Date()) }) },
  "sharing.knownTo": { may: SHARING, own: lookFor, other: lookFor },
  // A look that is not the member's own is as if it were not there.
  "sharing.passOnYes": {
    may: CASEWORK,
    own: () => ({ lookId: uuidv7(), how: "phone" }),
    other: () => ({ lookId: uuidv7(), how: "phone" }),
    answers: "NOT_FOUND",
  },
  "sharing.person": { may: SHARING, own: lookFor, other: lookFor },
  "sharing.stands": { recorded: false, may: SHARING, own: () => ({ id: uuidv7() }) },
  "stories.confirm": {
    may: ["manager"],
    own: async (house) => ({ id: await house.storyBy("caseworker"), revision: 1, read: true }),
    other: async (house) => ({ id: await house.storyBy("caseworker"), revision: 1, read: true }),
  },
  "stories.consent": {
    may: CASEWORK,
    own: async (house) => storyAnswer(await house.storyBy("manager")),
    other: async (house) => storyAnswer(await house.storyBy("manager")),
  },
  "stories.get": {
    may: CASEWORK,
    own: async (house) => ({ id: await house.storyBy("manager") }),
    other: async (house) => ({ id: await house.storyBy("manager") }),
  },
  "stories.list": { may: CASEWORK },
  "stories.lookOver": {
    may: CASEWORK,
    own: (house) => ({ ...storyFields(house), words: "They were glad." }),
    other: (house) => ({ ...storyFields(house), words: "They were glad." }),
  },
  "stories.retire": {
    may: CASEWORK,
    own: async (house) => ({ id: await house.storyBy("manager") }),
    other: async (house) => ({ id: await house.storyBy("manager") }),
  },
  "stories.save": {
    may: CASEWORK,
    own: (house) => storyFields(house),
    other: (house) => storyFields(house),
  },
  "unitCosts.close": {
    may: ["manager"],
    own: async (house) => ({ id: await house.unitCost(), closed: true }),
    other: async (house) => ({ id: await house.unitCost(), closed: true }),
  },
  "unitCosts.import": {
    may: ["manager"],
    own: () => ({
      text: `name,counted_by,value,low,high,source,year,confidence\nCost ${uuidv7()},helped,9,8,10,Made up,2024,low\n`,
    }),
  },
  "unitCosts.list": { recorded: false, may: ["manager", "analyst"] },
  "unitCosts.save": { may: ["manager"], own: () => costFields() },
  "coverage.areas": { recorded: false, may: COMPARING },
  "coverage.beside": {
    recorded: false,
    may: COMPARING,
    own: () => ({ area: 200_001, node: "HOU", period: "q:2026-Q1", indicator: null }),
    answers: "NOT_FOUND",
  },
  "coverage.card": {
    recorded: false,
    may: FIGURES,
    own: () => ({ area: 200_001, period: "q:2026-Q1" }),
    answers: "NOT_FOUND",
  },
  "coverage.panels": {
    recorded: false,
    may: COMPARING,
    own: () => ({ area: 200_001, node: "HOU", type: "quarter" }),
    answers: "NOT_FOUND",
  },
  "together.choices": { recorded: false, may: COMPARING },
  "together.alike": {
    recorded: false,
    may: COMPARING,
    own: () => ({ area: 200_001, period: "q:2026-Q1" }),
    answers: "NOT_FOUND",
  },
  "together.pairs": {
    recorded: false,
    may: COMPARING,
    own: () => ({ area: 200_001, period: "q:2026-Q1" }),
    answers: "NOT_FOUND",
  },
  "map.card": {
    recorded: false,
    may: FIGURES,
    own: () => ({ area: 100_001, node: "HOU", period: "q:2026-Q1" }),
    answers: "NOT_FOUND",
  },
  "map.figures": {
    recorded: false,
    may: FIGURES,
    own: () => ({ level: "district", node: "HOU", period: "q:2026-Q1" }),
    answers: "NOT_FOUND",
  },
  "map.areas": {
    recorded: false,
    may: FIGURES,
    own: () => ({ level: "district", year: 2026, version: "" }),
    answers: "NOT_FOUND",
  },
  "map.gradients": {
    recorded: false,
    may: FIGURES,
    own: () => ({ node: "HOU", period: "q:2026-Q1", whole: false }),
    answers: "NOT_FOUND",
  },
  "map.options": { recorded: false, may: FIGURES },
  "map.patch": { recorded: false, may: FIGURES, own: () => ({ level: "sector", period: "q:2026-Q1" }) },
  "map.places": { recorded: false, may: FIGURES, own: () => ({ text: "Sunderland" }) },
  "map.series": {
    recorded: false,
    may: FIGURES,
    own: () => ({ area: 100_001, node: "HOU", type: "quarter" }),
    answers: "NOT_FOUND",
  },
  "map.slices": {
    recorded: false,
    may: FIGURES,
    own: () => ({ area: 200_001, node: "HOU", period: "q:2026-Q1" }),
    answers: "NOT_FOUND",
  },
  "members.end": {
    may: ["manager", "administrator"],
    own: async (house) => ({ id: await house.anotherMember() }),
    other: ({ members }) => ({ id: members.caseworker.memberId }),
  },
  "members.places": {
    may: ["manager", "administrator"],
    own: ({ members }) => ({ id: members.caseworker.memberId }),
    other: ({ members }) => ({ id: members.caseworker.memberId }),
  },
  "members.resetSecondFactor": {
    may: ["manager", "administrator"],
    own: async (house) => ({ id: await house.anotherMember() }),
    other: ({ members }) => ({ id: members.caseworker.memberId }),
  },
  "members.revokePlace": {
    may: ["manager", "administrator"],
    own: ({ members }) => ({ memberId: members.caseworker.memberId, id: uuidv7() }),
    other: ({ members }) => ({ memberId: members.caseworker.memberId, id: uuidv7() }),
    answers: "NOT_FOUND",
  },
  "members.held": {
    may: ["manager", "administrator"],
    own: ({ members }) => ({ id: members.caseworker.memberId }),
    other: ({ members }) => ({ id: members.caseworker.memberId }),
  },
  "members.invite": {
    may: ["manager", "administrator"],
    own: () => colleague(),
    other: ({ serviceId }) => ({ ...colleague(), serviceId }),
    foreign: "refused",
  },
  "members.list": { may: ["manager", "administrator"] },
  "organisations.add": {
    may: ["administrator"],
    own: () => ({
      name: `Organisation ${uuidv7()}`,
      manager: { name: "First", email: `${uuidv7()}@new.test` },
    }),
  },
  "organisations.list": { recorded: false, may: ["administrator"] },
  "password.check": { recorded: false, may: "everyone", own: () => ({ token: "made-up" }) },
  "password.request": { may: "everyone", own: () => ({ email: "nobody@nowhere.test" }) },
  "password.set": {
    may: "everyone",
    own: async (house) => ({ token: await house.passwordToken(), password: "three quiet rivers" }),
  },
  "places.note": { recorded: false, may: CASEWORK, own: () => ({ postcode: "SR1 3AA" }) },
  "referrals.destinations": {
    may: CASEWORK,
    own: ({ clientId }) => ({ clientId, needs: ["HOU-04"] }),
    other: ({ clientId }) => ({ clientId, needs: ["HOU-04"] }),
  },
  "referrals.due": { may: CASEWORK },
  "referrals.endLinks": {
    may: CASEWORK,
    own: async (house) => ({ id: await house.sentReferral() }),
    other: ({ sentReferralId }) => ({ id: sentReferralId }),
  },
  "referrals.entries": {
    may: CASEWORK,
    own: ({ sentReferralId }) => ({ id: sentReferralId }),
    other: ({ receivedReferralId }) => ({ id: receivedReferralId }),
  },
  "referrals.get": {
    may: CASEWORK,
    own: ({ sentReferralId }) => ({ id: sentReferralId }),
    other: ({ receivedReferralId }) => ({ id: receivedReferralId }),
  },
  "referrals.list": { may: CASEWORK, own: () => ({ box: "received", show: "all" }) },
  "referrals.mailAgain": {
    may: CASEWORK,
    own: ({ sentReferralId }) => ({ id: sentReferralId }),
    answers: "BAD_REQUEST",
  },
  "referrals.makeLink": {
    may: CASEWORK,
    own: async (house) => ({ id: await house.sentReferral() }),
    other: ({ sentReferralId }) => ({ id: sentReferralId }),
  },
  "referrals.ofClient": {
    may: CASEWORK,
    own: ({ clientId }) => ({ clientId }),
    other: ({ clientId }) => ({ clientId }),
  },
  "referrals.openLink": {
    may: "everyone",
    own: async (house) => ({ token: await house.referralToken() }),
  },
  "referrals.send": {
    may: CASEWORK,
    own: (house) => referralFor(house),
    other: (house) => referralFor(house),
  },
  "referrals.step": {
    may: CASEWORK,
    own: async (house) => ({ id: await house.sentReferral(), eventId: uuidv7(), step: "accepted" }),
    other: ({ receivedReferralId }) => ({ id: receivedReferralId, eventId: uuidv7(), step: "started" }),
  },
  "referrals.stepLink": {
    may: "everyone",
    own: async (house) => ({
      ...{ token: await house.referralToken(), eventId: uuidv7(), step: "accepted" },
      name: "Maureen Bell",
    }),
  },
  "referrals.takeOn": {
    may: CASEWORK,
    own: async (house) => ({ id: await house.receivedReferral(), clientId: uuidv7() }),
    other: ({ receivedReferralId }) => ({ id: receivedReferralId, clientId: uuidv7() }),
  },
  "rights.acknowledge": {
    may: ["officer"],
    own: async (house) => ({ id: (await rightsRequest(house, "complaint")).id }),
    other: async (house) => ({ id: (await rightsRequest(house, "complaint")).id }),
  },
  "rights.answer": {
    may: ["officer"],
    own: async (house) => ({ id: (await rightsRequest(house, "access")).id, outcome: "withdrawn" }),
    other: async (house) => ({ id: (await rightsRequest(house, "access")).id, outcome: "withdrawn" }),
  },
  "rights.decideErasure": {
    may: ["officer"],
    own: async (house) => ({
      ...{ id: (await rightsRequest(house, "erase")).id, purpose: "stories", decision: "erase" },
    }),
    other: async (house) => ({
      ...{ id: (await rightsRequest(house, "erase")).id, purpose: "stories", decision: "erase" },
    }),
  },
  "rights.decideWords": {
    may: ["officer"],
    own: (house) => rightsWords(house),
    other: (house) => rightsWords(house),
  },
  "rights.decided": {
    may: ["officer"],
    own: async (house) => ({ id: (await rightsRequest(house, "erase")).id }),
    other: async (house) => ({ id: (await rightsRequest(house, "erase")).id }),
  },
  "rights.endReview": {
    may: ["officer"],
    own: async (house) => ({ ...(await retentionRun(house)), clientId: undefined, confirmed: false }),
    other: async (house) => ({ ...(await retentionRun(house)), clientId: undefined, confirmed: false }),
  },
  "rights.erase": {
    may: ["officer"],
    own: (house) => decidedErasure(house),
    other: (house) => decidedErasure(house),
  },
  "rights.extend": {
    may: ["officer"],
    own: async (house) => ({ id: (await rightsRequest(house, "access")).id, because: "complex" }),
    other: async (house) => ({ id: (await rightsRequest(house, "access")).id, because: "complex" }),
  },
  "rights.finishPack": {
    may: ["officer"],
    own: async (house) => ({ id: (await rightsRequest(house, "access")).id }),
    other: async (house) => ({ id: (await rightsRequest(house, "access")).id }),
  },
  "rights.get": {
    may: ["officer"],
    own: async (house) => ({ id: (await rightsRequest(house, "access")).id }),
    other: async (house) => ({ id: (await rightsRequest(house, "access")).id }),
  },
  "rights.keepItem": {
    may: ["officer"],
    own: async (house) => ({ ...(await retentionRun(house)), because: "needed" }),
    other: async (house) => ({ ...(await retentionRun(house)), because: "needed" }),
  },
  "rights.liftHold": {
    may: ["officer"],
    own: async (house) => ({ id: await rightsHold(house) }),
    other: async (house) => ({ id: await rightsHold(house) }),
  },
  "rights.list": { may: ["officer"] },
  "rights.makeRun": {
    may: ["officer"],
    own: async ({ organisationId }) => {
      await db.administrator`
        update governance.retention_run set state = 'cancelled' where organisation_id = ${organisationId}`;
      return { id: uuidv7() };
    },
  },
  "rights.noteTold": {
    may: ["officer"],
    own: (house) => rightsRecipient(house),
    other: (house) => rightsRecipient(house),
  },
  "rights.notices": {
    may: CASEWORK,
    own: ({ clientId }) => ({ clientId }),
    other: ({ clientId }) => ({ clientId }),
  },
  "rights.object": {
    may: ["officer"],
    own: (house) => rightsObjection(house),
    other: (house) => rightsObjection(house),
  },
  "rights.open": {
    may: ["officer"],
    own: () => ({
      ...{ id: uuidv7(), kind: "access", receivedOn: "2026-01-05", way: "letter", askerKind: "self" },
      asker: "Somebody at the door",
    }),
  },
  "rights.pack": {
    may: ["officer"],
    own: async (house) => ({ id: (await rightsRequest(house, "access")).id }),
    other: async (house) => ({ id: (await rightsRequest(house, "access")).id }),
  },
  "rights.pause": {
    may: ["officer"],
    own: async (house) => ({ id: (await rightsRequest(house, "access")).id, because: "identity" }),
    other: async (house) => ({ id: (await rightsRequest(house, "access")).id, because: "identity" }),
  },
  "rights.placeHold": {
    may: ["officer"],
    own: (house) => holdOn(house),
    other: (house) => holdOn(house),
  },
  "rights.rectify": {
    may: ["officer"],
    own: async (house) => correction(await rightsRequest(house, "rectify")),
    other: async (house) => correction(await rightsRequest(house, "rectify")),
  },
  "rights.resume": {
    may: ["officer"],
    own: (house) => pausedRequest(house),
    other: (house) => pausedRequest(house),
  },
  "rights.retention": { may: ["officer"] },
  "rights.seeNotice": {
    may: CASEWORK,
    own: (house) => rightsNotice(house),
    other: (house) => rightsNotice(house),
  },
  "rights.setIdentity": {
    may: ["officer"],
    own: async (house) => ({ id: (await rightsRequest(house, "access")).id, way: "known" }),
    other: async (house) => ({ id: (await rightsRequest(house, "access")).id, way: "known" }),
  },
  "rights.setPerson": {
    may: ["officer"],
    own: async (house) => ({
      ...{ id: (await rightsRequest(house, "access")).id, clientId: house.clientId, isTheirs: true },
    }),
    other: async (house) => ({
      ...{ id: (await rightsRequest(house, "access")).id, clientId: house.clientId, isTheirs: true },
    }),
  },
  "rights.setRule": {
    may: ["officer"],
    own: () => ({ recordType: "adult", months: 84, source: "Our policy" }),
  },
  // A pair is masked and of no one organisation: whoever is a steward anywhere here may decide it (reviewing.test.ts).
  "reviews.decide": {
    may: ["steward"],
    own: async (house) => ({ id: await house.review(), evidenceNo: 1, says: "same" }),
  },
  "reviews.departed": { may: ["steward"] },
  "reviews.get": { may: ["steward"], own: async (house) => ({ id: await house.review() }) },
  "reviews.own": { may: ["steward"] },
  "reviews.quality": { may: ["steward", "officer"] },
  "reviews.queue": { may: ["steward"] },
  "reviews.takeBack": {
    may: ["steward"],
    own: async (house) => ({ id: await house.spokenReview() }),
  },
  "secondFactor.begin": { recorded: false, may: "with a session" },
  "secondFactor.change": { may: "with a session", own: () => bothFactors, answers: "BAD_REQUEST" },
  // Nothing waits to be confirmed in this session.
  "secondFactor.confirm": { may: "with a session", own: () => ({ code: "000000" }), answers: "CONFLICT" },
  "secondFactor.renewRecoveryCodes": {
    may: "with a session",
    own: () => bothFactors,
    answers: "BAD_REQUEST",
  },
  "secondFactor.state": { recorded: false, may: "with a session" },
  "services.add": { may: ["manager"], own: () => ({ name: `Service ${uuidv7()}` }) },
  "services.get": {
    recorded: false,
    may: ["caseworker", "manager", "officer", "analyst"],
    own: ({ serviceId }) => ({ id: serviceId }),
    other: ({ serviceId }) => ({ id: serviceId }),
  },
  "services.list": { recorded: false, may: ["caseworker", "manager", "officer", "analyst"] },
  "services.setNeeds": {
    may: ["manager"],
    own: ({ serviceId }) => ({ id: serviceId, needs: ["HOU-04"] }),
    other: ({ serviceId }) => ({ id: serviceId, needs: [] }),
  },
  "services.setTeam": {
    may: ["manager"],
    own: ({ serviceId }) => ({
      id: serviceId,
      team: { name: "Front desk", phone: "01632 960001", email: "" },
    }),
    other: ({ serviceId }) => ({ id: serviceId, team: { name: "", phone: "", email: "" } }),
  },
  "session.alive": { recorded: false, may: "with a session" },
  "session.challenge": { recorded: false, may: "with a session" },
  "session.choose": {
    recorded: false,
    may: "with a session",
    answers: "NOT_FOUND",
    own: ({ organisationId }) => ({ organisationId }),
    other: ({ organisationId }) => ({ organisationId }),
  },
  "session.demoAccounts": { recorded: false, may: "everyone" },
  "session.lock": { may: "with a session" },
  "session.me": { recorded: false, may: everybody },
  "session.memberships": { recorded: false, may: "with a session" },
  "session.offeredSignIns": { recorded: false, may: "everyone" },
  "session.signOutEverywhere": { may: "with a session" },
  "session.stepUp": { may: "with a session", own: () => ({ code: "000000" }) },
  "session.stepUpState": { recorded: false, may: "with a session" },
  "session.unlock": { may: "with a session", own: () => ({ password: "not the password" }) },
  "session.waitingCode": { recorded: false, may: "everyone", own: () => ({ token: "not sealed here" }) },
  // An administrator sets these for any organisation; none here has a sign-in of its own.
  "sso.link": {
    may: ["administrator"],
    own: ({ organisationId, members }) => ({
      ...{ organisationId, memberId: members.caseworker.memberId, code: "BBBB-BBBB" },
    }),
    answers: "BAD_REQUEST",
  },
  "sso.read": { may: ["administrator"], own: ({ organisationId }) => ({ organisationId }) },
  "sso.save": {
    may: ["administrator"],
    own: ({ organisationId }) => ({
      ...{ organisationId, issuer: "http://login.test", clientId: "common-need", clientSecret: "secret" },
    }),
    answers: "BAD_REQUEST",
  },
  "sso.turnOff": {
    may: ["administrator"],
    own: ({ organisationId }) => ({ organisationId }),
    answers: "NOT_FOUND",
  },
  "sso.unlink": {
    may: ["administrator"],
    own: ({ organisationId, members }) => ({ organisationId, memberId: members.caseworker.memberId }),
    answers: "NOT_FOUND",
  },
};

/** tRPC keeps the procedures of all routers in one record, by path. */
const procedures = Object.keys(appRouter._def.procedures).sort();
let ours: House;
let theirs: House;

async function build(name: string): Promise<House> {
  const organisationId = await arrangeOrganisation(db, name);
  const email = (role: string) => `${role}-${organisationId}@matrix.test`;
  const entries = await Promise.all(
    ROLES.map(
      async (role) =>
        [
          role,
          await arrangeMember(db, organisationId, [role], { name: `${name} ${role}`, email: email(role) }),
        ] as const,
    ),
  );
  const members = Object.fromEntries(entries) as Record<Role, Actor>;
  const asManager = contextFor(db, members.manager);
  const manager = createCaller(asManager);
  const partner = await arrangeOrganisation(db, `Partner ${uuidv7()}`);
  const terms = termsBetween(organisationId, partner, [
    { place: "person", detail: "known-to", group: "caseworker", rests: "consent" },
  ]);
  const service = await manager.services.add({ name: `${name} service` });
  const clientId = uuidv7();
  const dateOfBirth = "1984-05-31";
  await manager.clients.add({ id: clientId, givenName: "Zebedee", familyName: name, dateOfBirth });
  const issueId = uuidv7();
  const [actionId, instrumentId, scoreId] = [uuidv7(), uuidv7(), uuidv7()];
  const house = {
    ...{ organisationId, name, members, serviceId: service.id, clientId, contactId: "", issueId },
    ...{ actionId, instrumentId, scoreId },
  };
  await manager.actions.add({ ...actionFor(house), id: actionId, title: `${name} action` });
  await manager.instruments.add({
    ...{ id: instrumentId, name: `${name} scale`, lowest: 0, highest: 10, step: 1 },
    direction: "higher-better",
  });
  await manager.instruments.record({ ...scoreFor(house), id: scoreId });
  const log = async (over: Partial<NewContactInput> = {}) => {
    const { contacts } = contactFor(house, over);
    await manager.contacts.log({ contacts });
    return contacts[0]?.id ?? "";
  };
  const contactId = await log({
    entries: [{ issueId, need: "HOU-04", status: "new", severity: "low", ours: true }],
  });
  const summaryId = uuidv7();
  await manager.summaries.finish({ id: summaryId, plan: planFor(service.id) });
  const readySummaryId = uuidv7();
  await manager.summaries.finish({ id: readySummaryId, plan: planFor(service.id) });
  await db.administrator`update casework.summary set state = 'ready' where id = ${readySummaryId}`;
  const move = async () => {
    const id = uuidv7();
    await manager.clients.add({ id, givenName: "Zebedee", familyName: name });
    const to = members.caseworker.memberId;
    return (await manager.caseload.reassign({ id: uuidv7(), clientIds: [id], to })).id ?? "";
  };
  const anotherClient = async () => {
    const id = uuidv7();
    await manager.clients.add({ id, givenName: "Zebedee", familyName: name });
    return id;
  };
  const review = async () => {
    const [a, b] = [await anotherClient(), await anotherClient()].map((clientId) => ({
      organisationId,
      clientId,
    }));
    if (!a || !b) throw new Error("No pair");
    return arrangeReview(db, weighed([a, b], LIKELY, 0.9));
  };
  const sentReferral = async () => {
    const { id } = await manager.referrals.send(sendReferralSchema.parse(referralFor(house)));
    return id;
  };
  const receivedReferral = () => referTo({ organisationId, serviceId: service.id }, members.manager);
  return {
    ...house,
    contactId,
    moveId: await move(),
    sentReferralId: await sentReferral(),
    receivedReferralId: await receivedReferral(),
    sentReferral,
    receivedReferral,
    referralToken: async () => {
      const { link } = await manager.referrals.makeLink({ id: await sentReferral() });
      return link.split("/").at(-1) ?? "";
    },
    objection: async () => {
      const id = uuidv7();
      await db.administrator`
        insert into governance.objection (organisation_id, id, client_id, against, made_through)
        values (${organisationId}, ${id}, ${clientId}, 'counting', 'client')`;
      return id;
    },
    anotherContact: () => log(),
    notedContact: () => log({ note: "Met with Mrs Neighbour" }),
    anotherClient,
    review,
    spokenReview: async () => {
      const id = await review();
      const steward = createCaller(contextFor(db, members.steward));
      await steward.reviews.decide({ id, evidenceNo: 1, says: "cannot-tell" });
      return id;
    },
    closedClient: async () => {
      const id = await anotherClient();
      await manager.clients.close(closing(id, { serviceId: service.id }));
      return id;
    },
    anotherAction: async () => (await manager.actions.add(actionFor(house))).id,
    anotherMove: move,
    conflict: async () => {
      const id = uuidv7();
      await manager.clients.add({ id, givenName: "Zebedee", familyName: name, reference: "First" });
      await manager.clients.edit(edit(id, "Another"));
      const [conflict] = await manager.clients.conflicts({ clientId: id });
      return conflict?.id ?? "";
    },
    passwordToken: async () => {
      const { accountId } = await arrangeMember(db, organisationId, ["caseworker"]);
      const link = await inTransaction(nobody(), ({ db }) => makePasswordLink(db, accountId, "invitation"));
      return new URL(link).searchParams.get("token") ?? "";
    },
    event: async () => {
      const id = uuidv7();
      await db.administrator`
        insert into reference.event_marker
          (id, organisation_id, organisation_name, kind, title, happens_on, areas, comparison, expected, reason,
           written_on)
        values (${id}, ${organisationId}, 'Somebody', 'other', 'Something', '2026-05-01', '{100001}', '{}',
          '[{"node":"HOU","direction":"rise"}]', '', '2026-04-01')`;
      return id;
    },
    summaryId,
    readySummaryId,
    summaryTemplate: async () => {
      const template = templateFor(null);
      await manager.summaries.templates.save(template);
      return template.id;
    },
    summarySchedule: async () => {
      const schedule = { ...templateFor(null), every: "month" as const };
      await manager.summaries.schedules.save(schedule);
      return schedule.id;
    },
    ownFramework: async () => (await manager.ownFrameworks.save(frameworkFields())).id,
    storyBy: async (role) => {
      const writer = createCaller(contextFor(db, members[role]));
      return (await writer.stories.save(storyFields(house))).id;
    },
    agreement: async (proposed = true) => {
      const made = { id: uuidv7(), version: 1 };
      await saveDraft(asManager, { ...made, terms });
      if (proposed) await proposeAgreement(asManager, made);
      return made;
    },
    terms,
    programme: async () => (await manager.programmes.add(programmeFields())).id,
    dataAsset: async () => (await manager.dataAssets.save(assetFields())).id,
    unitCost: async () => (await manager.unitCosts.save(costFields())).id,
    study: async (state, plan = wholePlan({ serviceId: service.id })) => {
      const [id, uploadId] = [uuidv7(), uuidv7()];
      const isFixed = state !== "draft" && state !== "asked";
      const { analyst, manager: seconder } = members;
      await db.administrator`
        insert into lab.study (organisation_id, id, number, state, plan, made_by, asked_by, asked_at, seconded_by, fixed_at,
                               canonical, plan_hash, holder_organisation_id, upload_id, numbers, ready_at, signed_at)
        select ${organisationId}, ${id}, count(*) + 1, ${state}, ${db.administrator.json(plan)},
               ${seconder.memberId}, ${state === "draft" ? null : isFixed ? seconder.memberId : analyst.memberId}, now(),
               ${isFixed ? members.officer.memberId : null}, now(), ${isFixed ? "{}" : null}, ${isFixed ? "00" : null},
               ${isFixed ? organisationId : null}, ${isFixed ? uploadId : null},
               ${state === "ready" || state === "signed" ? db.administrator.json({}) : null}, now(),
               ${state === "signed" ? new Date() : null}
        from lab.study where organisation_id = ${organisationId}`;
      if (isFixed) {
        await db.administrator`
          insert into lab.upload (organisation_id, id, kind, subject_id, asked_by)
          values (${organisationId}, ${uploadId}, 'cohort', ${id}, ${seconder.memberId})`;
      }
      return { id, uploadId };
    },
    dataSet: async () => {
      const codebook = { ...CODEBOOK, name: `Outcomes ${uuidv7()}` };
      const person = "1,Ann,Other,1980-01-02,F,,2024-01-02,44,theft,North";
      const { dataSetId } = await arrangeDataSet(db, organisationId, [person], [], codebook);
      return dataSetId ?? "";
    },
    directoryEntry: async () => {
      const { id } = await manager.directory.add({ id: uuidv7(), fields: directoryFields() });
      return id;
    },
    directoryChange: async () => {
      const { id } = await manager.directory.add({ id: uuidv7(), fields: directoryFields() });
      await manager.directory.edit({ id, changes: { phone: "01632 960 003" } });
      const { changes } = await manager.directory.page({ id });
      return changes[0]?.id ?? "";
    },
    anotherMember: async () => (await arrangeMember(db, organisationId, ["caseworker"])).memberId,
  };
}

/** A referral of somebody from a third organisation, which the receiver has accepted. */
async function referTo(to: { organisationId: number; serviceId: string }, receiver: Actor): Promise<string> {
  const third = await arrangeTeam(db, `Third ${uuidv7()}`);
  const contact = aContact(third);
  await logContacts(third.ctx, [contact]);
  const referral = sendReferralSchema.parse(
    referralFor(
      { clientId: contact.clientId, issueId: contact.entries[0]?.issueId ?? "" },
      { way: "platform", ...to },
    ),
  );
  await sendReferral(third.ctx, referral);
  await createCaller(contextFor(db, receiver)).referrals.step({
    id: referral.id,
    eventId: uuidv7(),
    step: "accepted",
  });
  return referral.id;
}

beforeAll(async () => {
  ours = await build("Quokka Advice");
  theirs = await build("Narwhal Housing");
});

beforeEach(async () => {
  await db.administrator`delete from casework.throttle`;
});

/** Calls a procedure by its path; what it gives back, or the code and name of the refusal. */
async function call(
  ctx: Ctx,
  path: string,
  input: unknown,
): Promise<{ data: unknown } | { code: string; because: unknown }> {
  let at: unknown = createCaller(ctx);
  for (const word of path.split(".")) at = Reflect.get(at as object, word);
  try {
    return { data: await (at as (input: unknown) => Promise<unknown>)(input) };
  } catch (error) {
    if (error instanceof TRPCError) return { code: error.code, because: error.cause ?? error.message };
    throw error;
  }
}

/** A call by a member in a session of their own, who has just shown that it is they, as it comes over the wire. */
async function contextIn(actor: Actor): Promise<Ctx> {
  const { sessionId } = await steppedUp(db, actor);
  const session = {
    id: sessionId,
    accountId: actor.accountId,
    name: actor.name,
    email: "somebody@matrix.test",
    deviceId: null,
  };
  const caller = { session, signedOut: null, address: "192.0.2.1", device: "test" };
  return makeContext({ app: db.app, reader: db.reader }, { ...actor, sessionId }, caller);
}

/** What the audit says of one call. */
const entriesOf = (ctx: Ctx) =>
  db.administrator<{ action: string }[]>`
    select action from governance.audit_entry where request_id = ${ctx.requestId}`;

const nobody = (): Ctx => makeContext({ app: db.app, reader: db.reader }, null);
const lineOf = (path: string): Line => LINES[path] ?? { may: [] };
const isRefusal = (code: string) => code === "FORBIDDEN" || code === "UNAUTHORIZED";

test("every procedure has a line, and every line its procedure", () => {
  expect(Object.keys(LINES).sort()).toEqual(procedures);
});

test("every procedure names its action", () => {
  for (const path of procedures) {
    const meta = [path, "_def", "meta"].reduce<unknown>(
      (at, name) =>
        typeof at === "object" || typeof at === "function" ? Reflect.get(at ?? {}, name) : undefined,
      appRouter._def.procedures,
    );
    expect({ path, meta }).toEqual({ path, meta: { action: expect.any(String) } });
  }
});

/** How a call ended, as a word where it is the one expected; else whole, for whoever reads the difference. */
function outcome(answer: Awaited<ReturnType<typeof call>>, expected: string): unknown {
  return ("code" in answer ? answer.code : "answered") === expected ? expected : answer;
}

/** What a call is about: made anew for each who may, once for all who may not, who change nothing of it. */
function askedOf(input: Input | undefined, house: House): (isAllowed: boolean) => unknown {
  let refused: unknown;
  return (isAllowed) => {
    if (isAllowed) return input?.(house);
    refused ??= input?.(house);
    return refused;
  };
}

describe.each(procedures)("%s", (path) => {
  const { may, own, other, foreign = "not found", answers, recorded = true } = lineOf(path);
  const isAllowed = (role: Role) => typeof may === "string" || may.includes(role);

  test("each role, in their own organisation", async () => {
    const asked = askedOf(own, ours);
    for (const role of ROLES) {
      const expected = isAllowed(role) ? (answers ?? "answered") : "FORBIDDEN";
      const input = await asked(isAllowed(role));
      const ctx = await contextIn(ours.members[role]);
      const answer = await call(ctx, path, input);
      expect({ role, ended: outcome(answer, expected) }).toEqual({ role, ended: expected });
      const entries = await entriesOf(ctx);
      if (!isAllowed(role)) expect({ role, entries }).toEqual({ role, entries: [] });
      else if (recorded && "data" in answer) expect({ role, entries }).not.toEqual({ role, entries: [] });
    }
  });

  test("somebody who is not signed in, or has chosen no organisation", async () => {
    const asked = askedOf(own, ours);
    const stranger = await call(nobody(), path, await asked(may === "everyone"));
    if (may === "everyone") expect(stranger).toHaveProperty("data");
    else expect(stranger).toMatchObject({ code: "UNAUTHORIZED" });

    const input = await asked(typeof may === "string");
    const ctx = { ...(await contextIn(ours.members.manager)), actor: null };
    const answer = await call(ctx, path, input);
    if (typeof may !== "string") expect(answer).toMatchObject({ code: "UNAUTHORIZED" });
    else if ("code" in answer) expect(answer.code).toBe(answers ?? "NOT_FOUND");
    else expect(answer).toHaveProperty("data");
  });

  if (other) {
    test("each role, about another organisation", async () => {
      const asked = askedOf(other, theirs);
      for (const role of ROLES) {
        const input = await asked(isAllowed(role));
        const answer = await call(await contextIn(ours.members[role]), path, input);
        if (isAllowed(role) && foreign === "refused") expectNothingForeign({ role, answer });
        else {
          const expected = isAllowed(role) ? "NOT_FOUND" : "FORBIDDEN";
          expect({ role, ended: outcome(answer, expected) }).toEqual({ role, ended: expected });
        }
      }
    });
  }
});

/** Their ids and names, none of which may show in an answer to us. */
function foreignTexts(): string[] {
  const { organisationId: _, ...texts } = theirs;
  const people = Object.values(theirs.members).flatMap((member) => [member.memberId, member.accountId]);
  return [...Object.values(texts).filter((text) => typeof text === "string"), ...people];
}

function expectNothingForeign(answer: unknown, sent?: unknown): void {
  const asked = JSON.stringify(sent ?? null);
  const text = JSON.stringify(answer, (name, value) => {
    // Whom an entry of our own audit names is what our own members asked about, known to them or not.
    if (name === "subjects") return undefined;
    return typeof value === "bigint" ? String(value) : value;
  });
  for (const foreign of foreignTexts()) {
    // What the caller sent may come back to them; what they did not know may not.
    if (!asked.includes(foreign)) expect(text).not.toContain(foreign);
  }
}

/** The column that says whose a row is, by table; of a pair that of the lower client. Some tables are nobody's. */
async function ownerColumns(): Promise<ReadonlyMap<string, string>> {
  const rows = await db.administrator<{ table: string; column: string }[]>`
    select table_schema || '.' || table_name as table, column_name as column
    from information_schema.columns where column_name in ('organisation_id', 'organisation_id_a')`;
  return new Map(rows.map(({ table, column }) => [table, column]));
}

/** Everything that is theirs, in one value that changes with any of it. */
async function fingerprint(): Promise<Record<string, unknown>> {
  const prints: Record<string, unknown> = {};
  const columns = await ownerColumns();
  for (const [table, line] of Object.entries(TABLES)) {
    const column = line.column ?? columns.get(table);
    if (column === undefined || (line.rows !== "organisation" && !line.owner)) continue;
    const [row] = await db.administrator.unsafe(
      `select count(*)::int as rows, md5(string_agg(t::text, '|' order by t::text)) as print from ${table} as t where ${column} = $1`,
      [theirs.organisationId],
    );
    prints[table] = row;
  }
  return prints;
}

describe("with the first wall taken away, row-level security alone", () => {
  const withoutWall = async (actor: Actor): Promise<Ctx> => ({
    ...(await contextIn(actor)),
    decide: () => ({ allow: true }),
  });

  test.each(ROLES)("shows a %s no foreign row and lets none be changed", async (role) => {
    // What a call is about is arranged first, also on their side; from then on nothing of theirs may change.
    const asked: { path: string; input: unknown }[] = [];
    for (const path of procedures) {
      // Administrators add organisations and see their names: that is their work, and Postgres checks who they are.
      if (path.startsWith("organisations.") && role === "administrator") continue;
      const { own, other } = lineOf(path);
      asked.push({ path, input: await own?.(ours) });
      if (other) asked.push({ path, input: await other(theirs) });
    }
    const before = await fingerprint();
    for (const { path, input } of asked) {
      const answer = await call(await withoutWall(ours.members[role]), path, input);
      expectNothingForeign({ path, answer }, lineOf(path).namesAll ? [input, theirs.name] : input);
      if ("code" in answer)
        expect({ path, role, refused: isRefusal(answer.code) && mayAct(path, role) }).toEqual({
          path,
          role,
          refused: false,
        });
    }
    expect(await fingerprint()).toEqual(before);
  });

  test("does not let a manager act as an administrator", async () => {
    const ctx = await withoutWall(ours.members.manager);
    expect(await call(ctx, "organisations.list", undefined)).toEqual({
      data: [expect.objectContaining({ name: ours.name })],
    });
    const own = await lineOf("organisations.add").own?.(ours);
    expect(await call(ctx, "organisations.add", own)).toMatchObject({ code: "INTERNAL_SERVER_ERROR" });
  });

  test("hides a foreign row even from a query that forgets to ask whose it is", async () => {
    for (const [table, line] of Object.entries(TABLES)) {
      if (line.rows !== "organisation" || !line.app?.startsWith("select")) continue;
      const [row] = await db.app.begin(async (tx) => {
        await tx`select set_config('app.organisation_id', ${String(ours.organisationId)}, true)`;
        return tx.unsafe(
          `select count(*)::int as n from ${table} where ${line.column ?? "organisation_id"} <> ${ours.organisationId}`,
        );
      });
      expect({ table, foreign: row?.["n"] }).toEqual({ table, foreign: 0 });
    }
  });
});

/** Whether the line lets a role act at all; what is refused beyond that is a rule of the room, not of the wall. */
function mayAct(path: string, role: Role): boolean {
  const { may } = lineOf(path);
  return typeof may === "string" || may.includes(role);
}
