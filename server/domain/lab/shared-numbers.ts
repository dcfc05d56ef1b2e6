/** Memory for the columns of a table that may be large: threads can work on it where it lies, without a copy. */

/** Numbers in shared memory, all 0. */
export const sharedNumbers = (length: number): Float64Array =>
  new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT * length));
