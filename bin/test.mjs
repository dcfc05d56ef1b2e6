/**
 * `npm test`: everything that must hold, on a fresh clone, with no other program on the machine. This part runs
 * before anything is installed and brings the packages; check.ts does the rest in the same process.
 * `npm run test:reference` is `node bin/test.mjs reference`: only the tests that read reference files.
 */
import { join } from "node:path";
import { ensureInstalled, requireNode } from "./install.mjs";

requireNode();
process.chdir(join(import.meta.dirname, ".."));
await ensureInstalled();
const { register } = await import("tsx/esm/api");
register();
const { check } = await import("./check.ts");
await check(process.argv[2] === "reference");
