"use client";
/** Every contact, latest first, in words; one logged in error is voided with a reason and stays to be seen. */
import { useState } from "react";
import { CHANNEL_LABELS } from "../../../../server/domain/contact-terms";
import { type Day, dayOf } from "../../../../server/domain/period";
import type { ShownContact } from "../../../../server/domain/profile";
import { dayAgo, dayNear, timeOf } from "../../../_ui/dates";
import { EmptyState } from "../../../_ui/page-title";
import { StatusTag } from "../../../_ui/status";
import { nameOf } from "../../../_words/issue-words";
import styles from "./person.module.css";
import { VoidContact } from "./void-contact";

const FIRST_SHOWN = 20;

export function ContactList({ contacts, today }: { contacts: readonly ShownContact[]; today: Day }) {
  const [all, setAll] = useState(false);
  const [voiding, setVoiding] = useState<ShownContact | null>(null);
  const shown = all ? contacts : contacts.slice(0, FIRST_SHOWN);
  return (
    <section aria-labelledby="contacts-title">
      <div className={styles["contactsHead"]}>
        <h2 id="contacts-title" className={styles["h2"]}>
          Contacts
        </h2>
        {contacts.length > 0 && <span className={styles["count"]}>{contacts.length} in all</span>}
      </div>
      {contacts.length === 0 && <EmptyState>No contacts yet. Log the first one when you meet.</EmptyState>}
      <ol>
        {shown.map((contact) => (
          <Contact key={contact.id} contact={contact} today={today} onVoid={() => setVoiding(contact)} />
        ))}
      </ol>
      {shown.length < contacts.length && (
        <div className={styles["more"]}>
          <button type="button" className={styles["voidButton"]} onClick={() => setAll(true)}>
            Show all {contacts.length} contacts
          </button>
        </div>
      )}
      <VoidContact contact={voiding} onClose={() => setVoiding(null)} />
    </section>
  );
}

interface ContactProps {
  contact: ShownContact;
  today: Day;
  onVoid: () => void;
}

function Contact({ contact, today, onVoid }: ContactProps) {
  const { occurredOn, receivedAt, voided } = contact;
  const sameDay = dayOf(receivedAt) === occurredOn;
  return (
    <li className={styles["contact"]} data-void={voided !== null || undefined}>
      <div className={styles["when"]}>
        <strong>{dayAgo(occurredOn, today)}</strong>
        {CHANNEL_LABELS[contact.channel]}
        {sameDay && `, ${timeOf(receivedAt)}`}
      </div>
      <div>
        <ul className={styles["entries"]}>
          {contact.entries.map((entry) => (
            <li key={entry.issueId}>
              {nameOf(entry.need, entry.label)} <StatusTag status={entry.status} />
            </li>
          ))}
        </ul>
        {contact.note && <p className={styles["noteText"]}>{contact.note}</p>}
        {contact.lateReason && <p className={styles["by"]}>Logged late: {contact.lateReason}</p>}
        <p className={styles["by"]}>
          <span>
            {contact.memberName ?? "Imported"} · {contact.service.name}
            {!sameDay && ` · logged ${dayNear(dayOf(receivedAt), today)}`}
          </span>
          {voided ? (
            <strong>
              Voided {dayNear(dayOf(voided.at), today)}: {voided.reason}
            </strong>
          ) : (
            <button
              type="button"
              className={`${styles["voidButton"]} no-print`}
              aria-label={`Void the contact of ${dayAgo(occurredOn, today)}`}
              onClick={onVoid}
            >
              Void
            </button>
          )}
        </p>
      </div>
    </li>
  );
}
