/** Agreements in a list, those that wait for the reader first, then what is in force or will be, then drafts and what is over. */
import Link from "next/link";
import type { Standing } from "../../../server/domain/agreements/agreement";
import { listInWords, PURPOSE_WORDS, STANDING_WORDS } from "../../../server/domain/agreements/in-words";
import type { AgreementLine } from "../../../server/domain/agreements/paperwork";
import { inDigits } from "../../../server/domain/number-text";
import { addDays, type Day, dayInWords } from "../../../server/domain/period";
import { EmptyState } from "../../_ui/page-title";
import { Tag, type Tone } from "../../_ui/tag";
import styles from "./agreements.module.css";

const SECTIONS: readonly { title: string; standings: readonly Standing[] }[] = [
  { title: "In force", standings: ["in-force", "notice-given"] },
  { title: "Signed, to start later", standings: ["not-started"] },
  { title: "Being agreed", standings: ["waiting-for-signatures", "draft"] },
  { title: "Over", standings: ["ended", "withdrawn", "superseded"] },
];

export function AgreementList({ agreements, today }: { agreements: readonly AgreementLine[]; today: Day }) {
  if (agreements.length === 0) {
    return (
      <EmptyState>
        No agreement yet: no other organisation sees anything about the people you work with. Draft one when
        there is something that you want to do together.
      </EmptyState>
    );
  }
  const waiting = agreements.filter(({ waitsForUs }) => waitsForUs);
  const others = agreements.filter(({ waitsForUs }) => !waitsForUs);
  return (
    <>
      <Section title="Waiting for your signature" lines={waiting} today={today} />
      {SECTIONS.map(({ title, standings }) => (
        <Section
          key={title}
          title={title}
          lines={others.filter(({ standing }) => standings.includes(standing))}
          today={today}
        />
      ))}
    </>
  );
}

interface SectionProps {
  title: string;
  lines: readonly AgreementLine[];
  today: Day;
}

function Section({ title, lines, today }: SectionProps) {
  if (lines.length === 0) return null;
  return (
    <section className={styles["section"]} aria-label={title}>
      <h2 className={styles["h2"]}>{title}</h2>
      <ul className={styles["cards"]}>
        {lines.map((line) => (
          <li key={`${line.id} ${line.version}`}>
            <AgreementCard line={line} today={today} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function AgreementCard({ line, today }: { line: AgreementLine; today: Day }) {
  const { id, version, title, parties, purposes, startsOn, endsOn, standing } = line;
  return (
    <Link href={`/agreements/${id}?version=${version}`} className={styles["card"]}>
      <span className={styles["cardHead"]}>
        <strong>{title}</strong>
        <StandingTag standing={standing} />
      </span>
      <span>{listInWords(parties.map(({ name }) => name))}</span>
      <span className={styles["quiet"]}>
        {listInWords(purposes.map((each) => PURPOSE_WORDS[each]))}, {dayInWords(startsOn)} to{" "}
        {dayInWords(endsOn)}
      </span>
      <Use line={line} today={today} />
    </Link>
  );
}

/** Days before a review from which a list speaks of it. */
const REVIEW_DAYS = 60;
/** As long as an agreement must have held before it can be said that nobody uses it. */
const USE_DAYS = 90;

function Use({
  line: { standing, startsOn, reviewOn, looks, lastDay },
  today,
}: {
  line: AgreementLine;
  today: Day;
}) {
  const lastTag = lastDay !== null && (
    <Tag tone="stop">{lastDay < startsOn ? "Never starts" : `Last day ${dayInWords(lastDay)}`}</Tag>
  );
  if (standing === "not-started") return lastTag && <span className={styles["facts"]}>{lastTag}</span>;
  if (standing !== "in-force" && standing !== "notice-given") return null;
  const unused = looks === 0 && startsOn <= addDays(today, -USE_DAYS);
  return (
    <span className={styles["facts"]}>
      {unused ? (
        <Tag tone="wait" icon="warn">
          Not used in 90 days: end it?
        </Tag>
      ) : (
        <span>{usedInWords(looks)}</span>
      )}
      {reviewOn <= addDays(today, REVIEW_DAYS) && (
        <Tag tone="wait">
          Review {reviewOn < today ? "was due" : "due"} by {dayInWords(reviewOn)}
        </Tag>
      )}
      {lastTag}
    </span>
  );
}

const TONES: Readonly<Record<Standing, Tone>> = {
  "in-force": "brand",
  "not-started": "info",
  "notice-given": "wait",
  "waiting-for-signatures": "wait",
  draft: "plain",
  ended: "plain",
  withdrawn: "plain",
  superseded: "plain",
};

export function StandingTag({ standing }: { standing: Standing }) {
  return <Tag tone={TONES[standing]}>{STANDING_WORDS[standing]}</Tag>;
}

function usedInWords(looks: number): string {
  if (looks === 0) return "Not used in 90 days";
  return looks === 1 ? "Used once in 90 days" : `Used ${inDigits(looks)} times in 90 days`;
}
