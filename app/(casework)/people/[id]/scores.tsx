/** How far this person has come on the organisation's scored instruments: a section of the record's rail. */
import type { Day } from "../../../../server/domain/period";
import { createCaller } from "../../../../server/routers";
import { pageContext } from "../../../_ui/viewer";
import { ScoreSection } from "./score-section";

/** Nothing where the organisation has no instrument: scores are optional. */
export async function Scores({ clientId, today }: { clientId: string; today: Day }) {
  const given = await createCaller(await pageContext()).instruments.scores({ clientId });
  if (given.length === 0) return null;
  return <ScoreSection clientId={clientId} today={today} given={given} />;
}
