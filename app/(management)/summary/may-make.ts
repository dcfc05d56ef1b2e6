/** Who may make summaries, templates and schedules, and take out records; others who may read summaries only look. */
import { type AccessActor, decide } from "../../../server/domain/access";

export const mayMakeSummaries = (viewer: AccessActor): boolean =>
  decide(viewer, "impact.manage", { organisationId: viewer.organisationId }).allow;

export const mayTakeRecords = (viewer: AccessActor): boolean =>
  decide(viewer, "records.take", { organisationId: viewer.organisationId }).allow;
