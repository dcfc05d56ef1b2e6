/** That what was sent is gone: when, what, who, and the number by which the audit knows it. */
import type { Receipt, UploadEnding } from "../../server/domain/lab/studies";
import { dayInWords, dayOf } from "../../server/domain/period";
import { timeOf } from "../_ui/dates";
import { Icon } from "../_ui/icon";
import { Tag } from "../_ui/tag";
import styles from "./cards.module.css";
import { inFours } from "./plan-card";

const ENDED: Readonly<Record<UploadEnding, string>> = {
  success: "The run was done",
  refused: "The file could not be used",
  fault: "Something broke on our side",
  withdrawn: "The study was withdrawn",
  restart: "The program was started anew",
  expired: "The file was not sent in time",
};

const KB = 1024;
const sizeOf = (bytes: number) =>
  bytes < KB * KB ? `${Math.max(1, Math.round(bytes / KB))} KB` : `${(bytes / KB / KB).toFixed(1)} MB`;

interface ReceiptCardProps {
  receipt: Receipt;
  /** The run said that there were too few people: no report was made. */
  isTooFew?: boolean;
}

export function ReceiptCard({ receipt, isTooFew = false }: ReceiptCardProps) {
  const { destroyedAt, bytes, sha256, sentByName, secondedByName, ended } = receipt;
  const who = [sentByName, secondedByName && `seconded by ${secondedByName}`].filter(Boolean).join(", ");
  return (
    <section className={styles["receipt"]} aria-label="Destruction receipt">
      <div className={styles["head"]}>
        <h2 className={styles["h3"]}>
          <Icon name="shield" size={18} /> Destruction receipt
        </h2>
        <Tag tone="brand" icon="check">
          Destroyed
        </Tag>
      </div>
      <p className={styles["text"]}>The names and dates of birth you sent can no longer be read by anyone.</p>
      <dl className={styles["facts"]}>
        <dt>When</dt>
        <dd>
          {dayInWords(dayOf(destroyedAt))}, {timeOf(destroyedAt)}
        </dd>
        <dt>What</dt>
        <dd>{sizeOf(bytes)} of sealed file, and the key that opened it</dd>
        {who !== "" && (
          <>
            <dt>Who</dt>
            <dd>{who}</dd>
          </>
        )}
        <dt>Why</dt>
        <dd>{ENDED[ended]}</dd>
        <dt>Kept</dt>
        <dd>{ended !== "success" || isTooFew ? "Nothing" : "Totals of the report only"}</dd>
        <dt>Receipt</dt>
        <dd className={styles["mark"]}>{inFours(sha256.slice(0, 16))}</dd>
      </dl>
    </section>
  );
}
