/** `people pseudonyms`: what one organisation calls its people in what it hands out, and who somebody is by that. */

import { writeCsvFile } from "../csv-file";
import { Invalid, NotFound } from "../domain/errors";
import { readPseudonym } from "../domain/pseudonym";
import { findOrganisation } from "../importers/contacts";
import { listPseudonyms } from "../pseudonyms";
import { type Command, readOptions, required, WrongUsage } from "./command";

export const peoplePseudonyms: Command = {
  name: "people pseudonyms",
  usage: "--organisation NAME-OR-NUMBER (--out FILE.csv | --code P-….)",
  about:
    "Writes one organisation's clients with a pseudonym each, to hand out in the place of names; or finds one.",
  async run({ args, open, result }) {
    const { text, operands } = readOptions(args, ["organisation", "out", "code"]);
    const name = required(text.organisation, "organisation");
    if (operands.length > 0 || (text.out === undefined) === (text.code === undefined)) {
      throw new WrongUsage("Give a file for all of them (--out), or one pseudonym (--code).");
    }
    const code = text.code === undefined ? null : readPseudonym(text.code);
    if (text.code !== undefined && code === null) {
      throw new Invalid("This is not a pseudonym: its last sign does not fit. Check it for slips.");
    }
    const { ctx } = await open();
    const organisation = await findOrganisation(ctx, name);
    if (!organisation) throw new NotFound(`The organisation "${name}"`);
    const rows = await listPseudonyms(ctx, organisation.id);
    if (code !== null) {
      const found = rows.filter(({ pseudonym }) => pseudonym === code);
      if (found.length === 0) throw new NotFound("This pseudonym");
      for (const row of found) {
        result({ ...row }, `${row.pseudonym} is the client ${row.reference ?? row.clientId}.`);
      }
      return undefined;
    }
    const file = required(text.out, "out");
    const lines = rows.map(({ clientId, reference, pseudonym }) => [clientId, reference, pseudonym]);
    await writeCsvFile(file, ["client_id", "reference", "pseudonym"], lines);
    result(
      { file, clients: rows.length },
      `${rows.length} clients, in ${file}. Whoever has it can tell who they are.`,
    );
    return undefined;
  },
};
