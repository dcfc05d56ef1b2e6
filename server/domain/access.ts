/**
 * Who may do what: the one place where a right is given.
 * `decide` is pure. Every procedure names its action; row-level security is the second wall behind it.
 */

export const ROLES = [
  "caseworker",
  "manager",
  "commissioner",
  "analyst",
  "officer",
  "steward",
  "administrator",
] as const;
export type Role = (typeof ROLES)[number];

/** Whether a text is a role: for rows, whose arrays say only that they hold texts. */
export const isRole = (text: string): text is Role => ROLES.some((role) => role === text);

export const ROLE_LABELS: Readonly<Record<Role, string>> = {
  caseworker: "Caseworker",
  manager: "Manager",
  commissioner: "Commissioner",
  analyst: "Analyst",
  officer: "Information governance officer",
  steward: "Link steward",
  administrator: "Administrator",
};

/** What a right asks about. `own` rights hold inside the actor's organisation only. */
interface Rule {
  roles: readonly Role[] | "anyone signed in" | "everyone";
  /** False for what belongs to no organisation, such as published figures. */
  own: boolean;
}

const casework: Rule = { roles: ["caseworker", "manager"], own: true };
const managing: Rule = { roles: ["manager"], own: true };

/** Every action of the product. A procedure names one of these in its meta. */
export const ACTIONS = {
  "session.use": { roles: "anyone signed in", own: false },
  "session.start": { roles: "everyone", own: false },
  "password.set": { roles: "everyone", own: false },
  "client.find": casework,
  "client.read": casework,
  "client.add": casework,
  "client.edit": casework,
  "client.close": casework,
  "consent.record": casework,
  /** What a client objected to: an officer's decision. */
  "objection.decide": { roles: ["officer"], own: true },
  /** Gives a client a code to their own page. */
  "resident-code.make": casework,
  /** Whoever holds a code and knows the date of birth: what they may see hangs on both. */
  "resident.by-code": { roles: "everyone", own: false },
  /** On which basis the organisation holds what it records, and what kind of organisation it is. */
  "basis.read": { roles: ["caseworker", "manager", "officer"], own: true },
  "basis.set": { roles: ["officer"], own: true },
  "contact.log": casework,
  "contact.void": casework,
  "contact.remove-note": managing,
  "client.assign": casework,
  "action.read": casework,
  "action.write": casework,
  "caseload.read": casework,
  "caseload.manage": managing,
  "calendar.own": casework,
  "crisis-card.read": casework,
  "crisis-card.manage": managing,
  "instrument.read": casework,
  "instrument.manage": managing,
  "score.read": casework,
  "score.write": casework,
  "directory.read": { roles: ["caseworker", "manager", "administrator"], own: true },
  "directory.manage": { roles: ["manager", "administrator"], own: true },
  "directory.list-service": managing,
  "referral.read": casework,
  "referral.send": casework,
  "referral.answer": casework,
  /** Whoever holds the link of a referral: what they may see hangs on the link. */
  "referral.by-link": { roles: "everyone", own: false },
  "service.read": { roles: ["caseworker", "manager", "officer", "analyst"], own: true },
  "service.manage": managing,
  "member.read": { roles: ["manager", "administrator"], own: true },
  "member.manage": { roles: ["manager", "administrator"], own: true },
  "organisation.manage": { roles: ["administrator"], own: false },
  "impact.read": { roles: ["manager", "analyst"], own: true },
  "impact.manage": managing,
  /** Every contact with its exact day and its need, and a code for the person: personal data, though without names. */
  "records.take": managing,
  /** A funder's outcomes and costs of one outcome, for summaries. */
  "framework.read": { roles: ["manager", "analyst"], own: true },
  "framework.manage": managing,
  "unit-cost.read": { roles: ["manager", "analyst"], own: true },
  "unit-cost.manage": managing,
  "story.read": casework,
  "story.write": casework,
  /** Says that nobody can be known by a story; never one's own. */
  "story.check": managing,
  /** Organisations that agreed to be counted together. */
  "programme.read": { roles: ["manager", "analyst"], own: true },
  "programme.manage": managing,
  /** What outcome data there is to choose from: codebooks, never anybody in them. */
  "data-set.read": { roles: ["manager", "analyst", "officer"], own: true },
  /** Loads outcome data for its holder, and takes it back. */
  "data-set.manage": { roles: ["analyst"], own: true },
  /** Studies of the data lab: their plans and what may be said, no names. */
  "study.read": { roles: ["manager", "analyst", "officer"], own: true },
  "study.write": { roles: ["manager", "analyst"], own: true },
  /** The second person's yes: never of whoever asked. */
  "study.approve": { roles: ["manager", "officer"], own: true },
  /** For the holder of the data that a study was done in. */
  "study.sign": { roles: ["analyst"], own: true },
  "study.publish": managing,
  "figures.read": { roles: ["commissioner", "manager", "analyst", "officer", "caseworker"], own: false },
  "figures.read-need-at-sector": { roles: ["commissioner"], own: false },
  /** Who reports where, and which needs come together: more than a map asks for at the front line. */
  "figures.compare": { roles: ["commissioner", "manager", "analyst", "officer"], own: false },
  /** Says what happened on a day, and what was expected of it: read by all who read figures. */
  "event.write": { roles: ["commissioner", "officer"], own: true },
  /** Agreements to share: their terms and signatures, for those who answer for them. */
  "agreement.read": { roles: ["officer", "manager"], own: true },
  "agreement.write": { roles: ["officer", "manager"], own: true },
  "agreement.sign": { roles: ["officer"], own: true },
  /** Looks that an agreement opens: what exactly they show hangs on the agreement. */
  "agreement.use": { roles: ["caseworker", "manager", "commissioner", "analyst"], own: true },
  /** What other organisations share by agreement of a person, or of places; the agreement's cells decide how much. */
  "sharing.look": { roles: ["caseworker", "manager", "analyst"], own: true },
  /** Lists of places and own clients by agreement, and what is done at one of them. */
  "list.make": { roles: ["caseworker", "manager", "analyst"], own: true },
  "list.act": casework,
  "audit.read": { roles: ["officer"], own: true },
  /** Emergency access, where an agreement in force allows it. */
  "break-glass.open": casework,
  "break-glass.review": { roles: ["officer"], own: true },
  /** The officer's desk: what waits, breaches, what the organisation answers for. */
  "desk.use": { roles: ["officer"], own: true },
  /** By name, date of birth or reference, to look after their rights: no need and no contact is shown. */
  "client.find-as-officer": { roles: ["officer"], own: true },
  /** Requests about rights, packs, erasing, holds and retention runs. */
  "rights.manage": { roles: ["officer"], own: true },
  /** Pairs of any organisations here, masked, under the joint-controller agreement. */
  "review.decide": { roles: ["steward"], own: false },
  "review.quality": { roles: ["steward", "officer"], own: false },
  "demo.run-week": { roles: "anyone signed in", own: false },
} as const satisfies Record<string, Rule>;

export type Action = keyof typeof ACTIONS;

/** What a manager may make somebody; the roles that reach beyond one organisation's work are given by administrators. */
const GRANTED_BY_MANAGERS: readonly Role[] = ["caseworker", "manager", "analyst"];

/** Whether somebody with the first roles may give, or take away, all of the others. */
export function mayGrant(own: readonly Role[], given: readonly Role[]): boolean {
  if (own.includes("administrator")) return true;
  return own.includes("manager") && given.every((role) => GRANTED_BY_MANAGERS.includes(role));
}

export interface AccessActor {
  organisationId: number;
  roles: readonly Role[];
}

/** What an action is about: the organisation that owns it, or null where nobody does. */
export interface Resource {
  organisationId: number | null;
}

export type Decision = { allow: true } | { allow: false; reason: "not-signed-in" | "role" | "not-yours" };

/** Whether an actor may take an action on a resource. Anything not allowed here is refused. */
export function decide(actor: AccessActor | null, action: Action, resource: Resource): Decision {
  const rule: Rule = ACTIONS[action];
  if (rule.roles === "everyone") return { allow: true };
  if (!actor) return { allow: false, reason: "not-signed-in" };
  const inRole = rule.roles === "anyone signed in" || actor.roles.some((role) => rule.roles.includes(role));
  if (!inRole) return { allow: false, reason: "role" };
  if (rule.own && resource.organisationId !== actor.organisationId) {
    return { allow: false, reason: "not-yours" };
  }
  return { allow: true };
}
