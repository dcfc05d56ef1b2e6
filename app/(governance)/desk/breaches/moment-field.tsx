"use client";
/** A day and a time of it, written as in the United Kingdom: what was typed, and the instant that it says. */
import { instantOf } from "../../../../server/domain/breach";
import type { Day } from "../../../../server/domain/period";
import { DayField } from "../../../_ui/day-field";
import { TextField } from "../../../_ui/field";
import styles from "../desk.module.css";

/** A day, empty while there is none, and a time as it was typed. */
export interface Moment {
  day: Day | "";
  time: string;
}

export const NO_MOMENT: Moment = { day: "", time: "" };

/** The instant; null while the day or the time is missing. */
export const instantIn = ({ day, time }: Moment): Date | null => (day === "" ? null : instantOf(day, time));

interface MomentFieldProps {
  id: string;
  label: string;
  hint?: string;
  error?: string | undefined;
  value: Moment;
  onChange: (moment: Moment) => void;
}

export function MomentField({ id, label, hint, error, value, onChange }: MomentFieldProps) {
  return (
    <fieldset className={styles["moment"]} aria-describedby={`${id}-says`}>
      <legend>{label}</legend>
      <div id={`${id}-says`} className={styles["momentSays"]}>
        <p>{hint ? `${hint} ` : ""}For example, 27 3 2026 at 14:30.</p>
        {error && (
          <p className={styles["momentError"]}>
            <span className="visually-hidden">Error: </span>
            {error}
          </p>
        )}
      </div>
      <DayField
        id={id}
        label="Day"
        hint=""
        value={value.day}
        onChange={(day) => onChange({ ...value, day })}
      />
      <TextField
        id={`${id}-time`}
        label="Time"
        value={value.time}
        onChange={({ target }) => onChange({ ...value, time: target.value })}
      />
    </fieldset>
  );
}
