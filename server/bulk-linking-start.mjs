/** Where a thread of bulk-linking.ts begins: threads do not take on the loader of TypeScript by themselves. */
import { register } from "tsx/esm/api";

register();
await import("./bulk-linking-thread.ts");
