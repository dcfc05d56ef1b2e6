/**
 * What browser and server agree on about a request. How much it may bring: what our own pages can send at most, and
 * some room; the server refuses more before it reads it, so that nobody fills its memory or has thousands of calls
 * answered at the price of one. And whom it is for.
 */

/** Calls that travel in one request. */
export const MOST_CALLS = 20;

/**
 * Bytes of one request. Fifty contacts (`MOST_CONTACTS`) with the longest notes and most issues, in characters of four
 * bytes, are some 1.3 million.
 */
export const MOST_BYTES = 2_000_000;

/**
 * The header by which a device says for whom it calls, as "account/organisation". What one person saved on a shared
 * device is then never taken for another's who signed in there meanwhile.
 */
export const ACTS_FOR = "common-need-acts-for";

/** The value of that header. */
export const actsFor = (accountId: string, organisationId: number) => `${accountId}/${organisationId}`;
