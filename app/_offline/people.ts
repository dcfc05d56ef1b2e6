/**
 * The people on a device: those who are carried, with what was said and changed of them here since, and those who were
 * added here and have not been sent yet. Pure.
 */
import { isOpenStatus } from "../../server/domain/issue";
import type { ShownIssue } from "../../server/domain/profile";
import type { ProfileChangeInput } from "../../server/domain/profile-edit";
import { addressAfter } from "../../server/domain/profile-terms";
import type { CarriedPerson } from "../../server/domain/take-along";
import type { FieldPerson } from "./device-state";
import { type Item, type Ledger, latestOf, type Work } from "./ledger";

type ContactWork = Extract<Work, { kind: "contact" }>;
type ProfileWork = Extract<Work, { kind: "profile" }>;

/** `since`: the place in the ledger up to which the carried people know what was sent. */
export function peopleOf(carried: readonly CarriedPerson[], ledger: Ledger, since: number): FieldPerson[] {
  const people = new Map(carried.map((person) => [person.id, fieldPerson(person)]));
  const voided = voidedIn(ledger);
  for (const item of ledger.items.values()) {
    const { work } = item;
    if (work.kind === "profile") {
      const known = people.get(work.clientId);
      if (known) people.set(work.clientId, afterEdit(known, item, work, since));
      continue;
    }
    if (work.kind !== "contact" || work.contact.anonymous || !countsHere(item, since) || voided.has(work.id))
      continue;
    const known = people.get(work.clientId) ?? newcomer(work);
    if (!known) continue;
    // The one met last comes first after those who are looked after.
    people.set(
      work.clientId,
      afterContact({ ...known, unsent: known.unsent && item.state !== "sent" }, work),
    );
  }
  return [...people.values()];
}

/** Somebody as the server tells of them, before anything that was said here. */
export const fieldPerson = (person: CarriedPerson): FieldPerson => ({
  ...UNTOLD,
  ...person,
  unsent: false,
  changed: [],
});

/** What a device may not have been told of somebody, by a server of an earlier version. */
const UNTOLD = { sex: "not-known", address: null, homeIsSecret: false, conflicts: [] } as const;

/** Somebody whom the device does not carry, with what was changed of them here. */
export function withEdits(person: FieldPerson, ledger: Ledger, since: number): FieldPerson {
  let shown = person;
  for (const item of ledger.items.values()) {
    const { work } = item;
    if (work.kind === "profile" && work.clientId === person.id) shown = afterEdit(shown, item, work, since);
  }
  return shown;
}

/** What was refused, or fights with another value, does not stand, and waits in the outbox for its maker. */
function afterEdit(person: FieldPerson, item: Item, { edit }: ProfileWork, since: number): FieldPerson {
  if (item.state === "parked" || !countsHere(item, since)) return person;
  const stands = edit.changes.filter(({ field }) => !(field in (item.verdict?.fields ?? {})));
  const after = stands.reduce(withChange, person);
  if (item.state === "sent") return after;
  return { ...after, changed: [...new Set([...person.changed, ...stands.map(({ field }) => field)])] };
}

/** What a device knows of somebody's details. */
type KnownDetails = Pick<
  CarriedPerson,
  | "givenName"
  | "familyName"
  | "dateOfBirth"
  | "sex"
  | "place"
  | "address"
  | "homeIsSecret"
  | "phone"
  | "email"
  | "reference"
>;

/** Details after a change; numbers such as an NHS number are not carried. */
export function withChange<D extends KnownDetails>(known: D, change: ProfileChangeInput): D {
  switch (change.field) {
    case "givenName":
    case "familyName":
      return { ...known, [change.field]: change.to ?? "" };
    case "dateOfBirth":
    case "address":
    case "phone":
    case "email":
    case "reference":
      return { ...known, [change.field]: change.to || null };
    case "homeIsSecret":
      return { ...known, homeIsSecret: change.to };
    case "sex":
      return { ...known, sex: change.to };
    case "place":
      return { ...known, place: change.to, address: addressAfter(known, change.to) };
    default:
      return known;
  }
}

function voidedIn(ledger: Ledger): ReadonlySet<string> {
  return new Set(
    [...ledger.items.values()].flatMap(({ work, state }) =>
      work.kind === "void" && state !== "undone" && state !== "removed" ? [work.contactId] : [],
    ),
  );
}

/** It stands, and the carried people do not know of it yet. */
function countsHere(item: Item, since: number): boolean {
  if (item.state === "waiting" || item.state === "parked") return true;
  return item.state === "sent" && latestOf(item) > since;
}

function newcomer({ clientId, contact: { newClient } }: ContactWork): FieldPerson | null {
  if (!newClient) return null;
  const place = newClient.place ?? { kind: "unknown" as const };
  return {
    id: clientId,
    givenName: newClient.givenName ?? "",
    familyName: newClient.familyName ?? "",
    dateOfBirth: newClient.dateOfBirth ?? null,
    sex: newClient.sex ?? "not-known",
    reference: newClient.reference ?? null,
    place,
    address: newClient.address ?? null,
    homeIsSecret: false,
    phone: newClient.phone ?? null,
    email: newClient.email ?? null,
    assignedToMe: false,
    lastContactOn: null,
    openIssues: [],
    sharing: "not-asked",
    conflicts: [],
    unsent: true,
    changed: [],
  };
}

function afterContact(person: FieldPerson, { contact }: ContactWork): FieldPerson {
  const { occurredOn, consent } = contact;
  const issues = new Map(person.openIssues.map((issue) => [issue.id, issue]));
  for (const { issueId, need, status, severity, ours, label } of contact.entries) {
    const known = issues.get(issueId);
    const course = [...(known?.course ?? []), { contactId: contact.id, occurredOn, status, severity }];
    const open = isOpenStatus(status);
    const issue: ShownIssue = {
      id: issueId,
      need,
      label: known?.label ?? label ?? null,
      status,
      open,
      severity,
      ours,
      course,
    };
    if (open) issues.set(issueId, issue);
    else issues.delete(issueId);
  }
  const isLatest = person.lastContactOn === null || occurredOn > person.lastContactOn;
  return {
    ...person,
    lastContactOn: isLatest ? occurredOn : person.lastContactOn,
    openIssues: [...issues.values()],
    sharing: consent === "given" || consent === "declined" ? consent : person.sharing,
  };
}
