/**
 * What a summary is asked for, as it stands in the address, and what can be chosen instead. The words that somebody
 * wrote are not in the address: an address is kept in histories and logs.
 */

import {
  AUDIENCES,
  type Audience,
  MOST_STORIES,
  type Plan,
  type PlanText,
  SECTIONS,
  type SectionKey,
} from "../../../server/domain/impact/plan";
import { defaultSections, sectionsInOrder } from "../../../server/domain/impact/sections";
import {
  findPeriod,
  firstDayOf,
  lastDayOf,
  type Period,
  type PeriodType,
  periodInWords,
  periodOf,
  periodText,
  previousPeriod,
} from "../../../server/domain/period";
import type { SummaryOptions } from "../../../server/domain/summaries";

export type Choice = Omit<PlanText, "texts">;

/** What can be chosen. */
type Choices = Omit<SummaryOptions, "organisationName">;

export const SECTION_LABELS: Readonly<Record<SectionKey, string>> = {
  needs: "What people needed",
  others: "Someone else’s to resolve",
  referrals: "Referrals",
  time: "How long it took",
  change: "How things changed",
  places: "Where people live",
  people: "Age and sex",
  unmet: "What is still open",
  value: "What it may be worth",
  stories: "Stories",
};

const TYPES: readonly { type: PeriodType; group: string }[] = [
  { type: "quarter", group: "Quarters" },
  { type: "month", group: "Months" },
  { type: "year", group: "Financial years" },
];

/** The periods of a type in which something was recorded, newest first; the one we are in is "so far". */
export function periodsToChoose({
  firstDay,
  today,
}: Pick<Choices, "firstDay" | "today">): { group: string; items: { value: string; label: string }[] }[] {
  return TYPES.map(({ type, group }) => {
    const items: { value: string; label: string }[] = [];
    let period: Period = periodOf(type, today);
    do {
      const soFar = lastDayOf(period) >= today ? ", so far" : "";
      items.push({ value: periodText(period), label: `${periodInWords(period)}${soFar}` });
      period = previousPeriod(period);
    } while (firstDay !== null && lastDayOf(period) >= firstDay);
    return { group, items };
  });
}

/** The last whole quarter, or the one we are in when nothing was recorded before it. */
function usualPeriod({ firstDay, today }: Choices): Period {
  const current = periodOf("quarter", today);
  return firstDay !== null && firstDay < firstDayOf(current) ? previousPeriod(current) : current;
}

const USUAL_AUDIENCE: Audience = "trustees";

/** What is shown before anything is chosen: last quarter, for trustees, with the sections that they ask for. */
export function usualChoice(choices: Choices): Choice {
  return {
    serviceId: null,
    period: periodText(usualPeriod(choices)),
    audience: USUAL_AUDIENCE,
    sections: defaultSections(USUAL_AUDIENCE),
    framework: null,
    storyIds: [],
  };
}

const oneOf = <T extends string>(all: readonly T[], text: string | null): T | undefined =>
  all.find((each) => each === text);

/** The choice of an address; nonsense in it becomes the usual. */
export function readChoice(query: URLSearchParams, choices: Choices): Choice {
  const usual = usualChoice(choices);
  const period = findPeriod(query.get("period") ?? "");
  const sections = query.get("sections")?.split(",");
  const audience = oneOf(AUDIENCES, query.get("audience")) ?? usual.audience;
  const stories = query.get("stories")?.split(",") ?? [];
  return {
    serviceId: choices.services.find(({ id }) => id === query.get("service"))?.id ?? usual.serviceId,
    period: period ? periodText(period) : usual.period,
    audience,
    sections: sections
      ? sectionsInOrder(
          audience,
          SECTIONS.filter((key) => sections.includes(key)),
        )
      : defaultSections(audience),
    framework: choices.frameworks.find(({ key }) => key === query.get("framework"))?.key ?? usual.framework,
    storyIds: choices.stories
      .filter(({ id, audiences }) => stories.includes(id) && audiences.includes(audience))
      .slice(0, MOST_STORIES)
      .map(({ id }) => id),
  };
}

const same = (one: readonly SectionKey[], other: readonly SectionKey[]) =>
  one.length === other.length && one.every((key) => other.includes(key));

/** Whether the sections are those that the audience begins with. */
const hasDefaults = ({ audience, sections }: Choice) => same(sections, defaultSections(audience));

/** The choice with a part changed: sections that nobody chose go with the audience. */
export function changed(choice: Choice, part: Partial<Choice>): Choice {
  const next = { ...choice, ...part };
  const sections =
    part.audience && !part.sections && hasDefaults(choice) ? defaultSections(part.audience) : next.sections;
  return { ...next, sections: sectionsInOrder(next.audience, sections) };
}

/** The address of a choice: what differs from the usual, and always the period, because "last quarter" moves on. */
export function choiceQuery(choice: Choice): string {
  const query = new URLSearchParams({ period: choice.period });
  if (choice.serviceId) query.set("service", choice.serviceId);
  if (choice.audience !== USUAL_AUDIENCE) query.set("audience", choice.audience);
  if (!hasDefaults(choice)) query.set("sections", choice.sections.join(","));
  if (choice.framework) query.set("framework", choice.framework);
  if (choice.storyIds.length > 0) query.set("stories", choice.storyIds.join(","));
  return `?${query}`;
}

export type Texts = Plan["texts"];

/** The plan of a choice and of the words that somebody wrote for it. Words of a section that is off are left out. */
export function planOf(choice: Choice, texts: Texts): PlanText {
  const kept = Object.entries(texts).filter(
    ([key]) => key === "title" || key === "lead" || choice.sections.some((section) => section === key),
  );
  return { ...choice, texts: Object.fromEntries(kept) };
}

/** What of a choice a template keeps: not the period and not the stories, which are chosen each time. */
export function templatePlanOf(choice: Choice, texts: Texts) {
  const { period: _period, storyIds: _stories, ...kept } = planOf(choice, texts);
  return kept;
}
