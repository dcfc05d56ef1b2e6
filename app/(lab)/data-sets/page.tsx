/** The outcome data that a study can be done in, whoever holds it, and what the viewer's own organisation holds. */

import type { Metadata } from "next";
import Link from "next/link";
import type { DataSetLine } from "../../../server/domain/lab/data-sets";
import { dayInWords, dayOf } from "../../../server/domain/period";
import { createCaller } from "../../../server/routers";
import { LinkButton } from "../../_ui/link-button";
import { EmptyState, Page, PageTitle } from "../../_ui/page-title";
import rows from "../../_ui/rows.module.css";
import { Tag } from "../../_ui/tag";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { LabTabs } from "../lab-tabs";
import styles from "./data-sets.module.css";

export const metadata: Metadata = { title: "Data sets" };

export default async function DataSetsPage() {
  const viewer = await requireViewerWho("data-set.read");
  const { dataSets } = createCaller(await pageContext());
  const [lines, holding] = await Promise.all([dataSets.list(), dataSets.holding()]);
  return (
    <Page>
      <LabTabs here="/data-sets" />
      <PageTitle
        title="Data sets"
        action={holding.mayLoad && <LinkButton href="/data-sets/load">Load a data set</LinkButton>}
      >
        What a study can be done in. You read what each holds and what it is suited for; nobody reads who is
        in it.
      </PageTitle>
      {lines.length > 0 ? (
        <ul className={rows["card"]}>
          {lines.map((line) => (
            <Row key={line.id} line={line} />
          ))}
        </ul>
      ) : (
        <EmptyState>
          There is no outcome data here yet. An organisation that holds some, such as the police or a health
          service, loads it once an administrator lets it.
        </EmptyState>
      )}
      {viewer.roles.includes("analyst") && !holding.holds && (
        <p className={styles["note"]}>
          Does your organisation keep records of outcomes that others could be compared in? Ask an
          administrator to let it hold outcome data. Then you can load it here.
        </p>
      )}
    </Page>
  );
}

function Row({
  line: { id, name, about, holderName, isOurs, people, loadedAt, withdrawnAt, isOffered },
}: {
  line: DataSetLine;
}) {
  return (
    <li>
      <Link href={`/data-sets/${id}`} className={rows["row"]}>
        <span className={rows["words"]}>
          <strong>{name}</strong>
          <span>{about}</span>
          <small>
            {isOurs ? "Held by your organisation" : `Held by ${holderName}`}, {people}
            {loadedAt && `, loaded on ${dayInWords(dayOf(loadedAt))}`}
          </small>
        </span>
        {isOurs && (
          <span className={rows["end"]}>
            {withdrawnAt ? (
              <Tag>Withdrawn</Tag>
            ) : isOffered ? (
              <Tag tone="brand">Yours</Tag>
            ) : (
              <Tag tone="wait">Not offered</Tag>
            )}
          </span>
        )}
      </Link>
    </li>
  );
}
