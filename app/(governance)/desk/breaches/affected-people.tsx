"use client";
/** Everybody affected, from the audit as it stands: asked for by a press, shown, and taken along as a file. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import type { Affected, AffectedPerson } from "../../../../server/breaches";
import { type AffectedQuestion, whenInWords } from "../../../../server/domain/breach";
import { csvFile } from "../../../../server/domain/csv";
import { dayInWords, dayOf } from "../../../../server/domain/period";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import { fileName, saveFile } from "../../../_ui/save-file";
import { useStepUp } from "../../../_ui/step-up";
import styles from "../desk.module.css";

/** Shown on the page; the file has everybody. */
const SHOWN = 50;

export function AffectedPeople({
  question,
  isOpen = false,
}: {
  question: AffectedQuestion;
  isOpen?: boolean;
}) {
  const trpc = useTRPC();
  const [wanted, setWanted] = useState(isOpen);
  const affected = useQuery(
    trpc.desk.affected.queryOptions(question, { enabled: wanted, staleTime: 60_000 }),
  );
  if (!wanted) {
    return (
      <div>
        <Button size="sm" variant="default" onClick={() => setWanted(true)}>
          List everybody affected
        </Button>
      </div>
    );
  }
  return (
    <section aria-label="People affected">
      <ErrorSummary errors={affected.isError ? faultsOf(affected.error) : []} />
      {affected.isPending && <p role="status">Reading the records of use…</p>}
      {affected.data && <People affected={affected.data} question={question} />}
    </section>
  );
}

function People({ affected, question }: { affected: Affected; question: AffectedQuestion }) {
  const { people, isCut, total, opened, elsewhere, memberName } = affected;
  const { ensure, dialog } = useStepUp();
  const [fault, setFault] = useState<unknown>(null);
  const save = async () => {
    try {
      if (!(await ensure())) return;
      const file = new Blob([affectedFile(people)], { type: "text/csv;charset=utf-8" });
      saveFile(file, fileName("csv", "people affected", dayOf(question.from)));
    } catch (error) {
      setFault(error);
    }
  };
  return (
    <>
      <p role="status">
        {total === 0
          ? `${memberName} touched nobody’s record in this time.`
          : `${memberName} touched the records of ${total.toLocaleString("en-GB")} ${total === 1 ? "person" : "people"}, and opened ${opened.toLocaleString("en-GB")} of them.`}
      </p>
      {isCut && (
        <p>
          Only {people.length.toLocaleString("en-GB")} of them can be listed at once, opened records first. To
          list the others, ask about a shorter time.
        </p>
      )}
      {elsewhere.map(({ organisationName, records }) => (
        <p key={organisationName}>
          They were also shown {records === 1 ? "one record" : `${records} records`} of {organisationName} by
          agreement: tell its officer.
        </p>
      ))}
      {people.length > 0 && (
        <>
          <table className={styles["people"]}>
            <thead>
              <tr>
                <th scope="col">Person</th>
                <th scope="col">Seen</th>
                <th scope="col">Last</th>
              </tr>
            </thead>
            <tbody>
              {people.slice(0, SHOWN).map(({ clientId, name, dateOfBirth, wasOpened, lastAt }) => (
                <tr key={clientId}>
                  <td>
                    <Link href={`/looks?person=${clientId}`}>{name || "Somebody without a name"}</Link>
                    {dateOfBirth && <small>born {dayInWords(dateOfBirth)}</small>}
                  </td>
                  <td>{wasOpened ? "Record opened" : "In a list"}</td>
                  <td>{whenInWords(lastAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {people.length > SHOWN && <p>The file has all {people.length.toLocaleString("en-GB")}.</p>}
          <Button size="sm" variant="default" mt={8} onClick={() => void save()}>
            {isCut ? "Save these people as a file (CSV)" : "Save everybody as a file (CSV)"}
          </Button>
          <ErrorSummary errors={fault === null ? [] : faultsOf(fault)} />
          {dialog}
        </>
      )}
    </>
  );
}

const affectedFile = (people: readonly AffectedPerson[]) =>
  csvFile(
    ["client", "name", "date_of_birth", "reference", "seen", "first", "last", "times"],
    people.map(({ clientId, name, dateOfBirth, reference, wasOpened, firstAt, lastAt, times }) => [
      ...[clientId, name, dateOfBirth, reference, wasOpened ? "opened" : "listed"],
      ...[firstAt.toISOString(), lastAt.toISOString(), times],
    ]),
  );
