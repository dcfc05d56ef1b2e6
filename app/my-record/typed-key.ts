/** What was typed at the door of somebody's own record, and what is said when it does not open. */

/** Each step on the page brings both again: nothing is kept between steps but here. */
export interface TypedKey {
  code: string;
  dateOfBirth: string;
}

export const REFUSED = {
  code: "This did not open a record. Check the code and the date of birth. A code works for two weeks; the service that gave it to you can give you a new one.",
  busy: "Too many tries. Wait five minutes, then try again.",
} as const;
