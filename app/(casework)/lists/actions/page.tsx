/** What the organisation set out to do at places of its lists: what is open, by day, and what came of the rest. */
import type { Metadata } from "next";
import { createCaller } from "../../../../server/routers";
import { EmptyState, Page, PageTitle } from "../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import { ListTabs } from "../list-tabs";
import styles from "../lists.module.css";
import { ListActionCard } from "./action-card";
import { Board } from "./board";

export const metadata: Metadata = { title: "What we set out to do" };

export default async function ListActionsPage() {
  const { memberId } = await requireViewerWho("list.act");
  const { actions, today } = await createCaller(await pageContext()).lists.actions();
  const open = actions.filter(({ closed }) => closed === null);
  const closed = actions.filter((action) => action.closed !== null);
  return (
    <Page>
      <PageTitle title="What we set out to do">
        At places of your lists: what is still to do, and how the place has changed since.
      </PageTitle>
      <ListTabs here="/lists/actions" mayAct />
      {actions.length === 0 && (
        <EmptyState>Nothing yet. Make a list, and write at a row what you will do.</EmptyState>
      )}
      <Board actions={actions}>
        {open.length > 0 && (
          <section aria-labelledby="open-actions">
            <h2 id="open-actions" className="visually-hidden">
              Still to do
            </h2>
            <ul className={styles["cards"]}>
              {open.map((action) => (
                <li key={action.id} className={styles["card"]}>
                  <ListActionCard action={action} today={today} ownId={memberId} />
                </li>
              ))}
            </ul>
          </section>
        )}
        {closed.length > 0 && (
          <section aria-labelledby="closed-actions">
            <h2 id="closed-actions" className={styles["heading"]}>
              {open.length > 0 ? "What came of the rest" : "What came of it"}
            </h2>
            <ul className={styles["cards"]}>
              {closed.map((action) => (
                <li key={action.id} className={styles["card"]}>
                  <ListActionCard action={action} today={today} ownId={memberId} />
                </li>
              ))}
            </ul>
          </section>
        )}
      </Board>
    </Page>
  );
}
