/** What attacks on the figures came to, by what they were after; and, for whoever checks, line by line as measured. */
import type { MeasuredAttack } from "../../../server/disclosure-settings";
import { type AttackGoal, attacksInWords } from "./attack-words";
import styles from "./desk.module.css";

const GOALS: readonly { goal: AttackGoal; title: string; scale: string }[] = [
  {
    goal: "tells",
    title: "Telling whether one person is among those counted",
    scale: "Gain over a coin: 0% is a coin toss, 100% is certain.",
  },
  {
    goal: "guesses",
    title: "Guessing a hidden number from 1 to 9",
    scale: "Right guesses: 11% is chance.",
  },
  { goal: "found", title: "Looked for in all that was published", scale: "In one made county." },
];

export function AttackTables({ attacks }: { attacks: readonly MeasuredAttack[] }) {
  const told = attacksInWords(attacks);
  return (
    <>
      {GOALS.map(({ goal, title, scale }) => (
        <table key={goal} className={styles["attacks"]}>
          <caption>
            <strong>{title}</strong>
            <small>{scale}</small>
          </caption>
          <thead>
            <tr>
              <th scope="col">What is tried</th>
              <th scope="col">At worst</th>
              <th scope="col">Limit</th>
            </tr>
          </thead>
          <tbody>
            {told[goal].map(({ tries, came, limit }) => (
              <tr key={tries}>
                <td>{tries}</td>
                <td>{came}</td>
                <td>{limit}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
      <details>
        <summary>Line by line, as measured</summary>
        <p className={styles["facts"]}>The codes are those of the method’s page.</p>
        <ul className={styles["list"]}>
          {attacks.map(({ attack, result, limit }) => (
            <li key={attack}>
              {attack}: {result} (limit {limit})
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}
