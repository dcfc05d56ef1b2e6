/**
 * How much one request may bring: what our own pages can send at most, and some room. The server refuses more before
 * it reads it, so that nobody fills its memory or has thousands of calls answered at the price of one.
 */

/** Calls that travel in one request. */
export const MOST_CALLS = 20;

/**
 * Bytes of one request. Fifty contacts (`MOST_CONTACTS`) with the longest notes and most issues, in characters of four
 * bytes, are some 1.3 million.
 */
export const MOST_BYTES = 2_000_000;
