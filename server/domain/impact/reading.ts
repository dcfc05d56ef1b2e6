/**
 * The numbers of a summary as its sections read them. What is missing is nobody in exact numbers and hidden in figures;
 * no section has to know which. Also the shapes of what a section is drafted from and drafted as.
 */

import { readFigure } from "../disclosure";
import { addDays, type Day, dayInWords, firstDayOf, lastDayOf, periodInWords, yearBefore } from "../period";
import type { Framework, FrameworkLine } from "./frameworks";
import type { ImpactNumbers, ImpactScope, Measure, ThingCounts } from "./numbers";
import type { PaperBlock } from "./paper";
import { leavesOrganisation, type Plan } from "./plan";
import type { ToldStory } from "./story";
import type { UnitCost } from "./value";
import type { Count } from "./words";

/** What a paper needs of a framework that needs are seen through: the names of its lines. */
export interface PaperFramework extends Pick<Framework, "key" | "name" | "edition"> {
  lines: readonly Pick<FrameworkLine, "code" | "label">[];
}

/** What a paper needs of a story that was checked and may be told. */
export interface PaperStory extends Pick<ToldStory, "who" | "consentOn"> {
  quote: readonly string[];
}

export interface Given {
  plan: Plan;
  numbers: ImpactNumbers;
  scope: ImpactScope;
  /** The framework that the plan asks for. */
  framework?: PaperFramework | null;
  unitCosts?: readonly UnitCost[];
  stories?: readonly PaperStory[];
}

export interface Reading extends Omit<Given, "framework" | "unitCosts" | "stories"> {
  framework: PaperFramework | null;
  unitCosts: readonly UnitCost[];
  stories: readonly PaperStory[];
  basis: "exact" | "figures";
  /** Numbers of things, for readers inside; null for everybody else, in the draft of what leaves, too. */
  things: ThingCounts | null;
  count(measure: Measure): Count;
  /** In the same period a year before; null when it was not recorded whole, and while this one is not over. */
  before(measure: Measure): Count | null;
  /** A number of people of an estimate. Throws for one that should be a figure and is not. */
  passed(people: number): number;
  /** Whether there is a year before to compare with: it was recorded whole, and this period is over like it. */
  hasYearBefore: boolean;
  /** When recording began, where that was in the year before: it is not compared with, being no whole one. */
  beganOn: Day | null;
  /** Whether the period had ended when it was counted. */
  isOver: boolean;
  /** "30 September 2026": up to when things are known. */
  end: string;
  /** "July to September 2025": the period compared with. */
  yearBefore: string;
}

/** A period may begin with a holiday of four days, as at Easter, on which nobody has a contact. */
const DAYS_WITHOUT_CONTACT = 4;

/** What a section says before anybody edits it. */
export interface SectionDraft {
  title: string;
  sentences: readonly (string | null)[];
  blocks: readonly PaperBlock[];
  notes: readonly { term: string; means: string }[];
}

/** Opens the numbers for reading. Reading throws where a number that has not passed disclosure control stands for a figure. */
export function read(given: Given): Reading {
  const { numbers, plan, scope } = given;
  const missing = numbers.basis === "exact" ? 0 : null;
  const passed = (people: number) => (numbers.basis === "exact" ? people : readFigure(people));
  const countIn = (people: ImpactNumbers["people"], measure: Measure): Count => {
    const count = people[measure] === undefined ? missing : people[measure];
    return count === null ? "few" : passed(count);
  };
  const lastDay = lastDayOf(plan.period);
  const isOver = lastDay < scope.countedOn;
  const before = yearBefore(plan.period);
  const isWhole =
    scope.firstDay === null || scope.firstDay <= addDays(firstDayOf(before), DAYS_WITHOUT_CONTACT);
  const earlier = isOver ? numbers.yearBefore : null;
  return {
    ...given,
    framework: given.framework ?? null,
    unitCosts: given.unitCosts ?? [],
    stories: given.stories ?? [],
    basis: numbers.basis,
    things: numbers.basis === "exact" && !leavesOrganisation(plan.audience) ? numbers.things : null,
    count: (measure) => countIn(numbers.people, measure),
    passed,
    before: (measure) => (earlier && isWhole ? countIn(earlier, measure) : null),
    hasYearBefore: earlier !== null && isWhole,
    beganOn: earlier && !isWhole ? scope.firstDay : null,
    isOver,
    end: dayInWords(isOver ? lastDay : scope.countedOn),
    yearBefore: periodInWords(before),
  };
}
