"use client";
/** Bringing in a small CSV file: choosing it, an example to start from, and what is wrong with it line by line. */
import { useId, useRef } from "react";
import { csvFile } from "../../../server/domain/csv";
import { MOST_FILE_CHARACTERS, type RowFault, textOfFile } from "../../../server/domain/impact/table-rows";
import { saveFile } from "../../_ui/save-file";
import styles from "./bring-file.module.css";

interface BringFileProps {
  /** What the file holds: "unit costs". */
  what: string;
  columns: string;
  example: { name: string; header: readonly string[]; rows: readonly (readonly string[])[] };
  busy: boolean;
  onText: (text: string) => void;
  onTooLarge: () => void;
}

export function BringFile({ what, columns, example, busy, onText, onTooLarge }: BringFileProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const read = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > MOST_FILE_CHARACTERS) onTooLarge();
    else onText(textOfFile(new Uint8Array(await file.arrayBuffer())));
    // The same file may be chosen again after it was mended.
    if (input.current) input.current.value = "";
  };
  return (
    <div className={styles["bring"]}>
      <label htmlFor={id} className={styles["label"]}>
        Bring in {what} from a CSV file
      </label>
      <p id={`${id}-hint`} className={styles["hint"]}>
        {columns}{" "}
        <button
          type="button"
          className={styles["word"]}
          onClick={() =>
            saveFile(
              new Blob([csvFile(example.header, example.rows)], { type: "text/csv;charset=utf-8" }),
              example.name,
            )
          }
        >
          Save an example file
        </button>
      </p>
      <input
        ref={input}
        id={id}
        type="file"
        accept=".csv,text/csv"
        className={styles["file"]}
        aria-describedby={`${id}-hint`}
        disabled={busy}
        onChange={(event) => void read(event.currentTarget.files?.[0])}
      />
    </div>
  );
}

/** What is wrong with a file. Nothing of it was taken. */
export function FileFaults({ faults }: { faults: readonly RowFault[] }) {
  if (faults.length === 0) return null;
  return (
    <section className={styles["faults"]} role="alert" aria-label="What is wrong with the file">
      <p className={styles["nothing"]}>
        Nothing of this file was taken. Mend {faults.length === 1 ? "this line" : "these lines"} and choose it
        again.
      </p>
      <ul>
        {faults.map((fault) => (
          <li key={`${fault.line} ${fault.column} ${fault.mend}`}>
            <strong>
              Line {fault.line}, {fault.column}
            </strong>
            <span>
              {fault.wrong} {fault.mend}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
