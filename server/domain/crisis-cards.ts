/**
 * What to do at once when a crisis need comes up: one card a need, in the organisation's own words and with its own
 * phone numbers. Until a manager has looked at a card it shows the wording below, which says that it was not checked.
 * Cards help, they never stand in the way of saving.
 */

import { z } from "zod";
import { hasUnwanted } from "./client-terms";
import { findNeed, NEEDS } from "./needs";
import { type Day, daysBetween } from "./period";
import { oneLine } from "./typed-text";

/** The needs that have a card: those whose hint is "crisis". */
export const CRISIS_NEEDS: readonly string[] = NEEDS.filter(
  ({ severityHint, retiredOn }) => severityHint === "crisis" && !retiredOn,
).map(({ code }) => code);

const line = (most: number, missing: string) =>
  oneLine.min(1, missing).max(most, `Keep this to ${most} characters.`);

export const MOST_PHONES = 8;

export const phoneSchema = z.object({
  label: line(60, "Say whose number this is."),
  number: line(24, "Enter a phone number, or take the line out.").regex(
    /^\+?[\d ()-]*\d[\d ()-]*$/,
    "Use digits and spaces, like 0808 2000 247.",
  ),
});
export type Phone = z.output<typeof phoneSchema>;

export const saveCrisisCardSchema = z.object({
  need: z.string().refine((code) => CRISIS_NEEDS.includes(code), "There is no card for this need."),
  title: line(80, "Give the card a title."),
  /** One step a line. */
  words: z
    .string()
    .transform((text) =>
      text
        .split(/\r?\n/)
        .map((step) => step.trim())
        .filter(Boolean)
        .join("\n"),
    )
    .pipe(
      z
        .string()
        .min(1, "Say what to do, one step a line.")
        .max(1_500, "Keep the steps to 1,500 characters: they are read in a hurry.")
        .refine(
          (text) => !hasUnwanted(text.replaceAll("\n", "")),
          "Take out the invisible character that cannot be kept here.",
        ),
    ),
  phones: z.array(phoneSchema).max(MOST_PHONES, `Keep to ${MOST_PHONES} numbers: the first ones are rung.`),
});
export type SaveCrisisCard = z.output<typeof saveCrisisCardSchema>;

/** A card as it is shown: on the saved screen, offline too. */
export interface CrisisCard {
  /** Code of the need. */
  need: string;
  title: string;
  /** One step a line. */
  words: string;
  phones: readonly Phone[];
  /** When a manager last looked at it; null: nobody has, and it says so. */
  reviewedOn: Day | null;
}

/** Numbers of helplines change: a card is looked at again after a year. */
export const REVIEW_DAYS = 365;

/** Whether somebody should look at a card: nobody has yet, or not for a year. */
export function wantsReview({ reviewedOn }: Pick<CrisisCard, "reviewedOn">, today: Day): boolean {
  return reviewedOn === null || daysBetween(reviewedOn, today) > REVIEW_DAYS;
}

/** What the product says before an organisation has its own words, and which local numbers it should add. */
export interface SuggestedCard {
  title: string;
  words: string;
  phones: readonly Phone[];
  /** Whose numbers only the organisation can know. */
  localNumbers: readonly string[];
}

const EMERGENCY: Phone = { label: "Emergency", number: "999" };
const POLICE: Phone = { label: "Police, not an emergency", number: "101" };
const NHS: Phone = { label: "NHS, urgent advice", number: "111" };
const NHS_MENTAL: Phone = { label: "NHS, choose mental health", number: "111" };
const SAMARITANS: Phone = { label: "Samaritans, day and night", number: "116 123" };
const CHILDREN = ["Council children’s services, by day", "Council children’s services, out of hours"];

const steps = (...lines: string[]) => lines.join("\n");

const SUGGESTED: Readonly<Record<string, SuggestedCard>> = {
  "HOU-01": {
    title: "Nowhere safe to sleep tonight",
    words: steps(
      "Ask where they will sleep tonight, and who is with them.",
      "Ring the council’s housing team with them now. The council must hear anybody who is homeless, and must find a place for those it believes to be in priority need.",
      "Ring children’s services as well for anybody under 18 and any family with nowhere to go.",
      "Ill or injured: ring 999 or 111.",
      "If they will sleep out, tell the outreach team or StreetLink where.",
    ),
    phones: [EMERGENCY, NHS, { label: "Shelter, England", number: "0808 800 4444" }],
    localNumbers: ["Council housing team, by day", "Council housing team, out of hours", "Outreach team"],
  },
  "MEN-03": {
    title: "Thoughts of suicide",
    words: steps(
      "Ask plainly: “Are you thinking of ending your life?” Asking does not put the thought there.",
      "A plan, the means at hand, or hurt already: ring 999 and stay with them or on the line.",
      "Otherwise ring 111 together and choose mental health.",
      "Agree who will be with them tonight and when you speak next.",
      "Tell your safeguarding lead today.",
    ),
    phones: [EMERGENCY, NHS_MENTAL, SAMARITANS],
    localNumbers: ["Mental health crisis team"],
  },
  "MEN-04": {
    title: "Self-harm",
    words: steps(
      "An overdose, a deep wound or bleeding that does not stop: ring 999. An overdose needs hospital even when they feel well.",
      "Ask plainly whether they think of ending their life. If so, follow that card.",
      "Otherwise ring 111 together and choose mental health, or ask their GP for today.",
      "Stay calm and do not blame; do not ask to see wounds.",
    ),
    phones: [EMERGENCY, NHS_MENTAL, SAMARITANS],
    localNumbers: ["Mental health crisis team"],
  },
  "SUB-03": {
    title: "Overdose or needle risk",
    words: steps(
      "Cannot be woken, blue lips, slow or snoring breath: ring 999 now.",
      "Give naloxone if there is some. Lay them on their side and stay until help comes; it wears off, so they still need hospital.",
      "Not in danger now: talk about not using alone, naloxone to take home and clean needles.",
      "A used needle has pricked somebody: wash it under running water and ring 111 at once.",
    ),
    phones: [EMERGENCY, NHS, { label: "Frank, about drugs", number: "0300 123 6600" }],
    localNumbers: ["Drug and alcohol service", "Naloxone and needle exchange"],
  },
  "SAF-01": {
    title: "Domestic abuse",
    words: steps(
      "Ask whether it is safe to talk, and who could overhear or read messages.",
      "In danger now: ring 999. On a mobile, if they cannot speak, press 55 when asked.",
      "Never speak to the other person about it.",
      "Threats to kill, strangling, weapons, pregnancy or a recent break-up: tell your safeguarding lead today.",
      "Children in the home: follow the card for a child at risk.",
      "Offer the helpline. What happens next is for them to choose.",
    ),
    phones: [
      EMERGENCY,
      { label: "National Domestic Abuse Helpline, day and night", number: "0808 2000 247" },
      { label: "Men’s Advice Line", number: "0808 801 0327" },
    ],
    localNumbers: ["Local domestic abuse service"],
  },
  "SAF-02": {
    title: "Child at risk of harm",
    words: steps(
      "In danger now: ring 999.",
      "Listen, do not question, and do not promise to keep it secret. Write down the child’s own words.",
      "Tell your safeguarding lead, then ring children’s services today.",
      "You need nobody’s permission to report. Do not tell the family first if that could put the child at more risk.",
    ),
    phones: [EMERGENCY, POLICE, { label: "NSPCC, for adults who worry", number: "0808 800 5000" }],
    localNumbers: CHILDREN,
  },
  "SAF-03": {
    title: "Adult at risk of abuse or neglect",
    words: steps(
      "In danger now: ring 999.",
      "Ask what they want to happen, away from whoever may be harming them.",
      "Tell your safeguarding lead, and ring adult social care today.",
      "Report without their agreement when others are at risk, when they cannot decide, or when they are being forced. Say why you did.",
    ),
    phones: [EMERGENCY, POLICE, { label: "Hourglass, abuse of older people", number: "0808 808 8141" }],
    localNumbers: ["Council adult social care, by day", "Council adult social care, out of hours"],
  },
  "SAF-04": {
    title: "Sexual violence",
    words: steps(
      "In danger now or badly hurt: ring 999.",
      "Believe them. What happens next is for them to choose.",
      "Within the last seven days: a sexual assault referral centre can help and keep evidence, with or without the police. Best not to wash or change first.",
      "Under 18: ring children’s services today.",
    ),
    phones: [
      EMERGENCY,
      POLICE,
      { label: "Rape and Sexual Abuse Support Line, England and Wales", number: "0808 500 2222" },
    ],
    localNumbers: ["Sexual assault referral centre", ...CHILDREN],
  },
  "SAF-05": {
    title: "Exploitation or modern slavery",
    words: steps(
      "In danger now: ring 999.",
      "Speak to them alone. Never use somebody who came with them to interpret.",
      "Do not face the people who control them.",
      "Under 18: ring children’s services and the police today; no permission is needed.",
      "Adults: with their agreement, a first responder (council, police, Salvation Army) can refer them for support.",
    ),
    phones: [
      EMERGENCY,
      { label: "Modern Slavery and Exploitation Helpline", number: "08000 121 700" },
      { label: "Salvation Army, England and Wales", number: "0800 808 3733" },
      POLICE,
    ],
    localNumbers: CHILDREN,
  },
  "SAF-06": {
    title: "Honour-based abuse, forced marriage or FGM",
    words: steps(
      "In danger now, or about to be taken abroad: ring 999.",
      "There may be one chance to talk. See them alone, and agree a safe way to get in touch.",
      "Never speak to the family, never mediate, never use relatives or neighbours to interpret.",
      "Under 18, or a girl at risk of being cut: ring children’s services and the police today.",
      "Tell your safeguarding lead today.",
    ),
    phones: [
      EMERGENCY,
      { label: "Forced Marriage Unit", number: "020 7008 0151" },
      { label: "Karma Nirvana, honour-based abuse", number: "0800 5999 247" },
      POLICE,
    ],
    localNumbers: CHILDREN,
  },
  "SAF-08": {
    title: "Missing person or runaway",
    words: steps(
      "A child, or somebody who may be in danger: ring 999. Otherwise ring 101. Nobody has to wait 24 hours.",
      "Have ready: when and where they were last seen, clothes, phone, medicine, who they may be with.",
      "Under 18: tell children’s services as well.",
      "They are with you now: ask what made them leave before anybody takes them back.",
    ),
    phones: [EMERGENCY, POLICE, { label: "Missing People", number: "116 000" }],
    localNumbers: CHILDREN,
  },
  "BAS-01": {
    title: "No food",
    words: steps(
      "Ask when they last ate, and who else at home has nothing: children, a baby, somebody with diabetes.",
      "Get food for today: a voucher, or ring the nearest food bank or pantry.",
      "Ring the council about help in a crisis (in Scotland the Scottish Welfare Fund, in Wales the Discretionary Assistance Fund).",
      "A baby without milk, or somebody unwell: ring their health visitor, GP or 111.",
      "Look at why the money ran out: a stopped payment comes first.",
    ),
    phones: [NHS],
    localNumbers: ["Food bank or pantry", "Council help in a crisis"],
  },
};

/** What the product suggests for a crisis need. Throws for a need that has no card. */
export function suggestedCard(need: string): SuggestedCard {
  const suggested = SUGGESTED[need];
  if (suggested) return suggested;
  const label = findNeed(need)?.label;
  if (!label || !CRISIS_NEEDS.includes(need)) throw new Error(`There is no crisis card for ${need}`);
  // A crisis need that the taxonomy gained later still gets a card, if a plain one.
  return {
    title: label,
    words: "In danger now: ring 999.\nTell your safeguarding lead today.",
    phones: [EMERGENCY, NHS],
    localNumbers: [],
  };
}

/** Every card: the organisation's own where it has one, else what is suggested, in the order of the taxonomy. */
export function cardsOf(own: readonly CrisisCard[]): CrisisCard[] {
  const byNeed = new Map(own.map((card) => [card.need, card]));
  return CRISIS_NEEDS.map((need) => {
    const { title, words, phones } = suggestedCard(need);
    return byNeed.get(need) ?? { need, title, words, phones, reviewedOn: null };
  });
}
