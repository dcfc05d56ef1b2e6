/** `import outcomes`: a codebook, people and events into the data lab, whole or not at all. */

import { NotFound } from "../domain/errors";
import { inDigits } from "../domain/number-text";
import { bytesOfFile } from "../extract-file";
import { findOrganisation } from "../importers/contacts";
import { importOutcomes, type OutcomeReport } from "../importers/outcomes";
import { type Command, readOptions, required, WrongUsage } from "./command";
import { reportInWords } from "./import";

export const importOutcomesCommand: Command = {
  name: "import outcomes",
  usage: "CODEBOOK.json PEOPLE.csv EVENTS.csv --organisation NAME-OR-NUMBER [--dry-run]",
  about:
    "Loads outcome data for the data lab: a codebook, people with their index dates, and what happened to them.",
  async run({ args, open, result }) {
    const { text, has, operands } = readOptions(args, ["organisation"], ["dry-run"]);
    const [codebook, people, events, ...more] = operands;
    if (codebook === undefined || people === undefined || events === undefined || more.length > 0) {
      throw new WrongUsage("Name three files: the codebook, the people and the events.");
    }
    const name = required(text.organisation, "organisation");
    const { ctx, stats } = await open();
    const organisation = await findOrganisation(ctx, name);
    if (!organisation) throw new NotFound(`The organisation "${name}"`);
    const report = await importOutcomes(
      stats,
      { codebook: bytesOfFile(codebook), people: bytesOfFile(people), events: bytesOfFile(events) },
      { organisationId: organisation.id, memberId: null, dryRun: has("dry-run") },
    );
    for (const file of report.files) result({ ...file }, reportInWords(file, "Mend the rows above."));
    const { files: _, ...whole } = report;
    result(whole, inWords(report));
    return report.refused ? 1 : 0;
  },
};

function inWords({
  name,
  people,
  eventsKept,
  columnsLeftOut,
  refused,
  dryRun,
  files,
}: OutcomeReport): string {
  const lines: string[] = [];
  if (refused) lines.push("Nothing was loaded.");
  else if (files[0].unchanged > 0) lines.push(`"${name}" is here already: nothing was added.`);
  else {
    const done = dryRun ? "could be loaded" : "was loaded";
    lines.push(
      `"${name}" ${done}: ${inDigits(people)} people, ${inDigits(eventsKept)} events after an index date.`,
    );
  }
  if (columnsLeftOut.length > 0) {
    lines.push(`The codebook does not name ${columnsLeftOut.join(", ")}: not kept.`);
  }
  return lines.join("\n");
}
