"use client";
/** Which data set outcomes are looked for in, what it is good for and what not, and which outcomes; the first is the headline. */
import { CASEWORK_DATA_SET_ID } from "../../../../server/domain/lab/casework-set";
import { capital } from "../../../../server/domain/label-text";
import { dayInWords } from "../../../../server/domain/period";
import { Icon } from "../../../_ui/icon";
import { EmptyState } from "../../../_ui/page-title";
import { defaultsFor } from "./defaults";
import styles from "./plan.module.css";
import { followUpInWords } from "./plan-words";
import { RadioCards } from "./radio-cards";
import type { OfferedDataSet, StepProps } from "./step-props";
import { fieldId } from "./steps";

interface RecordsStepProps extends StepProps {
  dataSets: readonly OfferedDataSet[];
}

export function RecordsStep({ plan, change, faultOf, dataSets }: RecordsStepProps) {
  const chosen = dataSets.find(({ id }) => id === plan.dataSetId);
  if (dataSets.length === 0) {
    return (
      <EmptyState>
        No data set is open for studies yet. When a data holder loads one, it shows up here and you can go on.
      </EmptyState>
    );
  }
  return (
    <>
      <RadioCards
        id={fieldId("dataSetId")}
        label="Data set"
        description="Records that somebody else keeps about many people."
        value={plan.dataSetId}
        error={faultOf("dataSetId")}
        options={dataSets.map(({ id, codebook, holderName, people }) => ({
          value: id,
          title: codebook.name,
          words: (
            <>
              <small>
                {capital(codebook.population)}, kept by {holderName}
              </small>
              <small>
                {capital(people)},{" "}
                {id === CASEWORK_DATA_SET_ID
                  ? "with what was recorded up to today"
                  : `${dayInWords(codebook.from)} to ${dayInWords(codebook.to)}, events to ${dayInWords(codebook.completeTo)}`}
              </small>
            </>
          ),
        }))}
        onChange={(id) => {
          const next = dataSets.find((each) => each.id === id);
          if (next && next.id !== plan.dataSetId) change({ dataSetId: id, ...defaultsFor(next.codebook) });
        }}
      />
      {chosen && (
        <>
          <div className={styles["suits"]}>
            <Suits title="Good for" icon="check" sentences={chosen.codebook.suitedFor} />
            <Suits title="Not good for" icon="close" sentences={chosen.codebook.notSuitedFor} />
          </div>
          <Outcomes plan={plan} change={change} faultOf={faultOf} codebook={chosen.codebook} />
        </>
      )}
    </>
  );
}

function Suits(props: { title: string; icon: "check" | "close"; sentences: readonly string[] }) {
  return (
    <section>
      <h3 className={styles["h3"]}>{props.title}</h3>
      <ul className={styles["marked"]}>
        {props.sentences.map((sentence) => (
          <li key={sentence}>
            <Icon name={props.icon} size={17} />
            {sentence}
          </li>
        ))}
      </ul>
    </section>
  );
}

type OutcomesProps = StepProps & { codebook: OfferedDataSet["codebook"] };

function Outcomes({ plan, change, faultOf, codebook }: OutcomesProps) {
  const [headline] = plan.outcomes;
  const toggle = (name: string) =>
    change({
      outcomes: plan.outcomes.includes(name)
        ? plan.outcomes.filter((other) => other !== name)
        : [...plan.outcomes, name],
    });
  const lead = (name: string) =>
    change({ outcomes: [name, ...plan.outcomes.filter((other) => other !== name)] });
  const error = faultOf("outcomes");
  return (
    <fieldset id={fieldId("outcomes")} tabIndex={-1} aria-describedby="outcomes-hint">
      <legend className={styles["legend"]}>What to look for</legend>
      <p id="outcomes-hint" className={styles["hint"]}>
        Choose what your programme is meant to change. The headline is fixed here, before anybody sees a
        result. Choose three at the most: each one more can show a difference by chance.
      </p>
      {error && <p className={styles["error"]}>{error}</p>}
      <ul className={styles["outcomes"]}>
        {codebook.outcomes.map((outcome) => {
          const isChosen = plan.outcomes.includes(outcome.name);
          return (
            <li key={outcome.name} data-chosen={isChosen || undefined}>
              <label>
                <input type="checkbox" checked={isChosen} onChange={() => toggle(outcome.name)} />
                <span>
                  <strong>{outcome.label}</strong>
                  <small>{followUpInWords(outcome)}</small>
                </span>
              </label>
              {isChosen &&
                (outcome.name === headline ? (
                  <span className={styles["headline"]}>
                    <Icon name="check" size={14} /> Headline
                  </span>
                ) : (
                  <button
                    type="button"
                    className={styles["word"]}
                    onClick={() => lead(outcome.name)}
                    aria-label={`Make “${outcome.label}” the headline`}
                  >
                    Make it the headline
                  </button>
                ))}
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}
