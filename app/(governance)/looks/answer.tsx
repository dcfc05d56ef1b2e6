"use client";
/** The answer: a sentence, what stands out, then by day each person with what they did and why. */
import { Button } from "@mantine/core";
import Link from "next/link";
import { useState } from "react";
import { type Day, dayInWords } from "../../../server/domain/period";
import type { LookGroup, LookQuestion } from "../../../server/domain/who-looked";
import type { AskedAbout, WhoLooked } from "../../../server/who-looked";
import { useTRPCClient } from "../../_trpc/client";
import { dayAgo, timeOf } from "../../_ui/dates";
import { ErrorSummary } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import { Icon } from "../../_ui/icon";
import { fileName, saveFile } from "../../_ui/save-file";
import { useStepUp } from "../../_ui/step-up";
import { Tag } from "../../_ui/tag";
import { didInWords, headline, listedInWords, looksFile, whoInWords, whyInWords } from "../desk/look-words";
import styles from "./looks.module.css";

/** Shown at first; more on demand, so that a long list stays quick on a phone. */
const FIRST = 60;

interface AnswerProps {
  question: LookQuestion;
  answer: WhoLooked;
  today: Day;
}

export function Answer({ question, answer: { about, groups, isCut }, today }: AnswerProps) {
  const [most, setMost] = useState(FIRST);
  const isOpen = ({ why }: LookGroup) => why.kind === "unknown";
  const open = groups.filter(isOpen).length;
  return (
    <section className={styles["answer"]} aria-label="Answer">
      <h2>{headline(aboutInWords(about), groups, question)}</h2>
      {about.kind === "client" && <p className={styles["about"]}>{clientInWords(about)}</p>}
      {about.kind === "client" && listedInWords(groups) !== "" && <p>{listedInWords(groups)}</p>}
      {open > 0 && (
        <p className={styles["stands-out"]}>
          <Icon name="warn" size={18} />
          <span>
            {open === 1 ? "One look has" : `${open} looks have`} no reason on record. Ask whoever looked; if
            there was none, treat it as a breach.
          </span>
        </p>
      )}
      {isCut && (
        <p>There is more than one answer can hold: only the latest is here. Choose fewer days to see all.</p>
      )}
      {groups.length > 0 && <Actions question={question} />}
      {byDay(groups.slice(0, most)).map(({ day, groups }) => (
        <section key={day} aria-label={dayInWords(day)}>
          <h3 className={styles["day"]}>{dayAgo(day, today)}</h3>
          <ul className={styles["looks"]}>
            {groups.map((group) => (
              <Line key={group.key} group={group} about={about} />
            ))}
          </ul>
        </section>
      ))}
      {groups.length > most && (
        <Button variant="default" mt={16} onClick={() => setMost(most + FIRST)}>
          Show more
        </Button>
      )}
      <p className={styles["source"]}>
        From the sealed <Link href="/audit">records of use</Link>, entry by entry.
      </p>
    </section>
  );
}

function Line({ group, about }: { group: LookGroup; about: AskedAbout }) {
  const { why, memberId, isOwn, clientId } = group;
  return (
    <li data-open={why.kind === "unknown" || undefined}>
      <p>
        <time>{timeOf(group.did[0]?.firstAt ?? new Date(0))}</time>{" "}
        {isOwn && memberId !== null && about.kind !== "member" ? (
          <Link href={`/looks?member=${memberId}`}>{whoInWords(group)}</Link>
        ) : (
          <strong>{whoInWords(group)}</strong>
        )}{" "}
        {didInWords(group)}
        {about.kind !== "client" && (
          <>
            {": "}
            <Link href={`/looks?person=${clientId}`}>person {clientId.slice(-6)}</Link>
          </>
        )}
        .
      </p>
      <p className={styles["why"]}>
        {why.kind === "unknown" ? (
          <Tag tone="wait" icon="warn">
            No reason
          </Tag>
        ) : (
          <span className={styles["whyWord"]}>Why:</span>
        )}{" "}
        {whyInWords(why)}
      </p>
    </li>
  );
}

/** Taking it along: as a file, after showing again that it is you, or on paper. */
function Actions({ question }: { question: LookQuestion }) {
  const client = useTRPCClient();
  const { ensure, dialog } = useStepUp();
  const [fault, setFault] = useState<unknown>(null);
  const take = async () => {
    setFault(null);
    try {
      if (!(await ensure())) return;
      const { groups } = await client.desk.takeOutLooks.mutate(question);
      const file = new Blob([looksFile(groups)], { type: "text/csv;charset=utf-8" });
      saveFile(file, fileName("csv", "who has looked", question.from, question.to));
    } catch (error) {
      setFault(error);
    }
  };
  return (
    <div className={styles["actions"]}>
      <Button variant="default" size="sm" onClick={() => void take()}>
        Save as a file (CSV)
      </Button>
      <Button variant="default" size="sm" onClick={() => window.print()}>
        Print
      </Button>
      <ErrorSummary errors={fault === null ? [] : faultsOf(fault)} />
      {dialog}
    </div>
  );
}

function aboutInWords(about: AskedAbout): string {
  if (about.kind === "client") return `at ${about.name ?? "this person without a name"}`;
  if (about.kind === "member") return `at somebody’s record as ${about.name}`;
  return `by the agreement “${about.title}”`;
}

function clientInWords({ dateOfBirth, reference }: Extract<AskedAbout, { kind: "client" }>): string {
  const born = dateOfBirth ? `Born ${dayInWords(dateOfBirth)}` : "Birth date not known";
  return reference ? `${born}, reference ${reference}.` : `${born}.`;
}

/** Groups come newest first and stay so. */
function byDay(groups: readonly LookGroup[]): { day: Day; groups: LookGroup[] }[] {
  const days: { day: Day; groups: LookGroup[] }[] = [];
  for (const group of groups) {
    const last = days.at(-1);
    if (last?.day === group.day) last.groups.push(group);
    else days.push({ day: group.day, groups: [group] });
  }
  return days;
}
