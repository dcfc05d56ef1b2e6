/**
 * One contact: when and how, what was said of each issue, by whom, how it came here, and what was put right. On paper,
 * which leaves the house, the words of contacts that were voided or corrected stay behind: a line says that they are.
 */
import Link from "next/link";
import { CHANNEL_LABELS } from "../../../../server/domain/contact-terms";
import { type Day, dayInWords, dayOf } from "../../../../server/domain/period";
import type { ShownContact } from "../../../../server/domain/profile";
import { dayAgo, dayNear, timeOf } from "../../../_ui/dates";
import { StatusTag } from "../../../_ui/status";
import { nameOf } from "../../../_words/issue-words";
import { changesBetween } from "./correction-words";
import styles from "./person.module.css";

interface ContactRowProps {
  contact: ShownContact;
  today: Day;
  /** With both, the contact can be corrected and voided. */
  clientId?: string;
  onVoid?: () => void;
  /** With it, a note can be removed for good, also that of a contact which no longer holds. */
  onRemoveNote?: ((contact: ShownContact) => void) | undefined;
  /** Days in full, and a line in place of what no longer holds. */
  onPaper?: boolean;
}

export function ContactRow(props: ContactRowProps) {
  const { contact, today, clientId, onVoid, onRemoveNote, onPaper = false } = props;
  const { occurredOn, receivedAt, voided, replaces, memberName, noteRemoved } = contact;
  if (onPaper && voided) return <LeftOut contact={contact} how="voided" />;
  const arrival = arrivalOf(contact, today);
  const atOnce = arrival === null && dayOf(receivedAt) === occurredOn;
  const about = `the contact of ${dayAgo(occurredOn, today)}`;
  return (
    <li className={styles["contact"]} data-void={voided !== null || undefined}>
      <div className={styles["when"]}>
        <strong>{onPaper ? dayInWords(occurredOn) : dayAgo(occurredOn, today)}</strong>
        {CHANNEL_LABELS[contact.channel]}
        {atOnce && `, ${timeOf(receivedAt)}`}
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
        {noteRemoved && (
          <p className={styles["by"]}>
            Note removed by {noteRemoved.memberName ?? "a manager"} on {dayInWords(dayOf(noteRemoved.at))}
          </p>
        )}
        {contact.consent === "emergency" && (
          <p className={styles["by"]}>An emergency: nobody was asked about sharing</p>
        )}
        {contact.lateReason && <p className={styles["by"]}>Logged late: {contact.lateReason}</p>}
        <div className={styles["by"]}>
          <span>
            {memberName ?? "Imported"} · {contact.service.name}
            {arrival && ` · ${arrival}`}
          </span>
          {voided && (
            <strong>
              Voided {dayNear(dayOf(voided.at), today)}
              {voided.memberName && ` by ${voided.memberName}`}: {voided.reason}
            </strong>
          )}
          {contact.note && onRemoveNote && (
            <button
              type="button"
              className={`${styles["voidButton"]} no-print`}
              aria-label={`Remove the note of ${about}`}
              onClick={() => onRemoveNote(contact)}
            >
              Remove the note
            </button>
          )}
          {!voided && onVoid && (
            <span className="no-print">
              {memberName !== null && clientId && (
                <Link
                  className={styles["quietLink"]}
                  href={`/contact?with=${clientId}&correct=${contact.id}`}
                  aria-label={`Correct ${about}`}
                >
                  Correct
                </Link>
              )}
              <button
                type="button"
                className={styles["voidButton"]}
                aria-label={`Void ${about}`}
                onClick={onVoid}
              >
                Void
              </button>
            </span>
          )}
        </div>
        {replaces && !onPaper && (
          <Correction before={replaces} after={contact} today={today} onRemoveNote={onRemoveNote} />
        )}
        {replaces && onPaper && (
          <ul className={styles["correction"]}>
            <LeftOut contact={replaces} how="corrected" />
          </ul>
        )}
      </div>
    </li>
  );
}

/** That there was a contact which no longer holds, and any that it had taken the place of; none of its words. */
function LeftOut({ contact, how }: { contact: ShownContact; how: "corrected" | "voided" }) {
  const { occurredOn, memberName, voided, replaces } = contact;
  return (
    <>
      <li>
        Contact of {dayInWords(occurredOn)}, {memberName ?? "imported"}: {how}
        {voided && ` on ${dayInWords(dayOf(voided.at))}`}, left out here.
      </li>
      {replaces && <LeftOut contact={replaces} how="corrected" />}
    </>
  );
}

/** What was put right, when, by whom and why; and what was logged first, folded away. */
function Correction({
  before,
  after,
  today,
  onRemoveNote,
}: {
  before: ShownContact;
  after: ShownContact;
} & Pick<ContactRowProps, "today" | "onRemoveNote">) {
  const changes = changesBetween(before, after, today);
  const by = before.voided?.memberName;
  return (
    <div className={styles["correction"]}>
      <p>
        Corrected {before.voided && dayNear(dayOf(before.voided.at), today)}
        {by && ` by ${by}`}
        {changes.length > 0 && `: ${changes.join("; ")}`}. {before.voided && `“${before.voided.reason}”`}
      </p>
      <details>
        <summary>What was logged first</summary>
        <ol>
          <ContactRow contact={before} today={today} onRemoveNote={onRemoveNote} />
        </ol>
      </details>
    </div>
  );
}

/** Minutes between a device's claim and the server's receipt after which somebody may ask why. */
const AT_ONCE_MINUTES = 3;
/** A device whose clock is further off than this says nothing that could be believed. */
const MOST_DAYS = 60;

/** How a contact came here, when not at once: "logged without signal, arrived 11:05". */
function arrivalOf({ occurredOn, receivedAt, claimedAt }: ShownContact, today: Day): string | null {
  const day = dayOf(receivedAt);
  const minutes = claimedAt ? (receivedAt.getTime() - claimedAt.getTime()) / 60_000 : 0;
  if (minutes > AT_ONCE_MINUTES && minutes < MOST_DAYS * 1_440) {
    const sameDay = claimedAt !== null && dayOf(claimedAt) === day;
    const at =
      sameDay && day === occurredOn ? timeOf(receivedAt) : `${dayNear(day, today)}, ${timeOf(receivedAt)}`;
    return `logged without signal, arrived ${at}`;
  }
  // A demo's days run ahead of the real clock: received before it happened says nothing.
  return day <= occurredOn ? null : `logged ${dayNear(day, today)}`;
}
