/**
 * `npm run prove -- [name…] [--json]`: proofs that take too long for `npm test`, which runs a short form of each.
 * A proof that fails makes the exit code 1.
 */

import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { env } from "../server/env";
import { agreementMatrix } from "./agreement-matrix";
import { auditTampering } from "./audit-tampering";
import { type Bench, runRegister } from "./bench";
import { change } from "./change";
import { guessing } from "./guessing";
import { knownToTiming } from "./known-to";
import { labCanaries } from "./lab-canaries";
import { labRecovery } from "./lab-recovery";
import { linkingAccuracy } from "./linking-accuracy";
import { linkingStore } from "./linking-store";
import { offline } from "./offline";
import { oracle } from "./oracle";
import { recount } from "./recount";
import { rotation } from "./rotation";
import { subjectAccess } from "./subject-access";

/** Every proof there is; a room adds its own. */
const PROOFS: readonly Bench[] = [
  agreementMatrix,
  auditTampering,
  change,
  guessing,
  knownToTiming,
  labCanaries,
  labRecovery,
  linkingAccuracy,
  linkingStore,
  offline,
  oracle,
  recount,
  rotation,
  subjectAccess,
];

if (existsSync(".env")) process.loadEnvFile(".env");
process.exitCode = await runRegister(PROOFS, process.argv.slice(2), {
  command: "prove",
  dataDir: join(resolve(env().DATA_DIR), "prove"),
  rows: [],
});
