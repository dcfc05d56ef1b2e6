/** Says on every desk page that emergency access is open to whoever looks at it, until when, and how to end it. */
import type { Actor } from "../../server/context";
import { decide } from "../../server/domain/access";
import { createCaller } from "../../server/routers";
import { GlassStrip } from "./glass-strip";
import { pageContext } from "./viewer";

export async function GlassBanner({ viewer }: { viewer: Actor }) {
  if (!decide(viewer, "break-glass.open", { organisationId: viewer.organisationId }).allow) return null;
  const open = await createCaller(await pageContext()).desk.ownGlass();
  return open.map((glass) => <GlassStrip key={glass.id} glass={glass} />);
}
