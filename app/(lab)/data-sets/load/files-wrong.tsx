/** What is wrong with the files of a data set, by file, line and column, and how to mend it; never a value of theirs. */
import { capital, inDigits } from "../../../../server/domain/impact/words";
import styles from "../data-sets.module.css";

interface Wrong {
  file: string;
  faults: readonly { line: number; column: string; reason: string; remedy: string }[];
  count: number;
}

export function FilesWrong({ wrong, message }: { wrong: readonly Wrong[]; message?: string }) {
  return (
    <div className={styles["faults"]} role="alert">
      <p>
        <b>{message ?? "These files cannot be loaded yet. Mend what is listed and choose them again."}</b>
      </p>
      {wrong
        .filter(({ count }) => count > 0)
        .map(({ file, faults, count }) => (
          <section key={file} aria-label={file}>
            <h2 className={styles["h2"]}>
              {file}
              {count > faults.length && `: the first ${faults.length} of ${inDigits(count)}`}
            </h2>
            <ul>
              {faults.map(({ line, column, reason, remedy }) => (
                <li key={`${line} ${column} ${reason}`}>
                  {(line > 0 || column !== "") && (
                    <strong>
                      {[line > 0 && `Line ${inDigits(line)}`, column].filter(Boolean).join(", ")}
                    </strong>
                  )}
                  <span>
                    {sentence(reason)} {remedy}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
    </div>
  );
}

const sentence = (reason: string) => `${capital(reason).replace(/\.$/, "")}.`;
