/**
 * What an officer is told of look-ups at other organisations: how many each member made, and which are out of the
 * ordinary by four stated rules. A rule says why somebody should ask; none says that anything was wrong.
 */

import { addDays, type Day } from "../period";

export const UNUSUAL = ["same-surname", "many-without-contact", "no-contact-near", "made-to-look"] as const;
export type Unusual = (typeof UNUSUAL)[number];

export const UNUSUAL_WORDS: Readonly<Record<Unusual, string>> = {
  "same-surname": "The member and the person have the same surname.",
  "many-without-contact":
    "Five or more look-ups by this member on one day, about people with no contact on that day.",
  "no-contact-near": "Nobody here had a contact with this person in the seven days before or after.",
  "made-to-look":
    "This member first recorded the person in the 24 hours before, and there is at most one contact with them.",
};

/** How many of the latest look-ups are held against the rules. */
export const MOST_LOOKS = 5_000;
/** Look-ups on one day about people without a contact that day, from which on they are said to be many. */
export const MANY_WITHOUT_CONTACT = 5;
const DAYS_NEAR = 7;

/** One look-up, with what is known around it. */
export interface LookFacts {
  id: string;
  memberId: string;
  memberName: string;
  familyName: string;
  day: Day;
  /** Days of contacts of the organisation with this person, in any order. */
  contactDays: readonly Day[];
  /**
   * The member who looked recorded this person at most 24 hours of real time before, and there is at
   * most one contact with them.
   */
  isMadeByLooker: boolean;
}

/** Which rules each look-up meets, by its id; those that meet none are not in the map. */
export function unusualLooks(looks: readonly LookFacts[], today: Day): ReadonlyMap<string, Unusual[]> {
  const withoutContact = new Map<string, number>();
  for (const look of looks) {
    if (!hasContactThatDay(look))
      withoutContact.set(dayKey(look), (withoutContact.get(dayKey(look)) ?? 0) + 1);
  }
  const found = new Map<string, Unusual[]>();
  for (const look of looks) {
    const why: Unusual[] = [];
    if (isSameSurname(look)) why.push("same-surname");
    if (!hasContactThatDay(look) && (withoutContact.get(dayKey(look)) ?? 0) >= MANY_WITHOUT_CONTACT) {
      why.push("many-without-contact");
    }
    if (hasNoContactNear(look, today)) why.push("no-contact-near");
    if (look.isMadeByLooker) why.push("made-to-look");
    if (why.length > 0) found.set(look.id, why);
  }
  return found;
}

const dayKey = ({ memberId, day }: LookFacts) => `${memberId}|${day}`;
const hasContactThatDay = ({ day, contactDays }: LookFacts) => contactDays.includes(day);

/** Judged once the seven days after it are over: a first visit may still come. */
function hasNoContactNear({ day, contactDays }: LookFacts, today: Day): boolean {
  if (addDays(day, DAYS_NEAR) >= today) return false;
  return !contactDays.some(
    (contact) => contact >= addDays(day, -DAYS_NEAR) && contact <= addDays(day, DAYS_NEAR),
  );
}

/** By the last word of the member's name; accents, capitals and hyphens do not count. */
function isSameSurname({ memberName, familyName }: LookFacts): boolean {
  const own = plain(memberName.trim().split(/\s+/).at(-1) ?? "");
  return own !== "" && own === plain(familyName);
}

const plain = (name: string) =>
  name
    .normalize("NFD")
    .toLowerCase()
    .replaceAll(/[^a-z]/g, "");
