/**
 * What a settling period says of who reported it: organisations' figures, panels, and what is told of both. All in the
 * transaction of the settlement.
 */

import type { Tx } from "../../db/client";
import type { Hmac } from "../domain/disclosure";
import type { Period } from "../domain/period";
import type { YearAuthorities } from "./authorities";
import type { Nesting } from "./nesting";
import { settlePanels } from "./panels";
import type { SettledCell } from "./publish";
import { Reported } from "./reported";
import { publishChanges, publishReporting, readMonths, settleReporters } from "./reporters";

interface SettlingCoverage {
  period: Period;
  settleNo: number;
  settled: readonly SettledCell[];
  names: ReadonlyMap<number, string>;
  releaseNo: number;
  authorities: (financialYear: number) => YearAuthorities;
}

/** Settles who reported a period, after the period itself. `tell` says what changed, once the period is published. */
export async function settleCoverage(
  tx: Tx,
  hmac: Hmac,
  nesting: Nesting,
  settling: SettlingCoverage,
): Promise<{ moved: number; tell: () => Promise<void> }> {
  const { period, settled, names, authorities, releaseNo } = settling;
  const reported = new Reported(tx, hmac);
  await settleReporters(tx, hmac, nesting, reported, settling);
  const months = await readMonths(tx, authorities);
  const work = { tx, hmac, nesting, authorities, months, reported, names, releaseNo };
  const moved = await settlePanels(work, period);
  return {
    moved,
    async tell() {
      await publishReporting(tx, months, authorities(await newestYear(tx)));
      await publishChanges(tx, months, authorities, period, settled);
    },
  };
}

/** The newest financial year of which anything has settled: who reports is told by its areas, whatever settles again. */
async function newestYear(tx: Tx): Promise<number> {
  const [row] = await tx<{ year: number }[]>`
    select max(period / 32) + 2000 as year from statistics.settlement`;
  if (!row) throw new Error("Nothing has settled.");
  return row.year;
}
