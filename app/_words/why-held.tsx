/** Why an organisation may hold what it records: plain words first, the law in small type. */
import {
  BASIS_WORDS,
  CONDITION_WORDS,
  RECORDING_PURPOSE_WORDS,
  type ShownBasis,
} from "../../server/domain/recording-basis";
import styles from "./why-held.module.css";

export function WhyHeld({ bases }: { bases: readonly ShownBasis[] }) {
  return (
    <ul className={styles["bases"]}>
      {bases.map(({ purpose, basis, condition }) => (
        <li key={purpose}>
          <strong>{RECORDING_PURPOSE_WORDS[purpose]}.</strong>{" "}
          {basis ? BASIS_WORDS[basis].plain : "The organisation has not written down why yet."}{" "}
          {condition && CONDITION_WORDS[condition].plain}
          {basis && condition && (
            <small>
              {BASIS_WORDS[basis].law}. {CONDITION_WORDS[condition].law}.
            </small>
          )}
        </li>
      ))}
    </ul>
  );
}
