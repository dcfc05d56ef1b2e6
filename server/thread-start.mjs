/**
 * Where a thread begins whose file is in TypeScript: threads do not take on the loader by themselves. The address of the
 * file is the first argument (`startThread` of asked-thread.ts).
 */
import { register } from "tsx/esm/api";

register();
await import(process.argv[2]);
