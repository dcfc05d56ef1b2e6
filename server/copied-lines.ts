/**
 * Long results as lines of COPY: Postgres may make them with several processes, which it does not for a cursor, and they
 * are read field by field from the bytes that arrive, without a text or an object for each line. COPY takes no
 * parameters: what is asked for is said in settings of the transaction.
 */

import type { Tx } from "../db/client";

const TAB = "\t".charCodeAt(0);
const NEWLINE = "\n".charCodeAt(0);
const MINUS = "-".charCodeAt(0);
const ZERO = "0".charCodeAt(0);
const COMMA = ",".charCodeAt(0);
const CLOSING = "}".charCodeAt(0);

/** Whole lines, read from the first field to the last: each call takes the next field of the line, or of the next. */
export class CopiedLines {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  /** Whether a field is left. */
  get isMore(): boolean {
    return this.at < this.bytes.length;
  }

  /** The next field as text, which does not hold on to the line. */
  text(): string {
    const from = this.at;
    let to = from;
    while (!isEnd(this.bytes[to])) to += 1;
    this.at = to + 1;
    return this.bytes.toString("latin1", from, to);
  }

  /** The next field as a whole number. */
  number(): number {
    const isBelow = this.bytes[this.at] === MINUS;
    if (isBelow) this.at += 1;
    const value = this.digits();
    if (!isEnd(this.bytes[this.at])) throw new Error("A field is no whole number");
    this.at += 1;
    return isBelow ? -value : value;
  }

  /** The next field as an array of whole numbers from 0 up, "{…,…}", each given to `take`. */
  numbers(take: (value: number) => void): void {
    let sign: number | undefined = COMMA;
    while (sign === COMMA) {
      this.at += 1;
      take(this.digits());
      sign = this.bytes[this.at];
    }
    if (sign !== CLOSING || !isEnd(this.bytes[this.at + 1]))
      throw new Error("A field is no array of numbers");
    this.at += 2;
  }

  /** Whether the next field is this one; if it is, it is passed over. */
  isSame(field: Uint8Array): boolean {
    const { at, bytes } = this;
    const { length } = field;
    if (!isEnd(bytes[at + length])) return false;
    // Ids that follow one another differ at their end.
    for (let place = length - 1; place >= 0; place -= 1) {
      if (bytes[at + place] !== field[place]) return false;
    }
    this.at = at + length + 1;
    return true;
  }

  private digits(): number {
    const from = this.at;
    let value = 0;
    for (;;) {
      const digit = (this.bytes[this.at] ?? 0) - ZERO;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
      this.at += 1;
    }
    if (this.at === from) throw new Error("A number has no digit");
    return value;
  }
}

const isEnd = (byte: number | undefined): boolean => byte === TAB || byte === NEWLINE || byte === undefined;

/**
 * The lines of `copy (…) to stdout`, some hundred at a time; the connection waits while they are worked on. For columns
 * without a tab, a line break or a backslash, which COPY would write otherwise.
 */
export async function* copiedLines(tx: Tx, copy: string): AsyncGenerator<CopiedLines> {
  const stream = await tx.unsafe(copy).readable();
  try {
    let rest: Buffer | null = null;
    for await (const chunk of stream) {
      const all: Buffer = rest ? Buffer.concat([rest, chunk as Buffer]) : (chunk as Buffer);
      const end = all.lastIndexOf(NEWLINE) + 1;
      rest = end < all.length ? all.subarray(end) : null;
      if (end > 0) yield new CopiedLines(all.subarray(0, end));
    }
  } finally {
    // postgres stops reading its socket when the stream is full, and asks again when the stream does. A stream that
    // ended meanwhile never does, and the next query would wait for good.
    stream._read(0);
  }
}
