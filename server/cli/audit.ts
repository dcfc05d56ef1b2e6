/** `audit verify`: whether the audit is whole, and the first bad entry when it is not. */

import { type ChainFault, verifyChain } from "../audit-chain";
import type { Command } from "./command";

const FAULTS: Readonly<Record<ChainFault, string>> = {
  changed: "is not what was sealed",
  deleted: "is gone",
  truncated: "and all after it are gone: an anchor knows of them",
  "made-anew": "or one soon after it was changed and the chain made anew: an anchor knows another one",
  "anchor-forged": "has an anchor that this installation did not write",
};

export const auditVerify: Command = {
  name: "audit verify",
  usage: "",
  about: "Checks the audit's hash chain and its anchors, and names the first bad entry.",
  async run({ open, result }) {
    const { stats, installation } = await open();
    const report = await verifyChain(stats, installation.dataDir);
    const { firstBad } = report;
    const counted = `${report.sealed} sealed, ${report.waiting} waiting, ${report.anchors} anchors`;
    if (firstBad === null) {
      result({ ...report }, `The audit is whole: ${counted}.`);
      return 0;
    }
    result({ ...report }, `Entry ${firstBad.number} ${FAULTS[firstBad.fault]}. Entries before it are whole.`);
    return 1;
  },
};
