/**
 * Long results as lines of COPY: Postgres may make them with several processes, which it does not for a cursor, and they
 * arrive as text without an object for each row. COPY takes no parameters: what is asked for is said in settings of the
 * transaction.
 */

import type { Tx } from "../db/client";

/**
 * The fields of each line of `copy (…) to stdout`, some hundred lines at a time; the connection waits while they are
 * worked on. For columns without a tab, a line break or a backslash, which COPY would write otherwise.
 */
export async function* copiedLines(tx: Tx, copy: string): AsyncGenerator<string[][]> {
  const stream = await tx.unsafe(copy).readable();
  try {
    let rest = "";
    for await (const chunk of stream) {
      const lines = (rest + (chunk as Buffer).toString("latin1")).split("\n");
      rest = lines.pop() ?? "";
      if (lines.length > 0) yield lines.map((line) => line.split("\t"));
    }
  } finally {
    // postgres stops reading its socket when the stream is full, and asks again when the stream does. A stream that
    // ended meanwhile never does, and the next query would wait for good.
    stream._read(0);
  }
}
