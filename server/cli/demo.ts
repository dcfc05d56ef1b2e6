/** `demo load`: the made county in an empty installation. */

import { loadDemo } from "../demo/load";
import { type Command, readOptions, WrongUsage } from "./command";

export const demoLoad: Command = {
  name: "demo load",
  usage: "[--size full|small] [--seed TEXT] [--today YYYY-MM-DD]",
  about: "Loads the made county of Wythershire into an empty installation.",
  async run({ args, open, say, result }) {
    const { text } = readOptions(args, ["size", "seed", "today"]);
    const size = text.size ?? "full";
    if (size !== "full" && size !== "small") throw new WrongUsage("--size is full or small.");
    const { installation, owner, app, stats, reader } = await open();
    const loaded = await loadDemo(
      { owner, app, stats, reader },
      {
        size,
        dataDir: installation.dataDir,
        ...(text.seed && { seed: text.seed }),
        ...(text.today && { loadedOn: text.today }),
        say,
      },
    );
    result({ ...loaded }, `The made county was loaded in ${Math.round(loaded.seconds)} s.`);
    return 0;
  },
};
