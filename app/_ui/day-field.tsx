"use client";
/**
 * A day, typed as people write it: 27 3 2026, 27/3/26, 27 March 2026. A browser's own date box follows the language of
 * the browser and may put the month first; this one reads the day first, always, and says the day back in words once it
 * is left. Gives the day, or nothing while the box is empty or holds none.
 */
import { type ReactNode, useState } from "react";
import { findDay, readDay } from "../../server/domain/day-text";
import { type Day, dayInWords } from "../../server/domain/period";
import { TextField } from "./field";

interface DayFieldProps {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  /** Empty: no day. */
  value: Day | "";
  /** A day on which somebody was born: a year of two digits has passed. */
  isBirth?: boolean;
  onChange: (day: Day | "") => void;
}

/** Years to come which two digits may mean where no birth is asked for. */
const YEARS_AHEAD = 20;

/** Nobody can be about to type more: 27 3 20 may be on its way to 2026. */
const WHOLE_YEAR = /(?:^|\D)\d{4}(?:\D|$)|\d{8}/;

export function DayField({ value, isBirth = false, error, hint, onChange, ...field }: DayFieldProps) {
  const thisYear = new Date().getFullYear();
  const rules = { currentYear: isBirth ? thisYear : thisYear + YEARS_AHEAD };
  const [typed, setTyped] = useState(inWords(value));
  const [given, setGiven] = useState(value);
  const [isLeft, setLeft] = useState(true);
  // Another day than this box gave was chosen elsewhere, such as by a button for tomorrow.
  const text = given === value ? typed : inWords(value);
  const give = (day: Day | "") => {
    setGiven(day);
    if (day !== value) onChange(day);
  };
  const finish = () => {
    const day = findDay(text, rules);
    setLeft(true);
    setTyped(day === null ? text : inWords(day));
    give(day ?? "");
  };
  const problem = isLeft || error ? problemOf(text, rules) : undefined;
  return (
    <TextField
      {...field}
      hint={hint ?? `For example, 27 3 ${isBirth ? 1984 : thisYear}`}
      error={problem ?? error}
      value={text}
      onChange={({ target }) => {
        setLeft(false);
        setTyped(target.value);
        give((WHOLE_YEAR.test(target.value) && findDay(target.value, rules)) || "");
      }}
      onBlur={finish}
      onKeyDown={({ key }) => {
        if (key === "Enter") finish();
      }}
    />
  );
}

const inWords = (day: Day | "") => (day === "" ? "" : dayInWords(day));

function problemOf(text: string, rules: { currentYear: number }): string | undefined {
  if (text.trim() === "") return undefined;
  const reading = readDay(text, rules);
  if (reading.kind === "day") return undefined;
  return reading.kind === "none" ? reading.problem : "Enter the day as well.";
}
