/** The studies of the viewer's organisation, those that wait for their check, and what the lab does. */
import type { Metadata } from "next";
import { now } from "../../../server/context";
import { type Action, decide } from "../../../server/domain/access";
import { dayOf } from "../../../server/domain/period";
import { createCaller } from "../../../server/routers";
import { Page, PageTitle } from "../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { LabTabs } from "../lab-tabs";
import { BeginStudy } from "./begin-study";
import { Studies } from "./studies";

export const metadata: Metadata = { title: "Studies" };

export default async function StudiesPage() {
  const viewer = await requireViewerWho("study.read");
  const ctx = await pageContext();
  const caller = createCaller(ctx);
  const may = (action: Action) => decide(viewer, action, { organisationId: viewer.organisationId }).allow;
  const mayWrite = may("study.write");
  const [studies, toSign, today] = await Promise.all([
    caller.studies.list(),
    may("study.sign") ? caller.studies.toSign() : [],
    now(ctx).then(dayOf),
  ]);
  return (
    <Page>
      <LabTabs />
      <PageTitle title="Studies" action={mayWrite && studies.length > 0 && <BeginStudy />}>
        A study compares the people you helped with similar people whom you did not, in records that somebody
        else keeps. Its plan is fixed before anybody sees a result.
      </PageTitle>
      <Studies given={studies} givenToSign={toSign} today={today} mayWrite={mayWrite} />
    </Page>
  );
}
