/**
 * `people match-keys` and `people link-keys`: linking for an organisation that may not send names. It computes keyed
 * hashes at its own side; whoever links sees those and nothing else (docs/methods/match-keys.md).
 */

import { resolve } from "node:path";
import { extractMapSchema } from "../domain/linking/extract";
import { inDigits } from "../domain/number-text";
import { linkMatchKeys, makeMatchKeys, writeLinkedKeys } from "../match-keys";
import { makeProjectKey, readProjectKey } from "../project-key";
import { type Command, readOptions, required, WrongUsage } from "./command";
import { readMapping } from "./parse";

const isSameFile = (one: string, other: string) => resolve(one) === resolve(other);

/** Fewer people than this that organisations have in common are not told by their number. */
const FEWEST_TOLD = 10;

export const peopleMatchKeys: Command = {
  name: "people match-keys",
  usage:
    "FILE.csv --organisation NAME --key-file KEY --out KEYS.csv --ids IDS.csv [--map MAP.json] | --new-key KEY --project NAME",
  about: "Makes keyed hashes of an extract that may not leave your organisation, or the key of a project.",
  async run({ args, say, result }) {
    const { text, operands } = readOptions(args, [
      "organisation",
      "key-file",
      "out",
      "ids",
      "map",
      "new-key",
      "project",
    ]);
    const now = new Date();
    if (text["new-key"] !== undefined) {
      const [path, project] = [text["new-key"], required(text.project, "project")];
      await makeProjectKey(path, project, now.toISOString().slice(0, 10));
      result({ key: path, project }, `${path} holds the key of ${project}. Whoever has it can try names.`);
      return 0;
    }
    const [extract, ...more] = operands;
    if (extract === undefined || more.length > 0) throw new WrongUsage("Name one file.");
    const [out, ids] = [required(text.out, "out"), required(text.ids, "ids")];
    const organisation = required(text.organisation, "organisation");
    const key = await readProjectKey(required(text["key-file"], "key-file"));
    const made = await makeMatchKeys({
      extract,
      map: text.map === undefined ? null : await readMapping(text.map, extractMapSchema),
      organisation,
      key,
      out,
      ids,
      currentYear: now.getUTCFullYear(),
      onProgress: (words) => say(`  ${words}`),
    });
    result(
      { ...made, project: key.project },
      `${inDigits(made.records)} records of ${inDigits(made.people)} people, ${inDigits(made.keys)} keys; ${inDigits(made.shared)} left out because several people have them.\n  ${out} goes to whoever links: treat it as personal data. ${ids} stays with you.`,
    );
    return 0;
  },
};

export const peopleLinkKeys: Command = {
  name: "people link-keys",
  usage: "A.csv B.csv… --out PAIRS.csv [--shared SHARED.csv]",
  about: "Links people of several organisations by files of match-keys; names are never seen.",
  async run({ args, result }) {
    const { text, operands } = readOptions(args, ["out", "shared"]);
    if (operands.length < 2) throw new WrongUsage("Name the files of two organisations or more.");
    const twice = operands.find((path, at) => operands.findIndex((other) => isSameFile(other, path)) < at);
    if (twice !== undefined)
      throw new WrongUsage(`${twice} is named twice. Name one file for each organisation.`);
    const out = required(text.out, "out");
    const linked = await linkMatchKeys(operands);
    await writeLinkedKeys(linked, out, text.shared);
    const links = linked.pairs.filter(({ band }) => band === "link").length;
    const told = links < FEWEST_TOLD ? `fewer than ${FEWEST_TOLD}` : inDigits(links);
    result(
      {
        organisations: linked.organisations.length,
        people: linked.people,
        links: links < FEWEST_TOLD ? null : links,
      },
      `${inDigits(linked.people)} people of ${linked.organisations.length} organisations: ${told} pairs linked, in ${out}.`,
    );
    return 0;
  },
};
