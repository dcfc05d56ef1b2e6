/** Who takes a new secret into use in the proof of rotation, in a process of its own: killed at any moment. */

import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "../db/client";
import { findKeyRing } from "../server/key-ring";
import { rotateRows } from "../server/key-rotation";
import { holdKeys } from "../server/keys";
import { linkWhoWaits } from "../server/people-rounds";
import { ROTATION_NAME } from "./rotation";

const ring = findKeyRing("", { KEY_RING: process.env["PROVED_RING"] });
if (!ring) throw new Error("No ring was handed over");
holdKeys(ring);
const stats = connect(process.argv[2] ?? "", { max: 1, name: ROTATION_NAME });

process.once("disconnect", () => process.exit(0));
process.send?.("ready");
for (;;) {
  try {
    const { sealed, indexed, waits } = await rotateRows(stats, { rowsABatch: 7 });
    const linked = await linkWhoWaits(stats);
    if (!waits && sealed + indexed + linked === 0) process.send?.("nothing left");
  } catch (error) {
    // The connection was cut: that is what is tried here. Anything else is told.
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!["57P01", "CONNECTION_CLOSED", "CONNECTION_ENDED", "ECONNRESET"].includes(code)) {
      process.send?.(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
  }
  await sleep(20);
}
