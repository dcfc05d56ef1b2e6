/** `people relink`: works out anew who is one person, everybody at once, as after a first load or a large import. */

import { inDigits } from "../domain/number-text";
import { linkEverybody } from "../people-everybody";
import { type Command, readOptions } from "./command";

export const peopleRelink: Command = {
  name: "people relink",
  usage: "",
  about: "Works out anew which clients are one person, with a model learnt from all of them.",
  async run({ args, open, say, result }) {
    readOptions(args, []);
    const { stats } = await open();
    const linked = await linkEverybody(stats, (words) => say(`  ${words}`));
    result(
      { ...linked },
      `Looked at ${inDigits(linked.clients)} clients and compared ${inDigits(linked.compared)} pairs. ${inDigits(linked.changed)} people gained or lost a client; counts follow within seconds.`,
    );
    return 0;
  },
};
