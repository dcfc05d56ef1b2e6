/**
 * Preloaded into the processes that we run: ends them when we have gone, however we went. The pipe on
 * descriptor 3 closes with the process that holds its other end. Processes that they fork preload it, too, and
 * know by the name of the holder that the leash is not theirs. Their threads go with them.
 */
import { Socket } from "node:net";
import { isMainThread } from "node:worker_threads";

const GRACE_MS = 5_000;

if (isMainThread && process.env.LEASH_HOLDER === String(process.ppid)) {
  const leash = new Socket({ fd: 3, readable: true, writable: false });
  leash.on("close", () => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.kill(process.pid, "SIGKILL"), GRACE_MS);
  });
  leash.resume();
  leash.unref();
}
