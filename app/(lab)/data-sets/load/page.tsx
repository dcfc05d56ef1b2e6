/** Loading a data set from the browser: three files, looked over here, sealed, and loaded by the worker. */
import type { Metadata } from "next";
import { createCaller } from "../../../../server/routers";
import { Page, PageTitle } from "../../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import { LabTabs } from "../../lab-tabs";
import styles from "../data-sets.module.css";
import { LoadDataSet } from "./load-data-set";

export const metadata: Metadata = { title: "Load a data set" };

export default async function LoadDataSetPage() {
  await requireViewerWho("data-set.manage");
  const { mayLoad } = await createCaller(await pageContext()).dataSets.holding();
  return (
    <Page>
      <LabTabs here="/data-sets" />
      <PageTitle title="Load a data set">
        Three files: what the data is, who is in it, and what happened to them. They are sealed in this
        browser. Only the program that links and counts can open them, and no page ever shows a name from
        them.
      </PageTitle>
      {mayLoad ? (
        <LoadDataSet />
      ) : (
        <p className={styles["note"]}>
          Your organisation may not hold outcome data yet. Ask an administrator to let it, on their page
          Organisations.
        </p>
      )}
    </Page>
  );
}
