/** Who may make summaries, templates and schedules; others who may read them only look. */
import { type AccessActor, decide } from "../../../server/domain/access";

export const mayMakeSummaries = (viewer: AccessActor): boolean =>
  decide(viewer, "impact.manage", { organisationId: viewer.organisationId }).allow;
