/** Whether to think of early help: shown only where the stated rule is met and the organisation wants to be asked. */
import type { Day } from "../../../../server/domain/period";
import { createCaller } from "../../../../server/routers";
import { pageContext } from "../../../_ui/viewer";
import { EarlyHelpCard } from "./early-help-card";

export async function EarlyHelp({ clientId, today }: { clientId: string; today: Day }) {
  const prompt = await createCaller(await pageContext()).earlyHelp.prompt({ clientId });
  return prompt && <EarlyHelpCard clientId={clientId} prompt={prompt} today={today} />;
}
