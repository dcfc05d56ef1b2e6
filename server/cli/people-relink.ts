/** `people relink`: works out anew who is one person, everybody at once, as after a first load or a large import. */

import { linkEverybody } from "../people-everybody";
import { type Command, readOptions } from "./command";

const number = new Intl.NumberFormat("en-GB");

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
      `Looked at ${number.format(linked.clients)} clients and compared ${number.format(linked.compared)} pairs. ${number.format(linked.changed)} people gained or lost a client; counts follow within seconds.`,
    );
    return 0;
  },
};
