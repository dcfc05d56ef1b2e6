/** `import contacts`: a flat extract of another system, mapped to needs, through the ledger. */

import { contactMapSchema } from "../domain/contact-map";
import { NotFound } from "../domain/errors";
import { inDigits } from "../domain/number-text";
import { type ContactImportReport, findOrganisation, importContacts } from "../importers/contacts";
import { type Command, readOptions, required, WrongUsage } from "./command";
import { reportInWords } from "./import";
import { readMapping } from "./parse";

export const importContactsCommand: Command = {
  name: "import contacts",
  usage:
    "FILE --organisation NAME-OR-NUMBER --map MAP.json [--dry-run] [--leave-out-bad-rows] [--add-services]",
  about:
    "Imports contacts from a flat extract, by a mapping of its columns and categories (docs/importing-contacts.md).",
  async run({ args, open, say, result }) {
    const { text, has, operands } = readOptions(
      args,
      ["organisation", "map"],
      ["dry-run", "leave-out-bad-rows", "add-services"],
    );
    const [path, ...more] = operands;
    if (path === undefined || more.length > 0) throw new WrongUsage("Name one file to import.");
    const map = await readMapping(required(text.map, "map"), contactMapSchema);
    const name = required(text.organisation, "organisation");
    const { ctx } = await open();
    const organisation = await findOrganisation(ctx, name);
    if (!organisation) throw new NotFound(`The organisation "${name}"`);
    const report = await importContacts(ctx, path, {
      organisationId: organisation.id,
      map,
      dryRun: has("dry-run"),
      leaveOutBadRows: has("leave-out-bad-rows"),
      addServices: has("add-services"),
      onProgress: (rows) => say(`  ${inDigits(rows)} rows read`),
    });
    result({ ...report }, inWords(report));
    return report.refused ? 1 : 0;
  },
};

function inWords(report: ContactImportReport): string {
  const passedOver = `  ${inDigits(report.passedOver)} rows of categories that the mapping passes over.`;
  return report.passedOver > 0 ? `${reportInWords(report)}\n${passedOver}` : reportInWords(report);
}
