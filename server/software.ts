/** Which version of the software this is: kept beside what it made. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

let version: string | undefined;

/** The version, as the package says. */
export function softwareVersion(): string {
  version ??= z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(process.cwd(), "package.json"), "utf8"))).version;
  return version;
}
