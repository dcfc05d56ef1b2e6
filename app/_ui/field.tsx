/**
 * A native field with its words: label, hint, what is wrong, then the box, in the order in which people need them
 * (GOV.UK error message pattern), and tied together for those who listen.
 */
import type { ComponentPropsWithRef, ReactNode } from "react";
import styles from "./field.module.css";

interface Words {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
}

type TextFieldProps = Words & Omit<ComponentPropsWithRef<"input">, "id" | "children">;

export function TextField({ label, hint, error, ...input }: TextFieldProps) {
  return (
    <FieldFrame id={input.id} label={label} hint={hint} error={error}>
      <input
        autoComplete="off"
        {...input}
        {...described(input.id, hint, error)}
        className={styles["input"]}
      />
    </FieldFrame>
  );
}

type TextAreaProps = Words & Omit<ComponentPropsWithRef<"textarea">, "id" | "children">;

/** Grows with what is written. */
export function TextArea({ label, hint, error, ...area }: TextAreaProps) {
  return (
    <FieldFrame id={area.id} label={label} hint={hint} error={error}>
      <textarea {...area} {...described(area.id, hint, error)} className={styles["area"]} />
    </FieldFrame>
  );
}

function FieldFrame({ id, label, hint, error, children }: Words & { children: ReactNode }) {
  return (
    <div className={styles["field"]} data-error={error ? true : undefined}>
      <label htmlFor={id} className={styles["label"]}>
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className={styles["hint"]}>
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className={styles["error"]}>
          <span className="visually-hidden">Error: </span>
          {error}
        </p>
      )}
      {children}
    </div>
  );
}

function described(id: string, hint: ReactNode, error: string | undefined) {
  const parts = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean);
  return {
    "aria-describedby": parts.length > 0 ? parts.join(" ") : undefined,
    "aria-invalid": error ? true : undefined,
  };
}
