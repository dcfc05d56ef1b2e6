"use client";
/** A day and a time of it, written as in the United Kingdom. Gives the instant, and nothing while either is missing. */
import { useState } from "react";
import { instantOf } from "../../../../server/domain/breach";
import type { Day } from "../../../../server/domain/period";
import { DayField } from "../../../_ui/day-field";
import { TextField } from "../../../_ui/field";
import styles from "../desk.module.css";

interface MomentFieldProps {
  id: string;
  label: string;
  hint?: string;
  error?: string | undefined;
  onChange: (at: Date | null) => void;
}

export function MomentField({ id, label, hint, error, onChange }: MomentFieldProps) {
  const [day, setDay] = useState<Day | "">("");
  const [time, setTime] = useState("");
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
        value={day}
        onChange={(next) => {
          setDay(next);
          onChange(next === "" ? null : instantOf(next, time));
        }}
      />
      <TextField
        id={`${id}-time`}
        label="Time"
        value={time}
        onChange={({ target }) => {
          setTime(target.value);
          onChange(day === "" ? null : instantOf(day, target.value));
        }}
      />
    </fieldset>
  );
}
