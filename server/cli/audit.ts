/** `audit verify`: whether the audit is whole, and the first bad entry when it is not. And going on after a restore. */

import { anchorHead, anchorPlaces } from "../audit-anchors";
import { type ChainReport, verifyChain } from "../audit-chain";
import { acceptRestore, checkRound } from "../audit-checks";
import type { ChainFault } from "../domain/audit-state";
import { type Command, readOptions, WrongUsage } from "./command";

const FAULTS: Readonly<Record<ChainFault, string>> = {
  changed: "is not what was sealed",
  deleted: "is gone",
  forged: "has a seal that this installation did not make",
  truncated: "and all after it are gone: an anchor knows of them",
  "made-anew": "or one soon after it was changed and the chain made anew: an anchor knows another one",
  "anchor-forged": "has an anchor that this installation did not write",
  "never-sealed": "was put in without being sealed",
  hidden: "names somebody and is not found by a search for them",
};

function inWords({ number, entryId, fault, where }: NonNullable<ChainReport["firstBad"]>): string {
  const which =
    number === null ? (entryId === null ? "An entry" : `The entry with id ${entryId}`) : `Entry ${number}`;
  const before = number === null ? "" : " Entries before it are whole.";
  return `${which} ${FAULTS[fault]}${where === null ? "" : ` (${where})`}.${before}`;
}

export const auditVerify: Command = {
  name: "audit verify",
  usage: "[FILE…]",
  about:
    "Checks the audit's hash chain and its anchors, with those of files given, and names the first bad entry.",
  async run({ args, open, say, result }) {
    const { operands } = readOptions(args, []);
    const { stats, installation } = await open();
    const report = await verifyChain(stats, { places: anchorPlaces(installation.dataDir), given: operands });
    const { firstBad, lastAnchor } = report;
    for (const place of report.emptyPlaces) say(`There is no anchor in ${place}, though there should be.`);
    const counted = `${report.sealed} sealed, ${report.waiting} waiting, ${report.anchors} anchors`;
    if (firstBad === null) {
      const newest = lastAnchor
        ? ` The newest anchor is of entry ${lastAnchor.number} (${lastAnchor.where}).`
        : "";
      result({ ...report }, `The audit is whole: ${counted}.${newest}`);
      return 0;
    }
    result({ ...report }, inWords(firstBad));
    return 1;
  },
};

export const auditAcceptRestore: Command = {
  name: "audit accept-restore",
  usage: "--yes",
  about:
    "After a backup was restored on purpose: puts anchors that know of more aside and records that. Deletes nothing.",
  async run({ args, open, result }) {
    const { has } = readOptions(args, [], ["yes"]);
    if (!has("yes")) {
      throw new WrongUsage(
        "Read docs/audit.md first, then say --yes: what the backup lacks is gone for good.",
      );
    }
    const { stats, installation } = await open();
    const places = anchorPlaces(installation.dataDir);
    const aside = await acceptRestore(stats, places);
    await anchorHead(stats, places);
    const report = await checkRound(stats, places);
    result(
      { aside, ok: report.ok, firstBad: report.firstBad },
      `${aside.length} files with anchors were put aside. ${report.firstBad ? inWords(report.firstBad) : "The audit is whole as it is now."}`,
    );
    return report.ok ? 0 : 1;
  },
};
