/** Where the thread of lab-run.ts begins: threads do not take on the loader of TypeScript by themselves. */
import { register } from "tsx/esm/api";

register();
await import("./lab-run-thread.ts");
