"use client";
/** One step of a request: done, told when it fails, and the request shown as it is then. */
import { useState } from "react";
import type { FieldError } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";

export interface StepWork {
  busy: boolean;
  errors: readonly FieldError[];
  setErrors: (errors: readonly FieldError[]) => void;
  /** Does the work, then reads the request again. */
  run: (work: () => Promise<unknown>) => Promise<boolean>;
}

export function useStep(reread: () => Promise<unknown>): StepWork {
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  return {
    busy,
    errors,
    setErrors,
    run: async (work) => {
      setBusy(true);
      try {
        await work();
        setErrors([]);
        await reread();
        return true;
      } catch (error) {
        setErrors(faultsOf(error));
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}
