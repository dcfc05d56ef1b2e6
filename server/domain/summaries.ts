/**
 * Impact summaries as kept things: what may be asked of them, and what is told of them. A summary is a version of a
 * series; a version that is ready never changes. Shared with the browser.
 */

import { z } from "zod";
import type { Paper } from "./impact/paper";
import { type Audience, leavesOrganisation, type PlanText, planSchema } from "./impact/plan";
import { type Day, findPeriod, lastDayOf, type Period } from "./period";
import { oneLine, uuid } from "./typed-text";

/** making: the worker is at it, or will be. failed: it could not be made; it can be asked for again. */
export const SUMMARY_STATES = ["making", "ready", "failed"] as const;
export type SummaryState = (typeof SUMMARY_STATES)[number];

/** Summaries and versions that an organisation may ask for in a day, schedules included. */
export const MOST_SUMMARIES_A_DAY = 60;
/** Previews that one member may ask for in five minutes: a preview counts everything. */
export const MOST_PREVIEWS = 120;
export const MOST_TEMPLATES = 50;
export const MOST_SCHEDULES = 40;
/** Versions of one summary. */
export const MOST_VERSIONS = 200;

const MOST_NAME = 80;
const name = oneLine.min(1, "Give it a name.").max(MOST_NAME, `Keep the name to ${MOST_NAME} characters.`);

/** The id is made by the browser, so that asking twice makes one. */
export const finishSchema = z.object({ id: uuid, plan: planSchema });
export type Finish = z.output<typeof finishSchema>;

/** A new version of the plan of `of`, under a new id. */
export const remakeSchema = z.object({ id: uuid, of: uuid });

export const summaryIdSchema = z.object({ id: uuid });

/** The period is chosen when it is used, and a story is chosen each time. */
export const templatePlanSchema = planSchema.omit({ period: true, storyIds: true });
export type TemplatePlan = z.output<typeof templatePlanSchema>;

export const saveTemplateSchema = z.object({ id: uuid, name, plan: templatePlanSchema });
export type SaveTemplate = z.output<typeof saveTemplateSchema>;

export const SCHEDULE_STEPS = ["month", "quarter"] as const;
export type ScheduleStep = (typeof SCHEDULE_STEPS)[number];
export const SCHEDULE_STEP_WORDS: Readonly<Record<ScheduleStep, string>> = {
  month: "Every month",
  quarter: "Every quarter",
};

export const saveScheduleSchema = z.object({
  id: uuid,
  name,
  plan: templatePlanSchema,
  every: z.enum(SCHEDULE_STEPS),
});
export type SaveSchedule = z.output<typeof saveScheduleSchema>;

/** One line of the list: a version of a summary. */
export interface SummaryLine {
  id: string;
  seriesId: string;
  version: number;
  /** The newest version of its series. */
  isNewest: boolean;
  state: SummaryState;
  plan: PlanText;
  /** Of the service, or of the programme of several organisations; null: the whole organisation. */
  serviceName: string | null;
  /** Of the paper, once it is made. */
  title: string | null;
  countedOn: Day | null;
  /** By the installation's clock as it runs now, which the demo moves. */
  askedAt: Date;
  readyAt: Date | null;
  /** Who asked; null: a schedule did. */
  madeByName: string | null;
  scheduleName: string | null;
}

export interface SummaryFileLine {
  name: string;
  mediaType: string;
  /** Length. */
  bytes: number;
}

/** Said in place of its files and above it, whether the person took their yes back, it ended, or they were erased. */
export const STORY_GONE =
  "This summary was made with a story that may no longer be told to its readers, so its files are not handed out any more. Make a new version: the story is left out of it.";

/** A summary as it is opened. */
export interface KeptSummary extends SummaryLine {
  /** Null until it is ready. */
  paper: Paper | null;
  /** In the order in which they are offered; at `/api/summaries/<id>/<name>`. */
  files: readonly SummaryFileLine[];
  /** How it differs from the version before, and why; empty for a first one. */
  changes: readonly string[];
  /** All versions of the series, newest first. */
  versions: readonly Pick<SummaryLine, "id" | "version" | "state" | "countedOn" | "askedAt">[];
  /** Number of the fault, to quote; only when it failed. */
  faultId: string | null;
  /** Why it was not made, and what to do; only when it failed by no fault. */
  refused: string | null;
  /** It was made with a story that may no longer be told to its readers: that is cut, and its files are not handed out. */
  storiesTakenBack: boolean;
}

export interface SummaryTemplate {
  id: string;
  name: string;
  plan: TemplatePlan;
}

export interface SummarySchedule {
  id: string;
  name: string;
  plan: TemplatePlan;
  every: ScheduleStep;
  /** Text of the period that it prepares next, and the day on which it does. */
  next: { period: string; on: Day };
  madeByName: string;
}

/** What a summary can be asked for. */
export interface SummaryOptions {
  organisationName: string;
  services: readonly { id: string; name: string }[];
  frameworks: readonly { key: string; name: string }[];
  /** By who they are of, with the audiences that they may be told to. */
  stories: readonly { id: string; title: string; audiences: readonly Audience[] }[];
  /** Day of the earliest contact that counts; null before the first one. */
  firstDay: Day | null;
  today: Day;
}

/** Why a plan cannot be finished on a day; null when it can. */
export function notYet(plan: { audience: Audience; period: Period }, today: Day): string | null {
  if (!leavesOrganisation(plan.audience) || lastDayOf(plan.period) < today) return null;
  return "This period is not over yet. What leaves the organisation is made once the period has ended; a summary for your own team can be made now.";
}

/** The period of a kept plan. Throws when it has none: a plan is checked before it is kept. */
export function periodOfPlan(plan: Pick<PlanText, "period">): Period {
  const period = findPeriod(plan.period);
  if (!period) throw new Error("A kept plan names no period");
  return period;
}
