/** One's own account: who one is here, and the ways out. */
import type { Metadata } from "next";
import { ROLE_LABELS } from "../../../server/domain/access";
import { createCaller } from "../../../server/routers";
import { Page, PageTitle } from "../../_ui/page-title";
import { pageContext, requireViewer } from "../../_ui/viewer";
import { WaysOut } from "./ways-out";

export const metadata: Metadata = { title: "Your account" };

export default async function AccountPage() {
  const viewer = await requireViewer();
  const ctx = await pageContext();
  const memberships = await createCaller(ctx).session.memberships();
  return (
    <Page narrow>
      <PageTitle title={viewer.name}>{ctx.caller.session?.email}</PageTitle>
      <p>
        You work for <strong>{viewer.organisationName}</strong> as{" "}
        {viewer.roles.map((role) => ROLE_LABELS[role].toLowerCase()).join(" and ")}.
        {memberships.length > 1 && " To work for another of your organisations, sign out and in again."}
      </p>
      <WaysOut />
    </Page>
  );
}
