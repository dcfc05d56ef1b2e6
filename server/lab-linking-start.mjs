/** Where the thread of lab-linking.ts begins: threads do not take on the loader of TypeScript by themselves. */
import { register } from "tsx/esm/api";

register();
await import("./lab-linking-thread.ts");
