/**
 * Preloaded into the processes that `npm start` runs: ends them when it has gone, however it went. The pipe
 * on descriptor 3 closes with the process that holds its other end.
 */
import { Socket } from "node:net";

const GRACE_MS = 5_000;

const leash = new Socket({ fd: 3, readable: true, writable: false });
leash.on("close", () => {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.kill(process.pid, "SIGKILL"), GRACE_MS);
});
leash.resume();
leash.unref();
