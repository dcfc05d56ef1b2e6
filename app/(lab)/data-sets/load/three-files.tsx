"use client";
/** The three files of a data set: chosen together or one by one, each known by what is in it, and what is missing said. */
import { DATA_SET_FILES, type DataSetFile } from "../../../../server/domain/lab/data-set-files";
import { inDigits } from "../../../../server/domain/number-text";
import { Icon } from "../../../_ui/icon";
import { ChooseFiles } from "../../_sending/sending-parts";
import styles from "../data-sets.module.css";

export interface ChosenFile {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}
export type Chosen = Partial<Record<DataSetFile, ChosenFile>>;

const WHAT: Readonly<Record<DataSetFile, { label: string; hint: string }>> = {
  "codebook.json": {
    label: "Codebook",
    hint: "What the columns are, what the events mean, what it is suited for and not.",
  },
  "people.csv": { label: "People", hint: "A row for each person and index date." },
  "events.csv": { label: "Events", hint: "A row for each thing that happened." },
};

interface ThreeFilesProps {
  id: string;
  chosen: Chosen;
  isBusy: boolean;
  onChoose: (files: readonly File[]) => void;
}

export function ThreeFiles({ id, chosen, isBusy, onChoose }: ThreeFilesProps) {
  const some = DATA_SET_FILES.some((name) => chosen[name]);
  return (
    <>
      <ChooseFiles
        id={id}
        label="Choose the three files"
        words={some ? "Choose a missing or mended file" : "Choose the three files"}
        accept=".json,.csv,application/json,text/csv"
        multiple
        isBusy={isBusy}
        onChoose={onChoose}
      />
      <ul className={styles["slots"]} aria-label="The three files">
        {DATA_SET_FILES.map((name) => {
          const file = chosen[name];
          return (
            <li key={name} data-chosen={file ? true : undefined}>
              <Icon name={file ? "check" : "record"} size={18} />
              <span>
                <b>{WHAT[name].label}</b>
                <small>{file ? `${file.name}, ${sizeInWords(file.bytes.length)}` : WHAT[name].hint}</small>
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

const KILOBYTE = 1_000;
const MEGABYTE = 1_000_000;

const sizeInWords = (bytes: number): string =>
  bytes >= MEGABYTE
    ? `${inDigits(Math.round(bytes / MEGABYTE))} MB`
    : `${inDigits(Math.max(1, Math.round(bytes / KILOBYTE)))} kB`;
