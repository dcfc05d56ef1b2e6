"use client";
/** Actions as rows: a circle to tick, what is to be done, one line under it, and a way to change it. */
import type { ReactNode } from "react";
import { dueState, type ShownAction } from "../../../server/domain/action";
import { type Day, dayOf } from "../../../server/domain/period";
import { dayNear } from "../../_ui/dates";
import { ErrorSummary } from "../../_ui/error-summary";
import styles from "./action-list.module.css";
import { dueInWords } from "./due-words";
import type { ActionsInHand } from "./use-actions";

interface ActionListProps<T extends ShownAction> {
  actions: readonly T[];
  today: Day;
  hand: ActionsInHand;
  /** What stands first in the second line: whose it is, or whom it is for. */
  second: (action: T) => ReactNode;
  onChange: (action: T) => void;
}

export function ActionList<T extends ShownAction>({
  actions,
  today,
  hand,
  second,
  onChange,
}: ActionListProps<T>) {
  return (
    <ul className={styles["list"]}>
      {actions.map((action) => {
        const finished = hand.isFinished(action);
        return (
          <li key={action.id} data-finished={finished || undefined}>
            <label className={styles["tick"]}>
              <input
                type="checkbox"
                aria-describedby={`about-${action.id}`}
                checked={finished}
                disabled={hand.isBusy(action)}
                onChange={() => void (finished ? hand.reopen(action) : hand.finish(action, "done"))}
              />
              <span className={styles["title"]}>{action.title}</span>
            </label>
            {!finished && (
              <button
                type="button"
                className={styles["small"]}
                aria-label={`Change: ${action.title}`}
                onClick={() => onChange(action)}
              >
                Change
              </button>
            )}
            <span id={`about-${action.id}`} className={styles["second"]}>
              {second(action)} · <When action={action} today={today} finished={finished} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function When({ action, today, finished }: { action: ShownAction; today: Day; finished: boolean }) {
  if (finished) {
    const { finished: end } = action;
    if (!end) return "done";
    const words = end.outcome === "done" ? "done" : "not needed";
    return `${words} ${dayOf(end.at) === today ? "today" : dayNear(dayOf(end.at), today)}`;
  }
  const late = dueState(action.dueOn, today) === "overdue";
  return <span className={late ? styles["late"] : undefined}>{dueInWords(action.dueOn, today)}</span>;
}

/** What was done last, heard as well as seen, with its way back; and what did not work. */
export function ActionsSaid({ hand }: { hand: ActionsInHand }) {
  const { said, errors } = hand;
  const undo = said?.undo;
  return (
    <>
      <ErrorSummary errors={errors} />
      <div role="status">
        {said && (
          <p className={styles["said"]}>
            {said.words}
            {undo && (
              <button
                type="button"
                className={styles["small"]}
                aria-label={`Undo: ${undo.title}`}
                onClick={() => void hand.reopen(undo)}
              >
                Undo
              </button>
            )}
          </p>
        )}
      </div>
    </>
  );
}
