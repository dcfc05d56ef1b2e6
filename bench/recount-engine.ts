/** The engine of the recount proof, in a process of its own: runs when told to, and may be killed at any moment. */

import { z } from "zod";
import { connect } from "../db/client";
import { key } from "../server/keys";
import { statisticsTick } from "../server/statistics";
import { ENGINE_NAME } from "./recount";
import { holdBenchKeys } from "./world";

const request = z.object({ byOfficer: z.boolean() });

holdBenchKeys();
const stats = connect(process.argv[2] ?? "", { max: 2, name: ENGINE_NAME });

process.on("message", (said: unknown) => {
  statisticsTick(stats, key("disclosure"), request.parse(said)).then(
    () => process.send?.("done"),
    (error: unknown) =>
      process.send?.(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  );
});
process.once("disconnect", () => process.exit(0));
await stats`select 1`;
process.send?.("ready");
