/** Whether the chain of entries is whole: last checked when, how far, with which copy elsewhere; and what to do if not. */
import { type AuditState, faultInWords } from "../../../server/domain/audit-state";
import { inDigits } from "../../../server/domain/number-text";
import { type Day, dayOf } from "../../../server/domain/period";
import { dayAgo, timeOf } from "../../_ui/dates";
import styles from "./new-people.module.css";

interface ChainStateProps {
  state: AuditState | null;
  today: Day;
}

export function ChainState({ state, today }: ChainStateProps) {
  const isWell = state === null || (state.ok && !state.isLate);
  return (
    <section
      id="chain"
      className={styles["notice"]}
      data-unusual={!isWell || undefined}
      aria-labelledby="chain-title"
    >
      <h2 id="chain-title">{headingOf(state)}</h2>
      {state === null ? (
        <p>It is checked for the first time within an hour of the start.</p>
      ) : (
        <>
          <p>
            Last checked {whenOf(state.at, today)}:{" "}
            {state.entries === 0
              ? "nothing was in it yet. What came since is checked within the hour."
              : `${inDigits(state.entries)} entries in order. Newer ones are checked within the hour.`}
            {state.wholeAt && state.entries > 0 && ` All of them ${whenOf(state.wholeAt, today)}.`}
          </p>
          <p>
            {state.anchor
              ? `Newest copy elsewhere: of entry ${inDigits(state.anchor.number)}, ${whenOf(state.anchor.at, today)}, in ${state.anchor.where}.`
              : "There is no copy elsewhere yet."}
          </p>
          {state.emptyPlaces.map((place) => (
            <p key={place}>
              There is no copy in {place}, though there should be. Ask whoever runs the machine.
            </p>
          ))}
          {!isWell && <WhatToDo state={state} />}
        </>
      )}
    </section>
  );
}

function headingOf(state: AuditState | null): string {
  if (state === null) return "The chain waits for its first check";
  if (!state.ok) return "The chain is broken";
  if (state.isLate) return "The chain has not been checked";
  return state.entries === 0 ? "The chain waits for its next check" : "The chain is whole";
}

function WhatToDo({ state }: { state: AuditState }) {
  if (state.ok) {
    return <p>The worker that checks it has stopped. Ask whoever runs the machine to look at it today.</p>;
  }
  return (
    <>
      <p>
        <strong>{faultInWords(state)}</strong> Entries before it are whole.
      </p>
      <ol>
        <li>Ask whoever runs the machine whether a backup was restored. If so, that explains it.</li>
        <li>If nobody knows why, treat it as an incident: somebody changed the record of use.</li>
        <li>Have nothing restored or deleted until copies of the database and of the anchors are kept.</li>
      </ol>
    </>
  );
}

/** "today at 10:42", "Friday at 10:42". */
function whenOf(at: Date, today: Day): string {
  const day = dayAgo(dayOf(at), today);
  const isNear = day === "Today" || day === "Yesterday";
  return `${isNear ? day.toLowerCase() : `on ${day}`} at ${timeOf(at)}`;
}
