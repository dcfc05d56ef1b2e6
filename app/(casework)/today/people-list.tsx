/** People as rows that lead to their records: name, when they were seen last, and what presses. */
import Link from "next/link";
import type { ReactNode } from "react";
import type { CaseloadPerson } from "../../../server/domain/caseload";
import type { Day } from "../../../server/domain/period";
import { Avatar } from "../../_ui/avatar";
import { dayAgo } from "../../_ui/dates";
import rows from "../../_ui/rows.module.css";
import { Tag } from "../../_ui/tag";
import { nameOf } from "../../_words/issue-words";
import { fullName, issuesInWords } from "../../_words/person-words";
import styles from "./today.module.css";

interface PeopleListProps {
  people: readonly CaseloadPerson[];
  today: Day;
  /** What the second line is about. */
  shows: "seen" | "crisis";
  /** Stands before a row, such as a box to choose it. */
  before?: (person: CaseloadPerson) => ReactNode;
  /** Stands after it, such as a button. */
  after?: (person: CaseloadPerson) => ReactNode;
}

export function PeopleList({ people, today, shows, before, after }: PeopleListProps) {
  return (
    <ul className={rows["rows"]}>
      {people.map((person) => {
        const name = fullName(person);
        return (
          <li key={person.id} className={rows["line"]}>
            {before?.(person)}
            <Link href={`/people/${person.id}`} className={rows["row"]}>
              <span className={styles["avatar"]}>
                <Avatar name={name} />
              </span>
              <span className={rows["words"]}>
                <strong>{name}</strong>
                <span>{shows === "crisis" ? crisisLine(person, today) : seenLine(person, today)}</span>
              </span>
              {shows === "seen" && person.crisis.length > 0 && <Tag tone="wait">Crisis</Tag>}
            </Link>
            {after?.(person)}
          </li>
        );
      })}
    </ul>
  );
}

function seenLine({ lastContactOn, daysUnseen, openIssues, reference }: CaseloadPerson, today: Day): string {
  const seen = lastContactOn
    ? `Seen ${lower(dayAgo(lastContactOn, today))}${daysUnseen > 6 ? `, ${agoInWords(daysUnseen)}` : ""}`
    : `Never seen, added ${daysUnseen === 0 ? "today" : agoInWords(daysUnseen)}`;
  return [seen, issuesInWords(openIssues), reference].filter(Boolean).join(" · ");
}

const MONTH_DAYS = 365.25 / 12;

/** How long ago, as people say it: "34 days ago", "5 months ago", "2 years ago". */
function agoInWords(days: number): string {
  const months = Math.floor(days / MONTH_DAYS);
  if (months < 2) return days === 1 ? "yesterday" : `${days} days ago`;
  return months < 24 ? `${months} months ago` : `${Math.floor(months / 12)} years ago`;
}

/** "Today" and "Yesterday" inside a line; days of the week keep their capital. */
const lower = (words: string) => words.replace(/^(Today|Yesterday)$/, (word) => word.toLowerCase());

function crisisLine({ crisis }: CaseloadPerson, today: Day): string {
  return crisis
    .map(({ need, label, since }) => `${nameOf(need, label)}, ${lower(dayAgo(since, today))}`)
    .join(" · ");
}
