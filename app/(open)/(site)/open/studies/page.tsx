/**
 * The open register of studies: every one that came to its end, the newest first, and what all of them come to. There is
 * no order by result, because studies cannot be ranked.
 */
import type { Metadata } from "next";
import Link from "next/link";
import {
  FINDING_MEANS,
  FINDING_WORDS,
  FINDINGS,
  isOverdue,
  OVERDUE_WORDS,
  type RegisterLine,
  type RegisterSummary,
  registerQuerySchema,
} from "../../../../../server/domain/lab/register";
import { NOT_COMPARABLE } from "../../../../../server/domain/lab/report-words";
import { inDigits } from "../../../../../server/domain/number-text";
import { type Day, dayInWords } from "../../../../../server/domain/period";
import { FewerThanTen } from "../../../../_ui/few";
import { Tag } from "../../../../_ui/tag";
import { listRegister, openReader, openToday, summariseRegister } from "../../../open-reading";
import { oneOf } from "../../../open-words";
import styles from "./studies.module.css";

export const metadata: Metadata = { title: "Studies" };

interface RegisterPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function RegisterPage({ searchParams }: RegisterPageProps) {
  const asked = registerQuerySchema.safeParse({ page: oneOf((await searchParams)["page"]) ?? 1 });
  const [{ lines, page, pages }, summary, today] = await Promise.all([
    listRegister(openReader(), { page: asked.data?.page ?? 1 }),
    summariseRegister(openReader()),
    openToday(),
  ]);
  return (
    <main id="main" tabIndex={-1} className={styles["page"]}>
      <h1>Studies of what became of people</h1>
      <p className={styles["lead"]}>
        Each study compares people whom an organisation helped with similar people whom it did not help. What
        it asks is fixed before anybody sees a result, and it stands here whichever way it points.{" "}
        <Link href="/open/studies/how" prefetch={false}>
          How a study is made
        </Link>
      </p>
      {summary.studies === 0 ? (
        <p className={styles["empty"]}>
          No study has come to its end yet. When one does, it stands here for good.
        </p>
      ) : (
        <>
          <Summary summary={summary} />
          <h2>All studies, the newest first</h2>
          <p className={styles["under"]}>
            They cannot be put in order of their results: each has people, a place and a time of its own.
            Every one says so: <b>{NOT_COMPARABLE}</b>
          </p>
          <ul className={styles["list"]}>
            {lines.map((line) => (
              <Line key={line.number} line={line} today={today} />
            ))}
          </ul>
          {pages > 1 && <Pages page={page} pages={pages} />}
        </>
      )}
    </main>
  );
}

/** What all studies come to together: how many came out which way. */
function Summary({ summary }: { summary: RegisterSummary }) {
  const shown = FINDINGS.filter((finding) => summary.findings[finding] > 0);
  return (
    <section className={styles["summary"]} aria-labelledby="so-far">
      <h2 id="so-far">So far</h2>
      <p className={styles["sentence"]}>
        {summary.studies === 1 ? "One study" : `${inDigits(summary.studies)} studies`}
        {summary.sent > 0 && (
          <>
            {" "}
            of about {inDigits(summary.sent)} people, of whom about {inDigits(summary.compared)} could be
            compared
          </>
        )}
        .
      </p>
      <dl className={styles["findings"]}>
        {shown.map((finding) => (
          <div key={finding}>
            <dt>{FINDING_WORDS[finding]}</dt>
            <dd className={styles["count"]}>{inDigits(summary.findings[finding])}</dd>
            <dd className={styles["means"]}>{FINDING_MEANS[finding]}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Line({ line, today }: { line: RegisterLine; today: Day }) {
  const { number, intervention, organisation, dataSet, finding, sent, compared, publishedOn, withdrawnOn } =
    line;
  const waits = finding === "waiting";
  const says = !waits && finding !== "withdrawn" && finding !== "too-few";
  return (
    <li>
      <div className={styles["what"]}>
        <Link href={`/open/studies/${number}`} prefetch={false}>
          People who {intervention}
        </Link>
        <span>
          {organisation}, in {dataSet}
        </span>
        {says && (
          <span>
            {sent === null ? <FewerThanTen /> : <>About {inDigits(sent)} people</>} sent,{" "}
            {compared === null ? <FewerThanTen /> : <>about {inDigits(compared)}</>} compared
          </span>
        )}
        {waits && (
          <span>
            Result waiting since {dayInWords(publishedOn)}
            {isOverdue(line, today) && (
              <>
                . <b>{OVERDUE_WORDS}</b>
              </>
            )}
          </span>
        )}
      </div>
      <div className={styles["end"]}>
        <Tag>{FINDING_WORDS[finding]}</Tag>
        <span>
          Study {number}
          {!waits && <>, {dayInWords(withdrawnOn ?? publishedOn)}</>}
        </span>
      </div>
    </li>
  );
}

function Pages({ page, pages }: { page: number; pages: number }) {
  return (
    <nav aria-label="Pages of the register" className={styles["pages"]}>
      {page > 1 && (
        <Link href={`/open/studies?page=${page - 1}`} prefetch={false}>
          Newer
        </Link>
      )}
      <span>
        Page {page} of {pages}
      </span>
      {page < pages && (
        <Link href={`/open/studies?page=${page + 1}`} prefetch={false}>
          Older
        </Link>
      )}
    </nav>
  );
}
