/** For members of several organisations: whom this session acts for. Chosen once; another one needs a new sign-in. */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { createCaller } from "../../../server/routers";
import { Door } from "../../_ui/door";
import { homeOf, pageContext, wayIn } from "../../_ui/viewer";
import { ChooseOrganisation } from "./choose-organisation";

export const metadata: Metadata = { title: "Choose an organisation" };

export default async function ChooseOrganisationPage() {
  const ctx = await pageContext();
  if (ctx.actor) redirect(homeOf(ctx.actor.roles));
  if (!ctx.caller.session) redirect(await wayIn(ctx.caller));
  const memberships = await createCaller(ctx).session.memberships();
  return (
    <Door>
      <ChooseOrganisation name={ctx.caller.session.name} memberships={memberships} />
    </Door>
  );
}
