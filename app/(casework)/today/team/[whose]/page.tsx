/** The people of one worker, or of nobody, for a manager: to look at, and to give to somebody else. */
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { CASELOAD_VIEWS, type CaseloadView, listPeopleSchema } from "../../../../../server/domain/caseload";
import { createCaller } from "../../../../../server/routers";
import { Page, PageTitle } from "../../../../_ui/page-title";
import { Tabs } from "../../../../_ui/tabs";
import { pageContext, requireViewerWho } from "../../../../_ui/viewer";
import { Caseload } from "../../caseload";

export const metadata: Metadata = { title: "People of a worker" };

const VIEW_WORDS: Readonly<Record<CaseloadView, string>> = {
  all: "Everybody",
  crisis: "In crisis",
  "not-seen": "Not seen for a while",
};

interface WorkerPageProps {
  params: Promise<{ whose: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function WorkerPage({ params, searchParams }: WorkerPageProps) {
  await requireViewerWho("caseload.manage");
  const [{ whose }, { view, service }] = await Promise.all([params, searchParams]);
  const read = listPeopleSchema.safeParse({ whose, view, serviceId: service });
  if (!read.success) notFound();
  const asked = read.data;
  const caller = createCaller(await pageContext());
  const team = await caller.caseload.workers();
  const worker = team.workers.find(({ id }) => id === asked.whose);
  if (asked.whose !== "unassigned" && !worker) notFound();
  const first = await caller.caseload.people(asked);
  const views = CASELOAD_VIEWS.filter((each) => worker || each !== "not-seen");
  const hrefOf = (each: CaseloadView) =>
    `/today/team/${asked.whose}?view=${each}${asked.serviceId ? `&service=${asked.serviceId}` : ""}`;
  const serviceName = team.services.find(({ id }) => id === asked.serviceId)?.name;
  return (
    <Page>
      <PageTitle title={worker ? `People of ${worker.name}` : "People whom nobody looks after"}>
        <Link href="/today/team">Back to the team</Link>
        {serviceName && ` · last seen by ${serviceName}`}
      </PageTitle>
      <Tabs
        label="Which people"
        tabs={views.map((each) => ({ href: hrefOf(each), label: VIEW_WORDS[each] }))}
        here={hrefOf(asked.view)}
      />
      <Caseload
        key={hrefOf(asked.view)}
        asked={asked}
        first={first}
        today={team.today}
        colleagues={team.workers}
      />
    </Page>
  );
}
