/** An agreement in plain words, made from its terms: beside the grid, and on the page that is signed. */
import type { Terms } from "../../../server/domain/agreements/agreement";
import { areaLimit, howItEnds, needsInWords, whoSeesWhat } from "../../../server/domain/agreements/in-words";
import { howListsAreAsked } from "../../../server/domain/agreements/lists-in-words";
import styles from "./agreements.module.css";

interface PlainWordsProps {
  terms: Terms;
  nameOf: (organisationId: number) => string;
}

export function PlainWords({ terms, nameOf }: PlainWordsProps) {
  return (
    <section aria-labelledby="plain-words">
      <h2 id="plain-words" className={styles["h3"]}>
        In plain words
      </h2>
      <div className={styles["words"]}>
        {whoSeesWhat(terms, nameOf).map(({ lead, rest }) => (
          <p key={`${lead} ${rest}`}>
            <strong>{lead}</strong>
            {rest.startsWith(",") ? rest : ` ${rest}`}
          </p>
        ))}
        {areaLimit(terms) && <p className={styles["small"]}>{areaLimit(terms)}</p>}
        <p className={styles["small"]}>It covers: {needsInWords(terms.needs)}</p>
        {howListsAreAsked(terms).map((words) => (
          <p key={words} className={styles["small"]}>
            {words}
          </p>
        ))}
        <p className={styles["small"]}>{howItEnds(terms)}</p>
      </div>
    </section>
  );
}
