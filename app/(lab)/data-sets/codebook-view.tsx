/** A codebook as people read it: first what the data can and cannot answer, then what is in it. */
import { CASEWORK_DATA_SET_ID } from "../../../server/domain/lab/casework-set";
import type { Codebook } from "../../../server/domain/lab/codebook";
import type { DataSetView } from "../../../server/domain/lab/data-sets";
import { capital } from "../../../server/domain/label-text";
import { dayInWords, dayOf } from "../../../server/domain/period";
import { Tag } from "../../_ui/tag";
import styles from "./data-sets.module.css";

export function CodebookView({ dataSet }: { dataSet: DataSetView }) {
  const { codebook, withdrawnAt, isOffered } = dataSet;
  return (
    <div className={styles["page"]}>
      {withdrawnAt ? (
        <p className={styles["note"]}>
          This data set was withdrawn on {dayInWords(dayOf(withdrawnAt))}. Everybody in it was deleted, and no
          new study can use it.
        </p>
      ) : (
        !isOffered && (
          <p className={styles["note"]}>
            Its organisation may not hold outcome data at present, so no new study can use this.
          </p>
        )
      )}
      <div className={styles["pair"]}>
        <Sentences title="Suited for" sentences={codebook.suitedFor} />
        <Sentences title="Not suited for" sentences={codebook.notSuitedFor} />
      </div>
      <Facts dataSet={dataSet} />
      <Outcomes codebook={codebook} />
      <Covariates codebook={codebook} />
    </div>
  );
}

function Sentences({ title, sentences }: { title: string; sentences: readonly string[] }) {
  return (
    <section className={styles["card"]}>
      <h2 className={styles["h2"]}>{title}</h2>
      <ul className={styles["list"]}>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}

function Facts({
  dataSet: { id, codebook, holderName, people, loadedAt, codebookHash },
}: {
  dataSet: DataSetView;
}) {
  const { population, indexDate, from, to, completeTo, anchorDays, notMeasured } = codebook;
  const isCasework = id === CASEWORK_DATA_SET_ID;
  const facts: readonly (readonly [string, string])[] = [
    ["Who is in it", population],
    ["Held by", holderName],
    ["How many", people],
    ["Each person’s clock starts on", indexDate],
    ...(isCasework
      ? []
      : ([
          ["Index dates", `${dayInWords(from)} to ${dayInWords(to)}`],
          ["Events are complete to", dayInWords(completeTo)],
          [
            "How near to a start",
            anchorDays === 0 ? "On the same day" : `Within ${anchorDays} days of it, before or after`,
          ],
        ] as const)),
    ...(loadedAt ? ([["Loaded on", dayInWords(dayOf(loadedAt))]] as const) : []),
    ["Matters and is not in it", notMeasured.join(", ")],
  ];
  return (
    <section>
      <h2 className={styles["h2"]}>What it is</h2>
      <dl className={styles["facts"]}>
        {facts.map(([name, words]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{capital(words)}</dd>
          </div>
        ))}
        <div>
          <dt>Codebook</dt>
          <dd>
            A plan that names this data set is bound to its codebook as it stands:{" "}
            <code className={styles["hash"]}>{codebookHash.slice(0, 16)}</code>
          </dd>
        </div>
      </dl>
    </section>
  );
}

const TYPES = {
  binary: "Whether it happened",
  count: "How often",
  time: "How soon",
  number: "How serious the worst was",
} as const;

const HOPED = { fewer: "less", more: "more" } as const;
const HOPED_TIME = { fewer: "sooner", more: "later" } as const;

function Outcomes({ codebook: { outcomes, events } }: { codebook: Codebook }) {
  const labels = new Map(events.map(({ kind, label }) => [kind, label]));
  return (
    <section>
      <h2 className={styles["h2"]}>What can be looked at</h2>
      <ul className={styles["rows"]}>
        {outcomes.map(({ name, label, type, kinds, followUp, better }) => (
          <li key={name}>
            <strong>{label}</strong>
            <span>
              {TYPES[type]}, in the {followUp} days after the index date:{" "}
              {kinds.map((kind) => labels.get(kind)).join(", ")}
            </span>
            <span className={styles["tags"]}>
              <Tag>Hoped for: {(type === "time" ? HOPED_TIME : HOPED)[better]}</Tag>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Covariates({ codebook: { covariates } }: { codebook: Codebook }) {
  return (
    <section>
      <h2 className={styles["h2"]}>What people can be compared by</h2>
      <p className={styles["lead"]}>
        As each person was on their index date. More of these make a fairer comparison.
      </p>
      <ul className={styles["rows"]}>
        {covariates.map((covariate) => (
          <li key={covariate.name}>
            <strong>{covariate.label}</strong>
            <span>{valuesOf(covariate)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function valuesOf({ type, levels, lowest, highest }: Codebook["covariates"][number]): string {
  if (type === "category")
    return levels ? Object.values(levels).join(", ") : "Groups, as they are in the data";
  if (lowest !== undefined && highest !== undefined) return `A number from ${lowest} to ${highest}`;
  if (lowest !== undefined) return `A number, ${lowest} or more`;
  return highest === undefined ? "A number" : `A number, ${highest} or less`;
}
