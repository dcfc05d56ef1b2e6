/** `rights replay-erasures`: after a backup was restored, erases again what had been erased since it was made. */

import { join } from "node:path";
import { ERASURE_FILE, readErasureList, replayErasures } from "../erasure-list";
import { type Command, readOptions, WrongUsage } from "./command";

export const rightsReplayErasures: Command = {
  name: "rights replay-erasures",
  usage: "[--list FILE]",
  about: `After a backup was restored: erases again what ${ERASURE_FILE} of the installation names. Run it before anybody signs in.`,
  async run({ args, open, result }) {
    const { text, operands } = readOptions(args, ["list"]);
    if (operands.length > 0) throw new WrongUsage("Give the list with --list.");
    const { ctx, installation } = await open();
    const file = text.list ?? join(installation.dataDir, ERASURE_FILE);
    const lines = await readErasureList(file);
    const erased = await replayErasures(ctx, lines);
    result(
      { file, lines: lines.length, erased },
      `${lines.length} lines; ${erased === 0 ? "nothing of them was left" : `${erased} erased again`}.`,
    );
    return undefined;
  },
};
