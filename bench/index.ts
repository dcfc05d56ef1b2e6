/**
 * `npm run bench -- [name…] [--rows N,N] [--json]`: each benchmark runs the product and its peer in one run and
 * prints the ratio. Worlds are built once and kept in DATA_DIR/bench, in a cluster of their own.
 */

import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { env } from "../server/env";
import { attack } from "./attack";
import { audit } from "./audit";
import { runRegister } from "./bench";
import { breach } from "./breach";
import { exporting } from "./exports";
import { importing } from "./import";
import { ingest } from "./ingest";
import { lab } from "./lab";
import { linking } from "./linking";
import { map } from "./map";
import { national } from "./national";
import { outlines } from "./outlines";
import { search } from "./search";
import { slots } from "./slots";
import { summary } from "./summary";

if (existsSync(".env")) process.loadEnvFile(".env");
process.exitCode = await runRegister(
  [
    attack,
    audit,
    breach,
    map,
    ingest,
    exporting,
    importing,
    lab,
    linking,
    national,
    outlines,
    search,
    slots,
    summary,
  ],
  process.argv.slice(2),
  {
    command: "bench",
    dataDir: join(resolve(env().DATA_DIR), "bench"),
    rows: [100_000, 1_000_000, 5_000_000],
  },
);
