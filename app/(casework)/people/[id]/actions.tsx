/** What is to be done for this person and who looks after them: a section of the record's rail. */

import type { Day } from "../../../../server/domain/period";
import { createCaller } from "../../../../server/routers";
import { pageContext, requireViewer } from "../../../_ui/viewer";
import type { ActionIssue } from "../../_actions/action-form";
import { ActionSection } from "./action-section";

interface ActionsProps {
  clientId: string;
  /** Open issues, which an action can be about. */
  issues: readonly ActionIssue[];
  today: Day;
}

export async function Actions({ clientId, issues, today }: ActionsProps) {
  const { memberId } = await requireViewer();
  const given = await createCaller(await pageContext()).actions.ofClient({ clientId });
  return <ActionSection clientId={clientId} issues={issues} today={today} ownId={memberId} given={given} />;
}
