/** `statistics run|settle|recount|release`: the engine in the hands of the operator. */

import { key } from "../keys";
import { drain, statisticsTick, type Tick } from "../statistics";
import { keyedHash } from "../statistics/keyed-hash";
import { recountAll } from "../statistics/recount";
import type { Command } from "./command";

const BUSY = "Another engine is at work in this database. Try again when it has finished.";

function busy(result: Parameters<Command["run"]>[0]["result"]): number {
  result({ busy: true }, BUSY);
  return 1;
}

function tell(
  { drained, released }: Tick,
  result: Parameters<Command["run"]>[0]["result"],
): number | undefined {
  if (!drained.isDone) return busy(result);
  result(
    { people: drained.people, differences: drained.differences, released },
    [
      `Counted ${drained.people} people again.`,
      released
        ? `Release ${released.number}: ${released.settled.length} periods settled, ${released.revised.length} revised, ${released.moved} figures moved.`
        : "Nothing to release.",
    ].join("\n"),
  );
  return undefined;
}

export const statisticsRun: Command = {
  name: "statistics run",
  usage: "",
  about: "Counts everybody whose casework has changed.",
  async run({ open, result }) {
    const { stats } = await open();
    const drained = await drain(stats, keyedHash(key("disclosure")));
    if (!drained.isDone) return busy(result);
    result(
      { people: drained.people, differences: drained.differences },
      `Counted ${drained.people} people again.`,
    );
    return 0;
  },
};

export const statisticsSettle: Command = {
  name: "statistics settle",
  usage: "",
  about: "Counts, then settles and releases every period that is due.",
  async run({ open, result }) {
    const { stats } = await open();
    return tell(await statisticsTick(stats, key("disclosure")), result);
  },
};

export const statisticsRelease: Command = {
  name: "statistics release",
  usage: "",
  about: "Makes a release now: settles what is due and revises settled periods that have changed.",
  async run({ open, result }) {
    const { stats } = await open();
    return tell(await statisticsTick(stats, key("disclosure"), { byOfficer: true }), result);
  },
};

export const statisticsRecount: Command = {
  name: "statistics recount",
  usage: "",
  about: "Recounts everybody from contacts and mends what differs. No figure moves.",
  async run({ open, say, result }) {
    const { stats } = await open();
    const hmac = keyedHash(key("disclosure"));
    const drained = await drain(stats, hmac);
    const found = drained.isDone
      ? await recountAll(stats, hmac, (people) => say(`${people} people recounted`))
      : null;
    if (!found) return busy(result);
    result(
      { ...found },
      `Recounted ${found.people} people: ${found.presence} rows and ${found.cells} cells differed and were mended.`,
    );
    return found.presence + found.cells === 0 ? 0 : 1;
  },
};
