/** Where a referral stands, in the words of lists, rails and the page of one. */
import { type Day, dayOf, daysBetween } from "../../server/domain/period";
import type { ReferralCourse } from "../../server/domain/referral";
import { DECLINE_WORDS, STATE_WORDS } from "../../server/domain/referral-input";
import type { ListedReferral, ShownReferralEvent } from "../../server/domain/referral-shown";
import { dayNear } from "../_ui/dates";
import { nameOf } from "../_words/issue-words";

/** "1 day", "6 days". */
export const daysInWords = (days: number) => (days === 1 ? "1 day" : `${days} days`);

/** How long the middle one took: "on the same day", "within 1 day", "within about 36 days" for 35.5. */
export function middleInWords(days: number): string {
  if (days === 0) return "on the same day";
  const whole = Math.round(days);
  return whole === days ? `within ${daysInWords(whole)}` : `within about ${daysInWords(whole)}`;
}

/** "No answer for 7 days", "Started 2 Sept", "Completed in 6 days", "Completed the same day", "Declined 3 Mar". */
export function whereItStands(course: ReferralCourse, today: Day): string {
  const on = dayNear(dayOf(course.since), today);
  const waited = daysBetween(dayOf(course.sentAt), today);
  if (course.state === "sent") return waited < 2 ? `Sent ${on}` : `No answer for ${daysInWords(waited)}`;
  if (course.state === "completed" && course.endedAt) {
    const took = daysBetween(dayOf(course.sentAt), dayOf(course.endedAt));
    return took === 0 ? "Completed the same day" : `Completed in ${daysInWords(took)}`;
  }
  return `${STATE_WORDS[course.state]} ${on}`;
}

/** "Low mood, No food": the needs of a line. */
export const needsInWords = (needs: readonly string[]) => needs.map((need) => nameOf(need, null)).join(", ");

/** Who a line is about, as far as this side may know. */
export function personInWords({ personName, reference }: ListedReferral): string {
  return personName ?? `Somebody, by reference ${reference}`;
}

/** Where it went: "Tenancy support, Wytherhaven City Council". */
export function serviceInWords({
  toName,
  toOrganisationName,
}: Pick<ListedReferral, "toName" | "toOrganisationName">) {
  return toOrganisationName ? `${toName}, ${toOrganisationName}` : toName;
}

const EVENTS: Readonly<Record<ShownReferralEvent["kind"], string>> = {
  accepted: "Accepted",
  declined: "Declined",
  started: "Started",
  completed: "Completed",
  "lost-touch": "Lost touch",
  withdrawn: "Taken back",
  opened: "Opened by its link",
  "mail-sent": "Mail sent",
  "mail-failed": "The mail was not taken",
  "link-made": "A new link was made",
  "links-ended": "Links ended",
};

/** "Accepted", "Declined: We have no room at present". */
export function eventInWords({ kind, reason }: ShownReferralEvent): string {
  return reason ? `${EVENTS[kind]}: ${lower(DECLINE_WORDS[reason])}` : EVENTS[kind];
}

/** Who says so: "Priya Raman", "Maureen, by the link", "told by Maureen". */
export function whoInWords({ how, byName }: ShownReferralEvent): string {
  if (how === "told") return byName ? `told by ${byName}` : "written down by the sender";
  if (how === "link") return byName ? `${byName}, by the link` : "by the link";
  return byName ?? "";
}

const lower = (text: string) => text.slice(0, 1).toLowerCase() + text.slice(1);
