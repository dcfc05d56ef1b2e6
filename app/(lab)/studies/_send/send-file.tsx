"use client";
/**
 * Sending the file of a fixed plan: it is chosen and read here, in the browser, with what is wrong said row by row; then
 * it is sealed for this one upload and sent. Nothing of it leaves before somebody presses Send.
 */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { peopleInWords } from "../../../../server/domain/impact/words";
import { COHORT_COLUMNS, cohortTemplate, readCohort } from "../../../../server/domain/lab/cohort";
import { reconcile } from "../../../../server/domain/lab/plan-faults";
import type { StudyView } from "../../../../server/domain/lab/studies";
import { FEWEST_SENT } from "../../../../server/domain/lab/study";
import { inDigits } from "../../../../server/domain/number-text";
import type { Day } from "../../../../server/domain/period";
import { useTRPC, useTRPCClient } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { Icon } from "../../../_ui/icon";
import { saveFile } from "../../../_ui/save-file";
import { ChooseFiles, NumberedParts, PartButtons, SendProgress } from "../../_sending/sending-parts";
import { useSending } from "../../_sending/use-sending";
import type { StepOfStudy } from "../[id]/step-of-study";
import { Beside } from "./beside";
import { type ChosenFile, FileCheck } from "./file-check";
import styles from "./send.module.css";
import { StartStudy } from "./start-study";

interface SendFileProps extends StepOfStudy {
  today: Day;
}

/** Id of the words that say why a file is not sent. */
const TOO_SMALL = "file-too-small";

const AGAIN: Readonly<Record<NonNullable<StudyView["sendAgain"]>, string>> = {
  refused: "The file could not be used. It is destroyed. Mend it and send it again.",
  fault: "Something broke on our side while the study ran. The file is destroyed. Send it again.",
  restart:
    "The program was started anew while your file was here, and with that its key was gone. So the file could not be read any more and is destroyed. Send it again.",
  expired: "The file did not arrive in time. What was here of it is destroyed. Send it again.",
};

export function SendFile({ study, today, onMoved }: SendFileProps) {
  const [chosen, setChosen] = useState<ChosenFile | null>(null);
  const [problem, setProblem] = useState<FieldError[]>([]);
  const client = useTRPCClient();
  const ask = useCallback(
    (uploadId: string) => client.studies.askUpload.mutate({ id: study.id, uploadId }),
    [client, study.id],
  );
  const sending = useSending(ask, onMoved);
  const { plan } = study;
  const isTooSmall = chosen !== null && chosen.reading.usable < FEWEST_SENT;

  const choose = async (file: File | undefined) => {
    if (!file || plan.startedFrom === null || plan.startedTo === null) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    const reading = readCohort(bytes, { today, startedFrom: plan.startedFrom, startedTo: plan.startedTo });
    if ("problem" in reading) {
      setChosen(null);
      setProblem([{ message: reading.problem, fieldId: "cohort-file" }]);
      return;
    }
    setProblem([]);
    const { warnings } = reconcile(plan, null, reading.entries.length);
    setChosen({ name: file.name, bytes, reading, warnings: [...warnings, ...reading.warnings] });
  };

  if (!study.may.send) {
    return (
      <div className={styles["columns"]}>
        <section className={styles["card"]}>
          <h2 className={styles["h2"]}>The plan is fixed</h2>
          <p className={styles["text"]}>A manager or analyst of your organisation can now send the file.</p>
        </section>
        <Beside study={study} onMoved={onMoved} />
      </div>
    );
  }
  if (!study.needsFile) {
    return (
      <div className={styles["columns"]}>
        <StartStudy study={study} onMoved={onMoved} />
        <Beside study={study} onMoved={onMoved} />
      </div>
    );
  }
  return (
    <div className={styles["columns"]}>
      <div className={styles["main"]}>
        {study.sendAgain && (
          <div className={styles["again"]} role="note">
            <b>Send it again</b>
            <p>{AGAIN[study.sendAgain]}</p>
            {study.refused && <p>{study.refused}</p>}
            {study.faultId && <p>If you ask for help, quote {study.faultId}.</p>}
          </div>
        )}
        <section className={styles["card"]} aria-labelledby="send">
          <h2 id="send" className={styles["h2"]}>
            Send the file
          </h2>
          <ErrorSummary errors={[...problem, ...sending.errors]} />
          <NumberedParts>
            <li>
              <b>Take the template</b> and fill in a row for each person who started
              {plan.eligible !== null && <>: {peopleInWords(expectedOf(study))} by your plan</>}.
              <PartButtons>
                <Button
                  variant="default"
                  leftSection={<Icon name="arrow-down" size={17} />}
                  onClick={() =>
                    saveFile(new Blob([cohortTemplate()], { type: "text/csv" }), "people-for-a-study.csv")
                  }
                >
                  Template (CSV)
                </Button>
                <ExampleFile />
              </PartButtons>
              <Columns />
            </li>
            <li>
              <b>Choose your file.</b> It is read here, on this computer. Nothing is sent yet.
              <ChooseFiles
                id="cohort-file"
                label="Choose the file (CSV)"
                words={chosen ? "Choose another file" : "Choose the file"}
                accept=".csv,text/csv"
                isBusy={sending.isSending}
                onChoose={([file]) => void choose(file)}
              />
              {chosen && <FileCheck chosen={chosen} />}
            </li>
            <li>
              <b>Send it.</b> It is sealed in this browser with a key that is made for it alone, so that
              nobody can read it on the way or where it is kept. Whatever happens, it is destroyed at the end.
              If too few people are found, a line on the public register says “Not enough people”, and no
              more.
              <PartButtons>
                <Button
                  leftSection={<Icon name="lock" size={17} />}
                  disabled={!chosen || isTooSmall}
                  aria-describedby={isTooSmall ? TOO_SMALL : undefined}
                  loading={sending.isSending}
                  onClick={() => chosen && void sending.send(chosen.bytes)}
                >
                  {chosen ? `Seal and send ${inDigits(chosen.reading.entries.length)} rows` : "Seal and send"}
                </Button>
              </PartButtons>
              {isTooSmall && (
                <p id={TOO_SMALL} className={styles["warning"]}>
                  This file cannot be sent: {peopleInWords(chosen.reading.usable)} can be looked for, and a
                  study needs at least {FEWEST_SENT}. Mend the rows above, or send everybody who started.
                </p>
              )}
              <SendProgress {...sending} what="this file" />
            </li>
          </NumberedParts>
        </section>
      </div>
      <Beside study={study} onMoved={onMoved} />
    </div>
  );
}

function expectedOf({ plan }: StudyView): number {
  const leftOut = plan.leftOut.reduce((sum, { people }) => sum + people, 0);
  return Math.max(0, (plan.eligible ?? 0) - leftOut);
}

/** In a demo there is a made cohort to try it with. */
function ExampleFile() {
  const trpc = useTRPC();
  const demo = useQuery(trpc.demo.status.queryOptions());
  if (!demo.data) return null;
  return (
    <Button
      component="a"
      href="/api/lab/example"
      download
      variant="default"
      leftSection={<Icon name="people" size={17} />}
    >
      Example people (demo)
    </Button>
  );
}

function Columns() {
  return (
    <details className={styles["fold"]}>
      <summary>What goes into each column</summary>
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">What it is</th>
          </tr>
        </thead>
        <tbody>
          {COHORT_COLUMNS.map(({ column, needed, words }) => (
            <tr key={column}>
              <th scope="row">
                <code>{column}</code>
                {needed && <span className={styles["needed"]}>needed</span>}
              </th>
              <td>{words}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
