/** What to look at: whether the organisation adds people much faster than it usually does, and what to do then. */
import type { NewPeople } from "../../../server/domain/new-people";
import { inDigits } from "../../../server/domain/number-text";
import styles from "./new-people.module.css";

const people = (count: number) =>
  `${inDigits(Math.round(count))} new ${Math.round(count) === 1 ? "person" : "people"}`;

export function NewPeopleNotice({ newPeople: { lately, usual, isUnusual } }: { newPeople: NewPeople }) {
  return (
    <section className={styles["notice"]} data-unusual={isUnusual || undefined} aria-labelledby="look-at">
      <h2 id="look-at">What to look at</h2>
      {isUnusual && usual !== null ? (
        <>
          <p>
            <strong>{people(lately)} in the last 7 days</strong>, more than five times the usual{" "}
            {inDigits(Math.round(usual))} a week. Invented people could be used to find out whom a figure
            counts.
          </p>
          <ol>
            <li>Ask whether something explains it: an import, a campaign, a new service.</li>
            <li>Below, show what was logged in these days, and see who logged most of it.</li>
            <li>If nobody can explain it, have the contacts voided, and treat it as an incident.</li>
          </ol>
        </>
      ) : (
        <p>
          {people(lately)} in the last 7 days
          {usual === null
            ? ". There are too few weeks yet to say what is usual."
            : `, ${inDigits(Math.round(usual))} in a usual week. Nothing stands out.`}
        </p>
      )}
    </section>
  );
}
