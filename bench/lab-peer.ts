/**
 * The peer of the data lab's benchmark: R's glm and MatchIt on the same people, where R is installed. MatchIt before 4.6
 * does not always take the nearest who is left and takes long over it: then R's glm alone is measured, which is in R's
 * favour.
 */

import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { LAB_COVARIATES, makeLabTable, PARTICIPANTS } from "./lab-table";

const resultSchema = z.object({
  r: z.string(),
  matchit: z.string().nullable(),
  cpu: z.number(),
  wall: z.number(),
  megabytes: z.number(),
  estimates: z.array(z.number()),
  pairs: z.number().nullable(),
});
export type LabPeer = z.output<typeof resultSchema>;

const SCRIPT = `
arguments <- commandArgs(trailingOnly = TRUE)
bytes <- file(arguments[1], "rb")
n <- readBin(bytes, "integer", 1)
d <- data.frame(treat = readBin(bytes, "double", n))
for (k in seq_len(as.integer(arguments[2]))) d[[paste0("x", k)]] <- readBin(bytes, "double", n)
close(bytes)
rownames(d) <- NULL
version <- tryCatch(as.character(packageVersion("MatchIt")), error = function(e) NA)
right <- !is.na(version) && numeric_version(version) >= "4.6"
if (right) suppressMessages(library(MatchIt))
taken <- NULL
pairs <- NA
invisible(gc(reset = TRUE))
for (k in seq_len(as.integer(arguments[3]))) {
  used <- system.time(g <- glm(treat ~ ., binomial, d))
  if (right) {
    score <- g$linear.predictors
    used <- used + system.time(m <- matchit(treat ~ ., data = d, distance = score, caliper = 0.2))
    pairs <- sum(!is.na(m$match.matrix[, 1]))
  }
  taken <- rbind(taken, c(sum(used[c(1, 2)]), used[3]))
}
middle <- apply(taken, 2, median) * 1000
number <- function(x) ifelse(is.na(x), "null", format(x, digits = 15, scientific = TRUE))
cat(sprintf(
  '{"r":"%s","matchit":%s,"cpu":%s,"wall":%s,"megabytes":%s,"pairs":%s,"estimates":[%s]}',
  as.character(getRversion()), if (right) paste0('"', version, '"') else "null", number(middle[1]), number(middle[2]),
  number(sum(gc()[, 6])), number(pairs), paste(number(coef(g)), collapse = ",")))
`;

/** Null where there is no R. */
export async function runInR(folder: string, others: number, times: number): Promise<LabPeer | null> {
  if (spawnSync("Rscript", ["--version"]).status !== 0) return null;
  const table = makeLabTable(20_130_402, PARTICIPANTS, others);
  const columns = [...table.covariates.values()].flatMap((each) =>
    each.type === "number" ? [each.values] : [],
  );
  const [people, script] = [join(folder, "people.bin"), join(folder, "peer.R")];
  await writeFile(
    people,
    Buffer.concat(
      [Int32Array.of(table.rows), Float64Array.from(table.treated), ...columns].map(({ buffer }) =>
        Buffer.from(buffer),
      ),
    ),
  );
  await writeFile(script, SCRIPT);
  const { stdout, stderr, status } = spawnSync(
    "Rscript",
    ["--vanilla", script, people, String(LAB_COVARIATES.length), String(times)],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`R stopped: ${stderr}`);
  return resultSchema.parse(JSON.parse(stdout));
}
