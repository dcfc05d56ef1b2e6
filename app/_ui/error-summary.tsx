"use client";
/**
 * The one place at the top of a form that says what must be put right, with a link to each field. It takes the
 * focus when it appears (GOV.UK error summary). Say what to do, never whose fault it was.
 */
import { useEffect, useRef } from "react";
import styles from "./error-summary.module.css";

export interface FieldError {
  message: string;
  /** Id of the field to go to; without one the message stands alone. */
  fieldId?: string;
}

export function ErrorSummary({
  errors,
  title = "There is a problem",
}: {
  errors: readonly FieldError[];
  title?: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const signature = errors.map((error) => error.message).join("\n");
  useEffect(() => {
    if (signature !== "") box.current?.focus();
  }, [signature]);
  if (errors.length === 0) return null;
  return (
    <div ref={box} className={styles["summary"]} role="alert" tabIndex={-1}>
      <h2 className={styles["title"]}>{title}</h2>
      <ul>
        {errors.map((error) => (
          <li key={error.message}>
            {error.fieldId ? (
              <a
                href={`#${error.fieldId}`}
                onClick={(event) => {
                  event.preventDefault();
                  document.getElementById(error.fieldId ?? "")?.focus();
                }}
              >
                {error.message}
              </a>
            ) : (
              error.message
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
