/** Impact summaries of the actor's own organisation: composing, making, opening, templates and schedules. */

import { planSchema } from "../domain/impact/plan";
import {
  finishSchema,
  remakeSchema,
  saveScheduleSchema,
  saveTemplateSchema,
  summaryIdSchema,
} from "../domain/summaries";
import { finishSummary, getSummary, listSummaries, remakeSummary } from "../summaries";
import { previewSummary, summaryOptions } from "../summary-preview";
import {
  listSchedules,
  listTemplates,
  removeTemplate,
  saveSchedule,
  saveTemplate,
  stopSchedule,
} from "../summary-templates";
import { procedure, router } from "../trpc";

const templatesRouter = router({
  list: procedure("impact.read").query(({ ctx }) => listTemplates(ctx)),
  remove: procedure("impact.manage")
    .input(summaryIdSchema)
    .mutation(({ ctx, input }) => removeTemplate(ctx, input.id)),
  save: procedure("impact.manage")
    .input(saveTemplateSchema)
    .mutation(({ ctx, input }) => saveTemplate(ctx, input)),
});

const schedulesRouter = router({
  list: procedure("impact.read").query(({ ctx }) => listSchedules(ctx)),
  save: procedure("impact.manage")
    .input(saveScheduleSchema)
    .mutation(({ ctx, input }) => saveSchedule(ctx, input)),
  stop: procedure("impact.manage")
    .input(summaryIdSchema)
    .mutation(({ ctx, input }) => stopSchedule(ctx, input.id)),
});

export const summariesRouter = router({
  finish: procedure("impact.manage")
    .input(finishSchema)
    .mutation(({ ctx, input }) => finishSummary(ctx, input)),
  get: procedure("impact.read")
    .input(summaryIdSchema)
    .query(({ ctx, input }) => getSummary(ctx, input.id)),
  list: procedure("impact.read").query(({ ctx }) => listSummaries(ctx)),
  options: procedure("impact.read").query(({ ctx }) => summaryOptions(ctx)),
  /** Exact numbers, also of a plan that leaves: its figures are made when it is finished. */
  preview: procedure("impact.read")
    .input(planSchema)
    .query(({ ctx, input }) => previewSummary(ctx, input)),
  remake: procedure("impact.manage")
    .input(remakeSchema)
    .mutation(({ ctx, input }) => remakeSummary(ctx, input)),
  schedules: schedulesRouter,
  templates: templatesRouter,
});
