/** One study of the register: its result as it was checked and put here, the plan behind it, and its files. */
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { cache } from "react";
import { NotFound } from "../../../../../../server/domain/errors";
import {
  FINDING_MEANS,
  FINDING_WORDS,
  isOverdue,
  OVERDUE_WORDS,
  type RegisterFile,
  type RegisterStudy,
} from "../../../../../../server/domain/lab/register";
import { type Day, dayInWords } from "../../../../../../server/domain/period";
import cards from "../../../../../_study/cards.module.css";
import { FactsSummary } from "../../../../../_study/facts-summary";
import { PlanCard } from "../../../../../_study/plan-card";
import { StudyResult } from "../../../../../_study/study-result";
import button from "../../../../../_ui/button.module.css";
import { Icon } from "../../../../../_ui/icon";
import { Tag } from "../../../../../_ui/tag";
import { getRegisterStudy, openReader, openToday } from "../../../../open-reading";
import { sizeInWords } from "../../../../open-words";
import styles from "../studies.module.css";

interface RegisterStudyPageProps {
  params: Promise<{ number: string }>;
}

const readStudy = cache(async (text: string): Promise<RegisterStudy> => {
  if (!/^[1-9]\d{0,6}$/.test(text)) notFound();
  return getRegisterStudy(openReader(), Number(text)).catch((error: unknown): never => {
    if (error instanceof NotFound) notFound();
    throw error;
  });
});

export async function generateMetadata({ params }: RegisterStudyPageProps): Promise<Metadata> {
  const { number, intervention } = await readStudy((await params).number);
  return { title: `Study ${number}: people who ${intervention}` };
}

export default async function RegisterStudyPage({ params }: RegisterStudyPageProps) {
  const study = await readStudy((await params).number);
  const { number, organisation, publishedOn, record, files } = study;
  return (
    <main id="main" tabIndex={-1} className={styles["page"]}>
      <Link href="/open/studies" className={`${styles["back"]} no-print`} prefetch={false}>
        <Icon name="back" size={16} /> All studies
      </Link>
      {record === null ? (
        <NoResult study={study} today={await openToday()} />
      ) : (
        <>
          <StudyResult
            numbers={record.numbers}
            facts={record.facts}
            eyebrow={
              <>
                <span>Study {number}</span>
                <span>{organisation}</span>
                <Tag tone="brand" icon="check">
                  Checked and released {dayInWords(publishedOn)}
                </Tag>
              </>
            }
            action={<Downloads number={number} files={files} />}
            aside={
              <>
                <PlanCard planHash={record.facts.planHash} fixedOn={record.facts.fixedOn} href="#plan" />
                {record.facts.destroyed && (
                  <section className={cards["receipt"]} aria-labelledby="destroyed">
                    <h2 id="destroyed" className={cards["h3"]}>
                      <Icon name="shield" size={18} /> Names destroyed
                    </h2>
                    <p className={cards["text"]}>
                      The names that were sent were destroyed on {dayInWords(record.facts.destroyed.on)}. Only
                      the totals of this report are kept.
                    </p>
                  </section>
                )}
              </>
            }
          />
          <section id="plan" className={styles["plan"]} aria-labelledby="plan-title">
            <h2 id="plan-title">What was asked, before the result</h2>
            <FactsSummary facts={record.facts} />
          </section>
        </>
      )}
    </main>
  );
}

function NoResult({ study, today }: { study: RegisterStudy; today: Day }) {
  const { number, organisation, intervention, dataSet, finding, publishedOn, withdrawnOn } = study;
  return (
    <>
      <p className={styles["under"]}>
        Study {number}, {organisation}
      </p>
      <h1>People who {intervention}</h1>
      <p className={styles["lead"]}>
        <b>{FINDING_WORDS[finding]}</b>
        {withdrawnOn
          ? ` on ${dayInWords(withdrawnOn)}`
          : `${finding === "waiting" ? " since" : ","} ${dayInWords(publishedOn)}`}
        . {FINDING_MEANS[finding]}
        {isOverdue(study, today) && (
          <>
            {" "}
            <b>{OVERDUE_WORDS}</b>
          </>
        )}
      </p>
      <p className={styles["under"]}>
        It looked in {dataSet}. No number of it is shown{finding === "waiting" ? " yet" : ""}, and none can be
        asked for. It stands here so that the register does not hold good news alone.
      </p>
    </>
  );
}

const NAMES: Readonly<Record<string, string>> = {
  pdf: "Report (PDF)",
  html: "Web page",
  csv: "Table (CSV)",
  svg: "Picture (SVG)",
};
const endingOf = (name: string) => name.split(".").at(-1) ?? "";

/** The report first; tables and pictures behind one key. */
function Downloads({ number, files }: { number: number; files: readonly RegisterFile[] }) {
  const address = ({ name }: RegisterFile) => `/open/studies/${number}/${encodeURIComponent(name)}`;
  const report = files.find(({ name }) => name.endsWith(".pdf"));
  const others = files.filter((file) => file !== report);
  return (
    <div className="no-print">
      {report && (
        <a href={address(report)} className={`${button["button"]} ${styles["wide"]}`} download={report.name}>
          <Icon name="arrow-down" size={18} />
          Download report (PDF)
        </a>
      )}
      {others.length > 0 && (
        <details className={styles["fold"]}>
          <summary>Other files, {others.length}</summary>
          <ul>
            {others.map((file) => (
              <li key={file.name}>
                <a href={address(file)} download={file.name}>
                  {file.name}
                </a>{" "}
                <span>
                  {NAMES[endingOf(file.name)] ?? endingOf(file.name).toUpperCase()}, {sizeInWords(file.size)}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
