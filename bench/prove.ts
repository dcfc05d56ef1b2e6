/**
 * `npm run prove -- [name…] [--json] [--keep]`: proofs that take too long for `npm test`, which runs a short form of
 * each. A proof that fails makes the exit code 1. With --keep what each found is written to `docs/proofs.json`, from where
 * the impact assessment reads it.
 */

import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { dayOf } from "../server/domain/period";
import { env } from "../server/env";
import { agreementMatrix } from "./agreement-matrix";
import { auditTampering } from "./audit-tampering";
import { type Bench, countsOf, runRegister } from "./bench";
import { change } from "./change";
import { colours } from "./colours";
import { guessing } from "./guessing";
import { checkedOut, keepResult } from "./kept-results";
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
  colours,
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
  keep: ({ name, about }, lines) =>
    keepResult(process.cwd(), {
      ...{ name, about, ranOn: dayOf(new Date()), commit: checkedOut(process.cwd()) },
      cases: lines.map((line) => ({ case: line.case, ok: line.ok ?? null, counts: countsOf(line) })),
    }),
});
