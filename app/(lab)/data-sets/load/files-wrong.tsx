/** What is wrong with the files of a data set, by file, line and column, and how to mend it; never a value of theirs. */
import type { TableFault } from "../../../../server/domain/lab/data-set-reading";
import { capital } from "../../../../server/domain/label-text";
import { inDigits } from "../../../../server/domain/number-text";
import styles from "../data-sets.module.css";

interface Wrong {
  file: string;
  /** Of the first rows that have any. */
  faults: readonly TableFault[];
  /** Rows to mend; 0 where the file as a whole, or a place of the codebook, is meant. */
  rows: number;
}

export function FilesWrong({ wrong, message }: { wrong: readonly Wrong[]; message?: string }) {
  return (
    <div className={styles["faults"]} role="alert">
      <p>
        <b>{message ?? "These files cannot be loaded yet. Mend what is listed and choose them again."}</b>
      </p>
      {wrong
        .filter(({ faults }) => faults.length > 0)
        .map(({ file, faults, rows }) => {
          const places = byLine(faults);
          return (
            <section key={file} aria-label={file}>
              <h2 className={styles["h2"]}>
                {file}
                {rows > 0 && `: ${rows === 1 ? "1 row" : `${inDigits(rows)} rows`} to mend`}
                {rows > places.length && `, the first ${places.length} are listed`}
              </h2>
              <ul>
                {places.map(([line, ofLine]) => (
                  <li key={line}>
                    {line > 0 && <strong>Line {inDigits(line)}</strong>}
                    {ofLine.map(({ column, reason, remedy }) => (
                      <span key={`${column} ${reason}`}>
                        {column !== "" && (
                          <>
                            <code>{column}</code>:{" "}
                          </>
                        )}
                        {sentence(reason, column)} {remedy}
                      </span>
                    ))}
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
    </div>
  );
}

/** The faults of each line, in their order. */
function byLine(faults: readonly TableFault[]): [number, TableFault[]][] {
  const lines = new Map<number, TableFault[]>();
  for (const fault of faults) lines.set(fault.line, [...(lines.get(fault.line) ?? []), fault]);
  return [...lines];
}

const sentence = (reason: string, column: string) =>
  `${column === "" ? capital(reason) : reason}`.replace(/\.?$/, ".");
