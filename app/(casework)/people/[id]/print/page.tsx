/**
 * The record for paper: calm, with who printed it and when, and without the words of contacts that were voided or
 * corrected. Opening this page is recorded.
 */
import type { Metadata } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { closingInWords } from "../../../../../server/domain/closing";
import { IDENTIFIER_LABELS } from "../../../../../server/domain/identifiers";
import { dayInWords, dayOf } from "../../../../../server/domain/period";
import { PROFILE_FIELD_LABELS, valueInWords } from "../../../../../server/domain/profile-terms";
import { timeOf } from "../../../../_ui/dates";
import { EmptyState, Page } from "../../../../_ui/page-title";
import { STATUSES } from "../../../../_ui/status";
import { requireViewer } from "../../../../_ui/viewer";
import { nameOf, SEVERITY_WORDS, whoseInWords } from "../../../../_words/issue-words";
import { answerInWords, askedInWords, stateInWords } from "../consent-words";
import { ContactRow } from "../contact-row";
import { Course } from "../course";
import { PersonHead } from "../person-head";
import { PrintButton } from "../print-button";
import { readForPrint } from "../read-person";
import styles from "./print.module.css";
import { PrintedWork } from "./printed-work";

export const metadata: Metadata = { title: "Record for print" };

const DETAILS = [
  "dateOfBirth",
  "place",
  "address",
  "homeIsSecret",
  "phone",
  "email",
  "sex",
  "reference",
] as const;

export default async function PrintPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const person = await readForPrint(id);
  const { organisationName } = await requireViewer();
  const { printedAt, printedBy, issues, contacts, consents, closings } = person;
  const today = dayOf(printedAt);
  const spoken = issues.filter(({ status }) => status !== null);
  const sharing = stateInWords(person.sharing);
  return (
    <Page>
      <div className={`${styles["bar"]} no-print`}>
        <Link href={`/people/${id}`}>Back to the record</Link>
        <PrintButton />
      </div>
      <article className={styles["paper"]}>
        <p className={styles["stamp"]}>
          {organisationName}. Printed by {printedBy} on {dayInWords(today)}, {timeOf(printedAt)}. In
          confidence: keep it locked away, and shred it when it is no longer needed.
        </p>
        <PersonHead person={person} />
        {!person.anonymous && (
          <Part title="Details">
            <dl className={styles["details"]}>
              {DETAILS.map((field) => (
                <div key={field}>
                  <dt>{PROFILE_FIELD_LABELS[field]}</dt>
                  <dd>{valueInWords(field, person[field])}</dd>
                </div>
              ))}
              {person.identifiers.map(({ kind, value }) => (
                <div key={`${kind} ${value}`}>
                  <dt>{IDENTIFIER_LABELS[kind]}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </Part>
        )}
        <Course issues={spoken} today={today} />
        <Part title="Issues">
          {spoken.length === 0 && <EmptyState>No issues.</EmptyState>}
          <ul className={styles["lines"]}>
            {spoken.map(({ id: issueId, need, label, status, severity, ours, course }) => (
              <li key={issueId}>
                <strong>{nameOf(need, label)}</strong>:{" "}
                {[
                  status && STATUSES[status].word.toLowerCase(),
                  severity && SEVERITY_WORDS[severity],
                  ours !== null && whoseInWords(ours).toLowerCase(),
                  course[0] && `since ${dayInWords(course[0].occurredOn)}`,
                ]
                  .filter(Boolean)
                  .join(", ")}
              </li>
            ))}
          </ul>
        </Part>
        {!person.anonymous && (
          <>
            <PrintedWork clientId={id} today={today} />
            <Part title="Consent">
              <p>
                <strong>{sharing.lead}</strong> {sharing.rest}
              </p>
              <ul className={styles["lines"]}>
                {consents.map((answer) => (
                  <li key={answer.id}>
                    {dayInWords(answer.answeredOn)}: {answerInWords(answer)}. {askedInWords(answer)}
                  </li>
                ))}
              </ul>
            </Part>
          </>
        )}
        {closings.length > 0 && (
          <Part title="Closed and opened again">
            <ul className={styles["lines"]}>
              {closings.map((closing) => (
                <li key={closing.id}>
                  {dayInWords(closing.onDay)}: {closing.kind === "closed" ? "closed" : "opened again"}
                  {closing.memberName && ` by ${closing.memberName}`}. {closingInWords(closing)}.
                </li>
              ))}
            </ul>
          </Part>
        )}
        <Part title={`Contacts: ${person.contactCount} in all`}>
          <ol>
            {contacts.map((contact) => (
              <ContactRow key={contact.id} contact={contact} today={today} onPaper />
            ))}
          </ol>
        </Part>
      </article>
    </Page>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles["part"]}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
