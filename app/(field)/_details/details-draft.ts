/**
 * Somebody's details as the worker types them, and what is changed by that. Pure: the draft becomes the changes that
 * `clients.edit` takes, each with the value it began from, or says by field what must be put right. The server decides
 * by the same rules (`server/client-edits.ts`).
 */
import type { Place } from "../../../server/domain/client";
import {
  DETAIL_LENGTHS,
  emailProblem,
  hasUnwanted,
  NAME_NEEDED,
  phoneProblem,
  type Sex,
  UNWANTED_FOUND,
} from "../../../server/domain/client-terms";
import { parsePostcode } from "../../../server/domain/geography";
import { type Day, dayInWords } from "../../../server/domain/period";
import type { EditClientInput, ProfileChangeInput } from "../../../server/domain/profile-edit";
import { DETAIL_FIELDS, type DetailField, sameValue } from "../../../server/domain/profile-terms";
import type { FieldPerson } from "../../_offline/device-state";
import { withChange } from "../../_offline/people";
import { readBirth } from "../_app/birth";

/** What stands in a field of the device's person. */
export type KnownDetails = Pick<FieldPerson, DetailField>;

/** What is typed, as it is typed. */
export interface DetailsDraft {
  givenName: string;
  familyName: string;
  birth: string;
  sex: Sex;
  postcode: string;
  noFixedAddress: boolean;
  address: string;
  homeIsSecret: boolean;
  phone: string;
  email: string;
  reference: string;
}

/** What is being typed, and the details that it began from. */
export interface Typing {
  from: KnownDetails;
  draft: DetailsDraft;
}

export type Faults = Readonly<Partial<Record<DetailField, string>>>;

export type DetailsReading =
  | { ok: true; changes: readonly ProfileChangeInput[] }
  | { ok: false; faults: Faults };

/** The draft that changes nothing. */
export function draftOf(person: KnownDetails): DetailsDraft {
  const { givenName, familyName, dateOfBirth, sex, place, address, homeIsSecret, phone, email, reference } =
    person;
  return {
    givenName,
    familyName,
    birth: dateOfBirth ? dayInWords(dateOfBirth) : "",
    sex,
    postcode: place.kind === "postcode" ? place.postcode : "",
    noFixedAddress: place.kind === "no-fixed-address",
    address: address ?? "",
    homeIsSecret,
    phone: phone ?? "",
    email: email ?? "",
    reference: reference ?? "",
  };
}

/** Whether house and street go with the place that stood beside them: no fixed address now, or no postcode any more. */
export const leavesAddress = ({ from, draft }: Typing): boolean =>
  draft.noFixedAddress || (from.place.kind === "postcode" && draft.postcode.trim() === "");

/** The draft of changes that were not accepted, over what stands now. */
export function draftOfEdit(
  person: KnownDetails,
  { changes }: Pick<EditClientInput, "changes">,
): DetailsDraft {
  return draftOf(changes.reduce(withChange, person));
}

const REACHED_BY = [
  ["phone", phoneProblem],
  ["email", emailProblem],
] as const;

const HOW_TO_WRITE = "Write it like 14 3 1984, or leave it empty.";
const WHOLE_DATES =
  "Only a whole date is kept here. If you know the year alone, say it in the note of a contact.";

/** What a draft changes, or what must be put right first. `today`: by the installation, else by the device. */
export function readDetails({ from: person, draft }: Typing, today: Day): DetailsReading {
  const faults: { -readonly [Field in DetailField]?: string } = {};
  const givenName = draft.givenName.trim();
  const familyName = draft.familyName.trim();
  if (givenName === "" && familyName === "") faults.familyName = NAME_NEEDED;

  let dateOfBirth: Day | null = null;
  // What stood there is not read again: a record may hold a date that is asked for differently today.
  if (draft.birth === draftOf(person).birth) dateOfBirth = person.dateOfBirth;
  else {
    const born = readBirth(draft.birth, today, HOW_TO_WRITE);
    if (born.kind === "day") dateOfBirth = born.day;
    if (born.kind === "fault") faults.dateOfBirth = born.words;
    if (born.kind === "year") faults.dateOfBirth = WHOLE_DATES;
  }

  let place: Place = { kind: "unknown" };
  if (draft.noFixedAddress) place = { kind: "no-fixed-address" };
  else if (draft.postcode.trim() !== "") {
    const reading = parsePostcode(draft.postcode);
    if (reading.ok) place = { kind: "postcode", postcode: reading.postcode };
    else faults.place = reading.reason;
  }

  const after: KnownDetails = {
    givenName,
    familyName,
    dateOfBirth,
    sex: draft.sex,
    place,
    address: leavesAddress({ from: person, draft }) ? null : draft.address.trim() || null,
    homeIsSecret: draft.homeIsSecret,
    phone: draft.phone.trim() || null,
    email: draft.email.trim() || null,
    reference: draft.reference.trim() || null,
  };
  for (const field of ["givenName", "familyName", "address", "phone", "email", "reference"] as const) {
    const text = after[field] ?? "";
    if (hasUnwanted(text)) faults[field] = UNWANTED_FOUND;
    else if (text.length > DETAIL_LENGTHS[field]) {
      faults[field] = `Keep this to ${DETAIL_LENGTHS[field]} characters.`;
    }
  }
  // What stood there is not read again, as with the date.
  for (const [field, problemOf] of REACHED_BY) {
    const problem = after[field] === person[field] ? null : problemOf(after[field] ?? "");
    if (problem) faults[field] ??= problem;
  }
  if (Object.keys(faults).length > 0) return { ok: false, faults };
  return { ok: true, changes: changesBetween(person, after) };
}

function changesBetween(from: KnownDetails, to: KnownDetails): ProfileChangeInput[] {
  const all: readonly ProfileChangeInput[] = [
    { field: "givenName", from: from.givenName, to: to.givenName },
    { field: "familyName", from: from.familyName, to: to.familyName },
    { field: "dateOfBirth", from: from.dateOfBirth, to: to.dateOfBirth },
    { field: "sex", from: from.sex, to: to.sex },
    { field: "place", from: from.place, to: to.place },
    { field: "address", from: from.address, to: to.address },
    { field: "homeIsSecret", from: from.homeIsSecret, to: to.homeIsSecret },
    { field: "phone", from: from.phone, to: to.phone },
    { field: "email", from: from.email, to: to.email },
    { field: "reference", from: from.reference, to: to.reference },
  ];
  return all.filter(({ from: before, to: after }) => !sameValue(before ?? null, after ?? null));
}

/** What each detail is typed into. */
const TYPED = {
  givenName: ["givenName"],
  familyName: ["familyName"],
  dateOfBirth: ["birth"],
  sex: ["sex"],
  place: ["postcode", "noFixedAddress"],
  address: ["address"],
  homeIsSecret: ["homeIsSecret"],
  phone: ["phone"],
  email: ["email"],
  reference: ["reference"],
} as const satisfies Record<DetailField, readonly (keyof DetailsDraft)[]>;

/** Details that were typed over, whether they can be read yet or not. */
export function touchedFields({ from, draft }: Typing): DetailField[] {
  const was = draftOf(from);
  return DETAIL_FIELDS.filter((field) => TYPED[field].some((name) => was[name] !== draft[name]));
}

/**
 * The same typing over what is known now: what nobody typed over follows it, and what somebody did keeps the value that
 * it began from, so that a change of somebody else's meanwhile is met by a question and never lost.
 */
export function typingOver(now: KnownDetails, typing: Typing): Typing {
  const from: KnownDetails = { ...now };
  const draft: DetailsDraft = { ...draftOf(now) };
  for (const field of touchedFields(typing)) {
    Object.assign(from, { [field]: typing.from[field] });
    for (const name of TYPED[field]) Object.assign(draft, { [name]: typing.draft[name] });
  }
  return { from, draft };
}
