/** `import contacts`: a flat extract of another system, mapped to needs, through the ledger. */

import { readFile } from "node:fs/promises";
import { contactMapSchema } from "../domain/contact-map";
import { Invalid, NotFound } from "../domain/errors";
import { type ContactImportReport, findOrganisation, importContacts } from "../importers/contacts";
import { type Command, readOptions, required, WrongUsage } from "./command";
import { reportInWords } from "./import";
import { parse } from "./parse";

const number = new Intl.NumberFormat("en-GB");

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
    const map = parse(contactMapSchema, await readJson(required(text.map, "map")));
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
      onProgress: (rows) => say(`  ${number.format(rows)} rows read`),
    });
    result({ ...report }, inWords(report));
    return report.refused ? 1 : 0;
  },
};

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch(() => {
    throw new Invalid(`The mapping ${path} cannot be read.`);
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Invalid(`The mapping ${path} is not JSON: ${error instanceof Error ? error.message : ""}`);
  }
}

function inWords(report: ContactImportReport): string {
  const passedOver = `  ${number.format(report.passedOver)} rows of categories that the mapping passes over.`;
  return report.passedOver > 0 ? `${reportInWords(report)}\n${passedOver}` : reportInWords(report);
}
