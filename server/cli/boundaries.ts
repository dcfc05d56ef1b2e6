/** `boundaries build` and `boundaries check`: the geography of a financial year, from the postcodes loaded. */

import { buildGeography, checkOutlines } from "../boundaries";
import { installationNow } from "../clock";
import { dayOf, financialYearOf } from "../domain/period";
import { type Command, readOptions, WrongUsage } from "./command";

/** The share of live small-user postcodes that must lie in their own sector's outline. */
const LEAST_SHARE = 0.999;

export const boundariesBuild: Command = {
  name: "boundaries build",
  usage: "[--year 2026]",
  about: "Draws sectors, estimates their households and forms release sectors for a financial year.",
  async run({ args, open, say, result }) {
    const { text } = readOptions(args, ["year"]);
    if (text.year !== undefined && !/^20\d\d$/.test(text.year)) {
      throw new WrongUsage("--year is the year in which the financial year begins, such as 2026.");
    }
    const { owner } = await open();
    const year = text.year ? Number(text.year) : financialYearOf(dayOf(await installationNow(owner)));
    const report = await buildGeography(owner, year, (step) => say(step));
    const lines = [
      `Financial year ${year}-${String(year + 1).slice(2)}: ${report.releaseSectors} release sectors from ` +
        `${report.liveSectors} live sectors (${report.unions} are unions), ${report.areas.district} districts, ` +
        `${report.areas.lad} authorities, ${report.areas.region} regions, ${report.areas.nation} nations, ` +
        `in ${report.seconds} s.`,
    ];
    if (report.small > 0) {
      lines.push(
        `${report.small} release sectors are below the least size: their nation has no other on this map.`,
      );
    }
    if (report.kept) {
      lines.push(
        "Contacts already count on this map: what was formed stayed, and new sectors were added to it.",
      );
    }
    result({ ...report }, lines.join("\n"));
    return 0;
  },
};

export const boundariesCheck: Command = {
  name: "boundaries check",
  usage: "",
  about: "Counts the live small-user postcodes that lie in the outline of their own sector.",
  async run({ open, result }) {
    const { owner } = await open();
    const report = await checkOutlines(owner);
    const percent = (share: number) => `${(share * 100).toFixed(2)}%`;
    const lines = [
      `${report.inside} of ${report.postcodes} live small-user postcodes lie in their own sector: ` +
        `${percent(report.share)}.`,
      ...Object.entries(report.areas).map(
        ([area, part]) => `  ${area}: ${part.inside} of ${part.postcodes}, ${percent(part.share)}`,
      ),
    ];
    result({ ...report, ok: report.share >= LEAST_SHARE }, lines.join("\n"));
    return report.share >= LEAST_SHARE ? 0 : 1;
  },
};
