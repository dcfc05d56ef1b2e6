/** The record of processing and the impact assessment, made from the running system; read, printed, taken along, signed. */
import type { Metadata } from "next";
import { dayInWords, dayOf } from "../../../../server/domain/period";
import { createCaller } from "../../../../server/routers";
import { Page, PageTitle } from "../../../_ui/page-title";
import { Tag } from "../../../_ui/tag";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import styles from "../desk.module.css";
import { DeskTabs } from "../desk-tabs";
import { PURPOSE_WORDS } from "../look-words";
import { SignProcessing } from "./sign-processing";
import { TakeProcessing } from "./take-processing";

export const metadata: Metadata = { title: "Record of processing" };

export default async function ProcessingPage() {
  await requireViewerWho("desk.use");
  const shown = await createCaller(await pageContext()).desk.processing();
  const { record, hash, signed } = shown;
  const isCurrent = signed?.hash === hash;
  const undescribed = record.held.flatMap(({ place, undescribed }) =>
    undescribed.map((name) => `${place}.${name}`),
  );
  return (
    <Page>
      <div className="no-print">
        <DeskTabs here="/desk/processing" />
      </div>
      <PageTitle title={`How ${record.organisation} uses personal data`}>
        The record of processing (UK GDPR, Article 30) and the impact assessment (Article 35), made from the
        running system just now. Nobody typed it: when a table, an agreement or a purpose changes, it changes.
      </PageTitle>
      <p>
        {isCurrent && signed ? (
          <Tag tone="brand" icon="check">
            Signed by {signed.byName} on {dayInWords(dayOf(signed.at))}
          </Tag>
        ) : (
          <Tag tone="wait" icon="warn">
            {signed
              ? `Changed since ${signed.byName} signed on ${dayInWords(dayOf(signed.at))}`
              : "Not signed yet"}
          </Tag>
        )}
      </p>
      <p className={styles["facts"]}>
        Version {record.version} of the software. Fingerprint {hash.slice(0, 16)}…
      </p>
      <TakeProcessing shown={shown} />
      {undescribed.length > 0 && (
        <p role="alert">
          {undescribed.length} columns are not described yet: {undescribed.slice(0, 5).join(", ")}. Ask
          whoever looks after the software before you sign.
        </p>
      )}
      <section className={styles["case"]} aria-labelledby="why">
        <h2 id="why">Why, and on which basis</h2>
        <ul className={styles["list"]}>
          {record.purposes.map(({ purpose, basis, condition }) => (
            <li key={purpose}>
              <strong>{purpose}.</strong> {basis ?? "No basis is set yet."} {condition}
            </li>
          ))}
        </ul>
      </section>
      <section className={styles["case"]} aria-labelledby="what">
        <h2 id="what">What is kept about people</h2>
        <p>
          People whom the organisation helps, those who work here, and those who ask on somebody’s behalf.{" "}
          {record.held.length} kinds of records:
        </p>
        {record.held.map(({ place, title, why, columns }) => (
          <details key={place}>
            <summary>
              <strong>{title}</strong>
            </summary>
            <p>{why}</p>
            <p className={styles["columns"]}>
              {place}: {columns.join(", ")}
            </p>
          </details>
        ))}
      </section>
      <section className={styles["case"]} aria-labelledby="with">
        <h2 id="with">With whom it is shared</h2>
        {record.recipients.length === 0 && <p>No agreement is in force: nothing is shared by agreement.</p>}
        <ul className={styles["list"]}>
          {record.recipients.map(({ agreementId, title, gives, receives, purposes, until, cells }) => (
            <li key={agreementId}>
              <strong>{title}</strong>: {gives.join(", ")} to {receives.join(", ")},{" "}
              {purposes.map((purpose) => PURPOSE_WORDS[purpose]).join(" and ")}, until {dayInWords(until)}.{" "}
              {cells.length} {cells.length === 1 ? "cell" : "cells"} of the grid.
            </li>
          ))}
        </ul>
        <p>
          A referral that a person agreed to goes to the service that they chose. The public and commissioners
          get figures only, never a record.
        </p>
      </section>
      <section className={styles["case"]} aria-labelledby="long">
        <h2 id="long">For how long</h2>
        <ul className={styles["list"]}>
          {record.retention.map(({ recordType, months, source }) => (
            <li key={recordType}>
              <strong>{recordType}</strong>: {inYears(months)}. {source}
            </li>
          ))}
        </ul>
      </section>
      <section className={styles["case"]} aria-labelledby="risks">
        <h2 id="risks">Risks, and what is done against them</h2>
        <ul className={styles["list"]}>
          {record.risks.map(({ risk, measure, evidence }) => (
            <li key={risk}>
              <strong>{risk}</strong> {measure} <em>{evidence}</em>
            </li>
          ))}
        </ul>
      </section>
      <section className={styles["case"]} aria-labelledby="measured">
        <h2 id="measured">Attacks, as measured</h2>
        <p>{record.attacks.measured}.</p>
        <ul className={styles["list"]}>
          {record.attacks.results.map(({ attack, result, limit }) => (
            <li key={attack}>
              {attack}: <strong>{result}</strong> (limit {limit})
            </li>
          ))}
        </ul>
      </section>
      {!isCurrent && <SignProcessing hash={hash} />}
    </Page>
  );
}

const inYears = (months: number) =>
  months % 12 === 0 ? `${months / 12} ${months === 12 ? "year" : "years"}` : `${months} months`;
