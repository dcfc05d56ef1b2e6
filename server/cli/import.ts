/** `import <kind> <files…>`: loads official files as published, each whole or not at all. */

import { isBrokenRule } from "../domain/errors";
import { inDigits } from "../domain/number-text";
import { type ImportReport, loadFile } from "../importers/load";
import { IMPORT_KINDS, type ImportKind } from "../importers/register";
import { type Call, type Command, readOptions, WrongUsage } from "./command";

/** A command for each kind of file in the register. */
export const importCommands: readonly Command[] = Object.entries(IMPORT_KINDS).map(([name, kind]) => ({
  name: `import ${name}`,
  usage: 'FILE… [--edition "NSPL November 2021"] [--dry-run] [--leave-out-bad-rows]',
  about: `Loads ${kind.about}, as published: .csv, .csv.gz or .zip.`,
  run: (call) => importFiles(call, name, kind),
}));

async function importFiles(call: Call, name: string, kind: ImportKind): Promise<number> {
  const { text, has, operands } = readOptions(call.args, ["edition"], ["dry-run", "leave-out-bad-rows"]);
  if (operands.length === 0) throw new WrongUsage("Name the files to import.");
  const { owner } = await call.open();
  let failed = false;
  for (const path of operands) {
    try {
      const report = await loadFile(owner, name, kind.start(), path, {
        ...(text.edition && { edition: text.edition }),
        dryRun: has("dry-run"),
        leaveOutBadRows: has("leave-out-bad-rows"),
        onProgress: (rows) => call.say(`  ${inDigits(rows)} rows read`),
      });
      failed ||= report.refused;
      call.result({ ...report }, reportInWords(report));
    } catch (error) {
      if (!isBrokenRule(error)) throw error;
      failed = true;
      call.result(
        { file: path, kind: name, error: error.message },
        `${path} was not loaded. ${error.message}`,
      );
    }
  }
  return failed ? 1 : 0;
}

/** What became of one file, for people. */
export function reportInWords(
  report: ImportReport,
  remedy = "Mend the rows above, or use --leave-out-bad-rows.",
): string {
  const lines = [
    `${report.file}${report.edition ? ` (${report.edition})` : ""}: ${inDigits(report.read)} rows read, ` +
      `${inDigits(report.loaded)} loaded, ${inDigits(report.unchanged)} unchanged, ` +
      `${inDigits(report.rejected)} rejected, in ${report.seconds} s.`,
  ];
  for (const [reason, count] of Object.entries(report.byReason)) {
    lines.push(`  ${inDigits(count)}: ${reason}`);
  }
  for (const fault of report.faults) {
    lines.push(
      `  line ${fault.line}${fault.column && `, ${fault.column}`}: ${fault.reason}. ${fault.remedy}`,
    );
  }
  if (report.refused) {
    lines.push(`  Nothing of this file was loaded. ${remedy}`);
  } else if (report.dryRun) {
    lines.push("  This was a trial: nothing was kept.");
  }
  return lines.join("\n");
}
