"use client";
/**
 * The last row of a form or a question: the one thing to do, whatever else may be done, and the way out that changes
 * nothing. Without `onPress` the first button sends the form that it stands in.
 */
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import form from "./form.module.css";

interface FormActionsProps {
  /** What the first button says. */
  act: ReactNode;
  onPress?: () => void;
  /** It ends or removes something. */
  danger?: boolean;
  busy: boolean;
  disabled?: boolean;
  /** What the way out says; "Cancel" unless it keeps something as it is. */
  leave?: string;
  onLeave: () => void;
  /** Buttons between the two. */
  children?: ReactNode;
}

export function FormActions(props: FormActionsProps) {
  const { act, onPress, danger = false, busy, disabled = false, leave = "Cancel", onLeave, children } = props;
  return (
    <div className={form["actions"]}>
      <Button
        type={onPress ? "button" : "submit"}
        loading={busy}
        disabled={disabled}
        {...(onPress && { onClick: onPress })}
        {...(danger && { variant: "default", "data-danger": true })}
      >
        {act}
      </Button>
      {children}
      <Button variant="subtle" onClick={onLeave}>
        {leave}
      </Button>
    </div>
  );
}
