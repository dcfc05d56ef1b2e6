/**
 * The mentors' cohort as a spreadsheet, for whoever tries the data lab in a demo: kept beside the county's other files
 * when the demo loads, handed out to those who may send a cohort, and to nobody where there is no demo. Everybody in it
 * is made up.
 */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { isDemo } from "../clock";
import { type Ctx, requireRight } from "../context";
import { NotFound } from "../domain/errors";
import { env } from "../env";
import { COHORT_FILE } from "./cohort-file";

const placeOf = (dataDir: string) => join(dataDir, "demo", COHORT_FILE);

/** Puts the file where `readExampleFile` finds it. */
export function keepExampleFile(dataDir: string, text: string): void {
  writeFileSync(placeOf(dataDir), text, { mode: 0o600 });
}

/** The file, its name and text. @throws NotFound where there is no demo, or one that was loaded without it. */
export async function readExampleFile(ctx: Ctx): Promise<{ name: string; text: string }> {
  requireRight(ctx, "study.write", ctx.actor?.organisationId ?? null);
  const place = placeOf(resolve(env().DATA_DIR));
  if (!(await isDemo(ctx.db)) || !existsSync(place)) throw new NotFound("An example file");
  return { name: COHORT_FILE, text: readFileSync(place, "utf8") };
}
