"use client";
/** The list: what waits for the reader first, then one row a study, newest first. A running one shows itself when it is done. */
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { StudyLine, StudyToSign } from "../../../server/domain/lab/studies";
import { type Day, dayInWords, dayOf } from "../../../server/domain/period";
import { useTRPC } from "../../_trpc/client";
import { dayAgo } from "../../_ui/dates";
import { ErrorSummary } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import rows from "../../_ui/rows.module.css";
import { Tag } from "../../_ui/tag";
import { BeginStudy } from "./begin-study";
import { StateTag } from "./state-tag";
import styles from "./studies.module.css";

const LOOK_EVERY_MS = 3_000;

interface StudiesProps {
  given: StudyLine[];
  givenToSign: StudyToSign[];
  today: Day;
  mayWrite: boolean;
}

export function Studies({ given, givenToSign, today, mayWrite }: StudiesProps) {
  const trpc = useTRPC();
  const lines = useQuery(
    trpc.studies.list.queryOptions(undefined, {
      initialData: given,
      refetchInterval: ({ state: { data } }) =>
        data?.some(({ state }) => state === "running") ? LOOK_EVERY_MS : false,
    }),
  );
  return (
    <>
      <ErrorSummary errors={lines.isError ? faultsOf(lines.error) : []} />
      {givenToSign.length > 0 && <ToSign studies={givenToSign} today={today} />}
      {lines.data.length > 0 ? (
        <ul className={rows["card"]}>
          {lines.data.map((line) => (
            <Row key={line.id} line={line} today={today} />
          ))}
        </ul>
      ) : (
        (mayWrite || givenToSign.length === 0) && <Empty mayWrite={mayWrite} />
      )}
    </>
  );
}

/** "today", "yesterday", "12 Sept": inside a line. */
function agoInLine(instant: Date, today: Day): string {
  const words = dayAgo(dayOf(instant), today);
  return words === "Today" || words === "Yesterday" ? words.toLowerCase() : words;
}

function ToSign({ studies, today }: { studies: readonly StudyToSign[]; today: Day }) {
  return (
    <section className={styles["group"]} aria-labelledby="to-sign">
      <h2 id="to-sign" className={styles["h2"]}>
        From your data set
      </h2>
      <p className={styles["lead"]}>
        Check that each says what its plan allows. You see figures and the plan, never a name.
      </p>
      <ul className={rows["card"]}>
        {studies.map((study) => (
          <li key={`${study.organisationId} ${study.id}`}>
            <Link href={`/studies/check/${study.organisationId}/${study.id}`} className={rows["row"]}>
              <span className={rows["words"]}>
                <strong>People who {study.plan.intervention}</strong>
                <span>{study.organisationName}</span>
                <small>Ready {agoInLine(study.readyAt, today)}</small>
              </span>
              <span className={rows["end"]}>
                {study.state === "ready" ? (
                  <Tag tone="wait" icon="clock">
                    Waits for your check
                  </Tag>
                ) : (
                  <StateTag state={study.state} />
                )}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Row({ line, today }: { line: StudyLine; today: Day }) {
  const { id, number, state, intervention, startedFrom, startedTo, dataSetName, changedAt } = line;
  return (
    <li>
      <Link href={`/studies/${id}`} className={rows["row"]}>
        <span className={rows["words"]}>
          <strong>
            {intervention === "" ? `Study ${number}, not named yet` : `People who ${intervention}`}
          </strong>
          <span>
            Study {number}
            {startedFrom && startedTo && `, started ${dayInWords(startedFrom)} to ${dayInWords(startedTo)}`}
            {dataSetName && `, in ${dataSetName}`}
          </span>
          <small>
            Changed {agoInLine(changedAt, today)}
            {line.madeByName && `, begun by ${line.madeByName}`}
          </small>
        </span>
        <span className={rows["end"]}>
          <StateTag state={state} />
        </span>
      </Link>
    </li>
  );
}

/** What the lab is, for who has never used it, and the one thing to do. */
function Empty({ mayWrite }: { mayWrite: boolean }) {
  return (
    <section className={styles["empty"]} aria-label="No study yet">
      <p>
        The data lab looks for the people you helped in records such as court data, and compares them with
        similar people you did not help. You get a plain report of what changed and what cannot be said, and
        every name is destroyed.
      </p>
      {mayWrite && <BeginStudy />}
      <p className={styles["way"]}>
        <Link href="/open/studies/how">How a study is made, in five minutes</Link>
      </p>
    </section>
  );
}
