/**
 * `npm start`: from a fresh clone to a page in the browser. This part runs before anything is installed and
 * brings the packages; up.ts does the rest in the same process.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled, requireNode } from "./install.mjs";

requireNode();
process.chdir(join(import.meta.dirname, ".."));
await ensureInstalled();
if (existsSync(".env")) process.loadEnvFile(".env");
const { register } = await import("tsx/esm/api");
register();
const { up } = await import("./up.ts");
await up();
