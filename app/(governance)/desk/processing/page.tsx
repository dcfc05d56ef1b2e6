/** The record of processing and the impact assessment, made from the running system; read, printed, taken along, signed. */
import type { Metadata } from "next";
import { dayInWords, dayOf } from "../../../../server/domain/period";
import { createCaller } from "../../../../server/routers";
import { Page, PageTitle } from "../../../_ui/page-title";
import { Tag } from "../../../_ui/tag";
import { pageContext, requireViewerWho } from "../../../_ui/viewer";
import { AttackTables } from "../attack-tables";
import styles from "../desk.module.css";
import { DeskTabs } from "../desk-tabs";
import { PURPOSE_WORDS } from "../look-words";
import { PageContents } from "../page-contents";
import { SignProcessing } from "./sign-processing";
import { TakeProcessing } from "./take-processing";

export const metadata: Metadata = { title: "Record of processing" };

const SECTIONS = [
  { id: "why", title: "Why, and on which basis" },
  { id: "what", title: "What is kept about people" },
  { id: "with", title: "With whom it is shared" },
  { id: "long", title: "For how long" },
  { id: "risks", title: "Risks, and what is done against them" },
  { id: "measured", title: "Attacks, as measured" },
  { id: "proved", title: "Faults and tampering, as proved" },
  { id: "sign", title: "Sign this version" },
] as const;

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
      <DeskTabs here="/desk/processing" />
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
      <PageContents sections={SECTIONS.filter(({ id }) => id !== "sign" || !isCurrent)} />
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
        <div className={styles["kinds"]}>
          {record.held.map(({ place, title, why, columns }) => (
            <details key={place}>
              <summary>{title}</summary>
              <p>{why}</p>
              <p className={styles["columns"]}>
                {place}: {columns.join(", ")}
              </p>
            </details>
          ))}
        </div>
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
        <p>{record.attacks.measured}. Lower is safer.</p>
        <AttackTables attacks={record.attacks.results} />
      </section>
      <section className={styles["case"]} aria-labelledby="proved">
        <h2 id="proved">Faults and tampering, as proved</h2>
        <p>
          What happens when programs are killed, devices lose power, entries are tampered with or somebody
          tries what no agreement allows. Each proof wrote its own result when it ran.
        </p>
        {record.proofs.length === 0 && <p>No result has been kept yet.</p>}
        <ul className={styles["list"]}>
          {record.proofs.map(({ about, verdict, ranOn, commit, cases }) => (
            <li key={about}>
              <strong>{verdict}</strong>: {about}. Run on {dayInWords(ranOn)}, commit {commit}.
              <details>
                <summary>{cases.length === 1 ? "The case" : `The ${cases.length} cases`}</summary>
                <ul>
                  {cases.map((words) => (
                    <li key={words}>{words}</li>
                  ))}
                </ul>
              </details>
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
