/** All that happened to a referral, oldest first: what, when, who said so, and in which words. */
import { type Day, dayOf } from "../../server/domain/period";
import type { ShownReferralEvent } from "../../server/domain/referral-shown";
import { dayNear, timeOf } from "../_ui/dates";
import styles from "./referral.module.css";
import { eventInWords, whoInWords } from "./referral-words";

export function EventList({
  sentAt,
  sentByName,
  events,
  today,
}: {
  sentAt: Date;
  sentByName: string | null;
  events: readonly ShownReferralEvent[];
  today: Day;
}) {
  return (
    <ol className={styles["events"]}>
      <Happened what="Sent" at={sentAt} who={sentByName ?? ""} words={null} today={today} />
      {events.map((event) => (
        <Happened
          key={event.id}
          what={eventInWords(event)}
          at={event.at}
          who={whoInWords(event)}
          words={event.words}
          today={today}
        />
      ))}
    </ol>
  );
}

interface HappenedProps {
  what: string;
  at: Date;
  who: string;
  words: string | null;
  today: Day;
}

function Happened({ what, at, who, words, today }: HappenedProps) {
  return (
    <li>
      <strong>{what}</strong>
      <span className={styles["minor"]}>
        {[`${dayNear(dayOf(at), today)}, ${timeOf(at)}`, who].filter(Boolean).join(" · ")}
      </span>
      {words && <span className={styles["said"]}>{words}</span>}
    </li>
  );
}
