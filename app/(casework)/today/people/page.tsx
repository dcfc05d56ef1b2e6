/** All people whom somebody looks after, or whom nobody does: whoever was not seen for longest first. */
import type { Metadata } from "next";
import Link from "next/link";
import { now } from "../../../../server/context";
import { listPeopleSchema } from "../../../../server/domain/caseload";
import { dayOf } from "../../../../server/domain/period";
import { createCaller } from "../../../../server/routers";
import { Page, PageTitle } from "../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import { Caseload } from "../caseload";

export const metadata: Metadata = { title: "People I look after" };

const TITLES = {
  all: "People you look after",
  crisis: "Your people in crisis",
  "not-seen": "Your people not seen for a while",
} as const;

export default async function MyPeoplePage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { memberId } = await requireViewerWho("caseload.read");
  const { view, whose } = await searchParams;
  const free = whose === "unassigned";
  const read = listPeopleSchema.safeParse({ whose: free ? whose : memberId, view });
  const asked = read.success ? read.data : listPeopleSchema.parse({ whose: memberId });
  const ctx = await pageContext();
  const caller = createCaller(ctx);
  const [first, today] = await Promise.all([caller.caseload.people(asked), now(ctx).then(dayOf)]);
  return (
    <Page>
      <PageTitle title={free ? "People whom nobody looks after" : TITLES[asked.view]}>
        <Link href="/today">Back to your day</Link>
      </PageTitle>
      <Caseload asked={asked} first={first} today={today} />
    </Page>
  );
}
