"use client";
/** One of a few things that need a sentence each: native radio buttons, each in a card that can be pressed anywhere. */
import { type ReactNode, useId } from "react";
import styles from "./plan.module.css";

interface RadioCardsProps {
  /** Of the group, where a fault leads to. */
  id: string;
  label: string;
  description: string;
  error: string | undefined;
  value: string | null;
  options: readonly { value: string; title: string; words: ReactNode }[];
  onChange(value: string): void;
}

export function RadioCards({ id, label, description, error, value, options, onChange }: RadioCardsProps) {
  const name = useId();
  return (
    <fieldset id={id} tabIndex={-1} aria-describedby={`${id}-hint`}>
      <legend className={styles["legend"]}>{label}</legend>
      <p id={`${id}-hint`} className={styles["hint"]}>
        {description}
      </p>
      {error && <p className={styles["error"]}>{error}</p>}
      <div className={styles["choices"]}>
        {options.map((option) => (
          <label key={option.value} className={styles["choice"]}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>
              <strong>{option.title}</strong>
              {option.words}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
