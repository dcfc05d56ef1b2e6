/**
 * What a failed call says, as lines of the error summary. `ids` gives the field of each path that the server may
 * name; a path without one stands alone.
 */
import { isCallError } from "../_trpc/wire";
import type { FieldError } from "./error-summary";

const NO_SIGNAL = "No signal: nothing was sent or saved. Try again when you have signal.";
/** The call may have arrived though its answer did not. */
const NO_ANSWER =
  "There is no answer from Common Need, so this may not be saved. Check your connection and try again.";

export function faultsOf(error: unknown, ids: Readonly<Record<string, string>> = {}): FieldError[] {
  if (!isCallError(error) || !error.data) {
    return [{ message: navigator.onLine ? NO_ANSWER : NO_SIGNAL }];
  }
  if (error.data.reason === "locked") {
    return [{ message: "This screen was locked. Unlock it in a new tab, then come back and try again." }];
  }
  if (error.data.code === "UNAUTHORIZED") {
    return [{ message: "You were signed out. Sign in again in a new tab, then come back and try again." }];
  }
  const faults = Object.entries(error.data.fields ?? {}).map(([path, message]): FieldError => {
    const fieldId = ids[path];
    return fieldId ? { message, fieldId } : { message };
  });
  return faults.length > 0 ? faults : [{ message: error.message }];
}

/**
 * What is wrong with what somebody filled in, as a schema found it, at the fields that `ids` has by their first step: the
 * first fault of each. `empty`: what is said of a field where nothing was chosen or written, when the schema cannot say it.
 */
export function faultsIn(
  { issues }: { issues: readonly { code?: string; message: string; path: readonly PropertyKey[] }[] },
  ids: Readonly<Record<string, string>>,
  empty: Readonly<Record<string, string>> = {},
): FieldError[] {
  const faults = new Map<string, FieldError>();
  for (const { code, message, path } of issues) {
    const field = String(path[0] ?? message);
    const isEmpty = code === "invalid_type" || code === "invalid_value";
    const said = (isEmpty && empty[field]) || message;
    const fieldId = ids[field];
    if (!faults.has(field)) faults.set(field, fieldId ? { message: said, fieldId } : { message: said });
  }
  return [...faults.values()];
}

/** The words for one field, to stand beside it. */
export function faultOf(errors: readonly FieldError[], fieldId: string): string | undefined {
  return errors.find((error) => error.fieldId === fieldId)?.message;
}
