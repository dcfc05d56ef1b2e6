"use client";
/** The bar over a kept summary: what it is and since when it stands still, its files, and what can be made from it. */
import { Button } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { AUDIENCE_WORDS } from "../../../../server/domain/impact/plan";
import { dayInWords, periodInWords } from "../../../../server/domain/period";
import { type KeptSummary, periodOfPlan, type SummaryFileLine } from "../../../../server/domain/summaries";
import { DropMenu } from "../../../_ui/drop-menu";
import { FormActions } from "../../../_ui/form-actions";
import { Icon } from "../../../_ui/icon";
import { choiceQuery } from "../choice";
import { keepWords, readWords } from "../kept-words";
import { fileAddress, sortedFiles } from "./files";
import styles from "./kept.module.css";
import { NewVersion } from "./new-version";

interface KeptBarProps {
  summary: KeptSummary;
  accountId: string;
  mayMake: boolean;
}

export function KeptBar({ summary, accountId, mayMake }: KeptBarProps) {
  const router = useRouter();
  const [asks, setAsks] = useState(false);
  const { plan, version, versions, countedOn } = summary;
  const { texts, ...choice } = plan;
  const begin = () => {
    keepWords(accountId, texts);
    router.push(`/summary${choiceQuery(choice)}`);
  };
  const files = sortedFiles(summary.storiesTakenBack ? [] : summary.files);
  return (
    <>
      <div className={`${styles["bar"]} no-print`}>
        <p className={styles["what"]}>
          <strong>
            {summary.serviceName ?? "All services"}, {periodInWords(periodOfPlan(plan))}
          </strong>
          <span>
            {AUDIENCE_WORDS[plan.audience]}
            {versions.length > 1 && `, version ${version}`}
            {countedOn && `, frozen on ${dayInWords(countedOn)}`}
          </span>
        </p>
        <div className={styles["ways"]}>
          <FileLink id={summary.id} file={files.html} words="HTML" />
          <FileLink id={summary.id} file={files.xlsx} words="XLSX" />
          <FileLink id={summary.id} file={files.ods} words="ODS" />
          {files.tables.length > 0 && (
            <FileMenu id={summary.id} label="CSV, a file for each table" words="CSV" files={files.tables} />
          )}
          {files.charts.length > 0 && (
            <span className={styles["charts"]}>
              <FileMenu id={summary.id} label="Charts, a picture each" words="Charts" files={files.charts} />
            </span>
          )}
          <DropMenu
            side="below"
            label="More with this summary"
            buttonClass={styles["way"]}
            button={
              <>
                More <Icon name="down" size={14} />
              </>
            }
          >
            <button type="button" onClick={() => window.print()}>
              <Icon name="print" />
              Print this page
            </button>
            {mayMake && <NewVersion of={summary.id} words="Make a new version" />}
            {mayMake && (
              <button
                type="button"
                onClick={() => (Object.keys(readWords(accountId)).length > 0 ? setAsks(true) : begin())}
              >
                <Icon name="record" />
                Change words or settings
              </button>
            )}
            {versions
              .filter(({ id }) => id !== summary.id)
              .map((other) => (
                <a key={other.id} href={`/summary/${other.id}`}>
                  <Icon name="clock" />
                  Version {other.version}
                  {other.countedOn ? `, ${dayInWords(other.countedOn)}` : ""}
                </a>
              ))}
            <a href="/summary/earlier">
              <Icon name="list" />
              Made earlier
            </a>
          </DropMenu>
          {files.pdf && (
            <Button
              component="a"
              className={styles["primary"]}
              href={fileAddress(summary.id, files.pdf)}
              download={files.pdf.name}
              leftSection={<Icon name="arrow-down" size={18} />}
            >
              Download PDF
            </Button>
          )}
        </div>
      </div>
      {asks && (
        <div className={`${styles["question"]} no-print`}>
          <div role="alertdialog" aria-label="Words that are not finished">
            <p>
              You wrote words for a summary that is not finished yet. Beginning from this one puts its words
              in their place.
            </p>
            <FormActions
              act="Begin from this one"
              onPress={begin}
              busy={false}
              leave="Keep my words"
              onLeave={() => setAsks(false)}
            />
          </div>
        </div>
      )}
    </>
  );
}

function FileLink({ id, file, words }: { id: string; file: SummaryFileLine | undefined; words: string }) {
  if (!file) return null;
  return (
    <a
      className={styles["way"]}
      href={fileAddress(id, file)}
      download={file.name}
      aria-label={`Download ${words}`}
    >
      {words}
    </a>
  );
}

interface FileMenuProps {
  id: string;
  label: string;
  words: string;
  files: readonly SummaryFileLine[];
}

function FileMenu({ id, label, words, files }: FileMenuProps) {
  return (
    <DropMenu
      side="below"
      label={label}
      buttonClass={styles["way"]}
      button={
        <>
          {words} <Icon name="down" size={14} />
        </>
      }
    >
      <div className={styles["list"]}>
        {files.map((file) => (
          <a key={file.name} href={fileAddress(id, file)} download={file.name}>
            {file.name}
          </a>
        ))}
      </div>
    </DropMenu>
  );
}
