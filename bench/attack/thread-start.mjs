/** Where a thread of the attacks begins: threads do not take on the loader of TypeScript by themselves. */
import { register } from "tsx/esm/api";

register();
await import("./thread.ts");
