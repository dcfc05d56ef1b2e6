/** Rows of casework in order of client: those of one client together, whatever they were read by. */

import type { Tx } from "../../db/client";
import { type CopiedLines, copiedLines } from "../copied-lines";

/** The rows of one client. */
export interface OfClient<Row> {
  clientId: string;
  rows: Row[];
}

/** Lines of COPY whose first field is the client and that are in its order; `read` takes the other fields of a line. */
export async function* copiedByClient<Row>(
  tx: Tx,
  copy: string,
  read: (line: CopiedLines) => Row,
): AsyncGenerator<OfClient<Row>[]> {
  /** Its lines may go on in what arrives next. */
  let open: OfClient<Row> | null = null;
  let id: Uint8Array = Buffer.alloc(0);
  for await (const lines of copiedLines(tx, copy)) {
    const whole: OfClient<Row>[] = [];
    while (lines.isMore) {
      if (!open || !lines.isSame(id)) {
        if (open) whole.push(open);
        open = { clientId: lines.text(), rows: [] };
        id = Buffer.from(open.clientId, "latin1");
      }
      open.rows.push(read(lines));
    }
    yield whole;
  }
  if (open) yield [open];
}

/** Rows that name their client and are in its order. */
export async function* byClient<Row extends { clientId: string }>(
  batches: AsyncIterable<readonly Row[]>,
): AsyncGenerator<OfClient<Row>[]> {
  let open: OfClient<Row> | null = null;
  for await (const batch of batches) {
    const whole: OfClient<Row>[] = [];
    for (const row of batch) {
      if (!open || open.clientId !== row.clientId) {
        if (open) whole.push(open);
        open = { clientId: row.clientId, rows: [] };
      }
      open.rows.push(row);
    }
    yield whole;
  }
  if (open) yield [open];
}
