/** A card as workers see it: what to do, one step a line, and numbers to press. */
import type { CrisisCard } from "../../../server/domain/crisis-cards";
import { Icon } from "../../_ui/icon";
import styles from "./crisis-cards.module.css";

export function CardFace({
  card: { title, words, phones },
}: {
  card: Pick<CrisisCard, "title" | "words" | "phones">;
}) {
  return (
    <div className={styles["face"]}>
      <h3 className={styles["title"]}>{title || "The title"}</h3>
      <ol className={styles["steps"]}>
        {words.split("\n").map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two steps may read the same, and none has an id.
          <li key={at}>{step}</li>
        ))}
      </ol>
      <ul className={styles["phones"]}>
        {phones.map(({ label, number }) => (
          <li key={`${label} ${number}`}>
            <a href={`tel:${number.replace(/[^+\d]/g, "")}`}>
              <Icon name="phone" size={17} />
              <span>
                {label} <strong>{number}</strong>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
