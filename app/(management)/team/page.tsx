/** Who works for the organisation: invited, active, left. */
import type { Metadata } from "next";
import { createCaller } from "../../../server/routers";
import { Page } from "../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { Team } from "./team";

export const metadata: Metadata = { title: "Team" };

export default async function TeamPage() {
  const viewer = await requireViewerWho("member.manage");
  const caller = createCaller(await pageContext());
  const mayReadServices = viewer.roles.includes("manager");
  const [members, services] = await Promise.all([
    caller.members.list(),
    mayReadServices ? caller.services.list() : [],
  ]);
  return (
    <Page>
      <Team
        members={members}
        services={services.filter(({ closedOn }) => closedOn === null).map(({ id, name }) => ({ id, name }))}
        ownId={viewer.memberId}
        ownRoles={viewer.roles}
        organisationName={viewer.organisationName}
      />
    </Page>
  );
}
