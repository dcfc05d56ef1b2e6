/** `import directory`: a directory of services as published under Open Referral UK, from files or an address. */

import { resolve } from "node:path";
import { isBrokenRule } from "../domain/errors";
import { inDigits } from "../domain/number-text";
import { env } from "../env";
import { type DirectoryReport, loadDirectory } from "../importers/directory";
import { DirectoryApi } from "../importers/directory-api";
import { documentsIn } from "../importers/directory-files";
import { type Command, readOptions, WrongUsage } from "./command";

export const importDirectoryCommand: Command = {
  name: "import directory",
  usage:
    "FILE… | https://ADDRESS [--source NAME] [--whole] [--dry-run] [--leave-out-bad-rows] [--allow-shrinking]",
  about:
    "Loads services as published under Open Referral UK: .json, .json.gz, .zip or an API (docs/importing-directory.md).",
  async run({ args, open, say, result }) {
    const { text, has, operands } = readOptions(
      args,
      ["source"],
      ["whole", "dry-run", "leave-out-bad-rows", "allow-shrinking"],
    );
    const addresses = operands.filter((operand) => /^[a-z]+:\/\//i.test(operand));
    if (operands.length === 0) throw new WrongUsage("Name the files to import, or one address.");
    if (addresses.length > 0 && operands.length > 1)
      throw new WrongUsage("Give one address, or files, not both.");
    const [address] = addresses;
    const api = address
      ? new DirectoryApi(address, { keepIn: resolve(env().DATA_DIR, "imports"), say })
      : null;
    const { owner } = await open();
    const source = text.source ?? api?.name ?? "files";
    try {
      const report = await loadDirectory(owner, api ? api.documents() : documentsIn(operands), {
        source,
        // An API is always read to its end.
        whole: api !== null || has("whole"),
        dryRun: has("dry-run"),
        leaveOutBadRows: has("leave-out-bad-rows"),
        allowShrinking: has("allow-shrinking"),
      });
      if (!report.refused && !report.dryRun) await api?.forget();
      result({ ...report }, inWords(report));
      return report.refused ? 1 : 0;
    } catch (error) {
      if (!isBrokenRule(error)) throw error;
      result(
        { source, kind: "directory", error: error.message },
        `${source} was not loaded. ${error.message}`,
      );
      return 1;
    }
  },
};

function inWords(report: DirectoryReport): string {
  const lines = [
    `${report.source}: ${inDigits(report.read)} records read, ${inDigits(report.loaded)} services loaded, ` +
      `${inDigits(report.unchanged)} unchanged, ${inDigits(report.rejected)} rejected, in ${report.seconds} s.`,
  ];
  const counts = (byReason: Readonly<Record<string, number>>) =>
    Object.entries(byReason).map(([reason, count]) => `  ${inDigits(count)}: ${reason}`);
  lines.push(...counts(report.byReason));
  for (const { path, field, reason, remedy } of report.faults) {
    lines.push(`  ${path}${field && `, ${field}`}: ${reason}. ${remedy}`);
  }
  if (report.remarks.length > 0) {
    lines.push("  Left out of services that were read:", ...counts(report.remarksByReason));
    for (const { path, field, reason, remedy } of report.remarks) {
      lines.push(`  ${path}, ${field}: ${reason}. ${remedy}`);
    }
  }
  if (report.missing > 0) {
    lines.push(`  ${inDigits(report.missing)} services are no longer in the source and are not offered.`);
  }
  if (report.withoutNeed > 0) {
    lines.push(`  ${inDigits(report.withoutNeed)} services fit no need and are found by their words only.`);
  }
  if (report.refused) {
    lines.push("  Nothing was loaded. Mend the records above, or use --leave-out-bad-rows.");
  } else if (report.dryRun) lines.push("  This was a trial: nothing was kept.");
  return lines.join("\n");
}
