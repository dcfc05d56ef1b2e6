/**
 * The four ways a rule can be broken. Anything else that is thrown is a bug.
 * No HTTP here: one middleware turns these into answers. Messages carry no personal data.
 */

/** It does not exist, or it is not yours: both read the same. */
export class NotFound extends Error {
  override readonly name = "NotFound";
  constructor(
    readonly what: string,
    message = `${what} was not found. It may have been removed, or it may belong to somebody else.`,
  ) {
    super(message);
  }
}

/** You are signed in, and your role does not allow this; or it is allowed after something that you can do yourself. */
export class NotAllowed extends Error {
  override readonly name = "NotAllowed";
  constructor(
    message = "Your role does not allow this. Ask your manager if you need it.",
    /** step-up: show again that it is you (server/step-up.ts), then ask again. */
    readonly needs: "step-up" | null = null,
  ) {
    super(message);
  }
}

/** What was sent breaks a rule: which field, what is wrong, how to mend it. */
export class Invalid extends Error {
  override readonly name = "Invalid";
  constructor(
    message: string,
    readonly fields: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** Somebody else changed the same thing first, or the same id came with other content. */
export class Conflict extends Error {
  override readonly name = "Conflict";
}

export type BrokenRule = NotFound | NotAllowed | Invalid | Conflict;

/** Whether something thrown is one of the four, and so may be told to whoever asked. */
export function isBrokenRule(error: unknown): error is BrokenRule {
  return (
    error instanceof NotFound ||
    error instanceof NotAllowed ||
    error instanceof Invalid ||
    error instanceof Conflict
  );
}
