/** A worker's day: what is due, who is in crisis, whom nobody has seen for a while, and what waits for their word. */
import type { Metadata } from "next";
import { decide } from "../../../server/domain/access";
import { dayInWords } from "../../../server/domain/period";
import { createCaller } from "../../../server/routers";
import { Icon } from "../../_ui/icon";
import { LinkButton } from "../../_ui/link-button";
import { Page, PageTitle } from "../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { Calendar } from "./calendar";
import { Day } from "./day";
import { DayTabs } from "./day-tabs";
import styles from "./today.module.css";
import { Waiting } from "./waiting";

export const metadata: Metadata = { title: "My day" };

export default async function TodayPage() {
  const viewer = await requireViewerWho("caseload.read");
  const { memberId, roles, organisationId } = viewer;
  const caller = createCaller(await pageContext());
  const mayAgree = decide(viewer, "programme.manage", { organisationId }).allow;
  const [day, calendar, conflicts, referrals, renewals, programmes] = await Promise.all([
    caller.caseload.myDay(),
    caller.calendar.status(),
    caller.clients.conflicts({ clientId: null }),
    caller.referrals.due(),
    caller.consents.renewals(),
    mayAgree ? caller.programmes.list() : [],
  ]);
  return (
    <Page>
      <PageTitle
        title="My day"
        action={
          <LinkButton href="/people" leftSection={<Icon name="add" size={18} />}>
            Log a contact
          </LinkButton>
        }
      >
        {dayInWords(day.today)}
      </PageTitle>
      {roles.includes("manager") && <DayTabs here="/today" />}
      <div className={styles["columns"]}>
        <Day given={day} renewals={renewals} ownId={memberId} />
        <aside className={styles["rail"]} aria-label="Also today">
          <Waiting
            conflicts={conflicts}
            referrals={referrals}
            invitations={programmes.filter(({ waitsForUs }) => waitsForUs)}
          />
          <Calendar given={calendar} />
        </aside>
      </div>
    </Page>
  );
}
