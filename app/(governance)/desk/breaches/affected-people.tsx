"use client";
/** Everybody affected, from the audit as it stands: asked for by a press, shown, and taken along as a file. */
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import type { Affected, AffectedPerson } from "../../../../server/breaches";
import { type AffectedQuestion, whenInWords } from "../../../../server/domain/breach";
import { csvFile } from "../../../../server/domain/csv";
import { peopleInDigits } from "../../../../server/domain/impact/words";
import { inDigits } from "../../../../server/domain/number-text";
import { dayInWords, dayOf } from "../../../../server/domain/period";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import { fileName, saveFile } from "../../../_ui/save-file";
import { useStepUp } from "../../../_ui/step-up";
import styles from "../desk.module.css";

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
  const { people, isCut, total, opened, elsewhere, aboutName } = affected;
  const trpc = useTRPC();
  const take = useMutation(trpc.desk.takeAffected.mutationOptions());
  const { ensure, dialog } = useStepUp();
  const [taken, setTaken] = useState<number | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const save = async () => {
    setFault(null);
    try {
      if (!(await ensure())) return;
      const all = await take.mutateAsync(question);
      const file = new Blob([affectedFile(all.people)], { type: "text/csv;charset=utf-8" });
      saveFile(file, fileName("csv", "people affected", dayOf(question.from)));
      setTaken(all.people.length);
    } catch (error) {
      setFault(error);
    }
  };
  const onDevice = question.about.kind === "device";
  return (
    <>
      <p role="status">
        {total === 0
          ? `${aboutName}: nobody’s record was touched in this time.`
          : `${aboutName}: the records of ${peopleInDigits(total)} were touched, and ${inDigits(opened)} of them opened.`}
      </p>
      {isCut && (
        <p>
          That is more than one file holds: it has those whose record was opened first. To list the others,
          ask about a shorter time.
        </p>
      )}
      {elsewhere.map(({ organisationName, records }) => (
        <p key={organisationName}>
          There {records === 1 ? "was" : "were"} also shown{" "}
          {records === 1 ? "one record" : `${records} records`} of {organisationName} by agreement: tell its
          officer.
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
              {people.map(({ clientId, name, dateOfBirth, wasOpened, lastAt }) => (
                <tr key={clientId}>
                  <td>
                    <Link href={`/looks?person=${clientId}`}>{name || "Somebody without a name"}</Link>
                    {dateOfBirth && <small>born {dayInWords(dateOfBirth)}</small>}
                  </td>
                  <td>{wasOpened ? "Record opened" : onDevice ? "On the device" : "In a list"}</td>
                  <td>{whenInWords(lastAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {people.length < total && (
            <p>
              The first {people.length} are shown here; the file has{" "}
              {isCut ? "thousands more" : "all of them"}.
            </p>
          )}
          <div>
            <Button size="sm" variant="default" mt={8} loading={take.isPending} onClick={() => void save()}>
              {isCut ? "Save as many as fit in a file (CSV)" : "Save everybody as a file (CSV)"}
            </Button>
          </div>
          {taken !== null && <p role="status">Saved a file of {peopleInDigits(taken)}.</p>}
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
