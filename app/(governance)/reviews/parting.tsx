/** What saying "same" would part, told before the word is given. Nothing where it parts nobody. */
import { partingInWords } from "../../../server/domain/link-review-words";
import type { ShownReview } from "../../../server/reviewing";
import { Icon } from "../../_ui/icon";
import styles from "./pair.module.css";

/** Most that are told one by one. */
const MOST = 5;

export function Parting({ review }: { review: ShownReview }) {
  const { pairs } = review.comparison.parting;
  if (pairs.length === 0 || !review.isOpen) return null;
  const told = pairs.slice(0, MOST).map((pair) => partingInWords(pair, review));
  return (
    <section className={styles["parting"]} aria-labelledby="parting">
      <span className={styles["sign"]} data-forbids="">
        <Icon name="warn" size={20} />
      </span>
      <div>
        <h2 id="parting" className={styles["cardTitle"]}>
          “Same person” would part others
        </h2>
        <p>
          If you say the same, {pairs.length === 1 ? "these two records" : "these pairs of records"} would no
          longer count as one person, because what you join speaks against it:
        </p>
        <ul>
          {told.map((sentence, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two may read alike, and none moves
            <li key={at}>{sentence}</li>
          ))}
          {pairs.length > MOST && <li>and {pairs.length - MOST} more.</li>}
        </ul>
        <p>So another steward must say the same before anything changes.</p>
      </div>
    </section>
  );
}
