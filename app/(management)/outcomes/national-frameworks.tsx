/** The national frameworks, with their lines and the needs that have no place in them. */
import { FRAMEWORKS, frameworkTitle, unmappedNeeds } from "../../../server/domain/impact/frameworks";
import { getNeedByNumber } from "../../../server/domain/needs";
import styles from "./outcomes.module.css";

export function NationalFrameworks() {
  return (
    <section aria-labelledby="national" className={styles["national"]}>
      <h2 id="national" className={styles["heading"]}>
        National frameworks
      </h2>
      <p className={styles["quiet"]}>
        These are here already. Needs that one has no place for are shown in a summary as “Not in this
        framework”, so nobody is left out.
      </p>
      {FRAMEWORKS.map((framework) => {
        const unmapped = unmappedNeeds(framework);
        return (
          <details key={framework.key} className={styles["framework"]}>
            <summary>
              <span>{frameworkTitle(framework)}</span>
              <small>
                {framework.lines.length} lines, {unmapped.length} needs not in it
              </small>
            </summary>
            <dl className={styles["lines"]}>
              {framework.lines.map(({ code, label, needs }) => (
                <div key={code}>
                  <dt>{label}</dt>
                  <dd>{needs.map((number) => getNeedByNumber(number).label).join(" · ")}</dd>
                </div>
              ))}
              <div>
                <dt>Not in this framework</dt>
                <dd>{unmapped.map(({ label }) => label).join(" · ")}</dd>
              </div>
            </dl>
          </details>
        );
      })}
    </section>
  );
}
