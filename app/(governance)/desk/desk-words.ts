/** What waits on the desk, in words, with where to go and what is done there. */
import type { AuditState } from "../../../server/domain/audit-state";
import type { DeskItem, DeskKind } from "../../../server/domain/desk";
import { inDigits } from "../../../server/domain/number-text";
import { dayInWords, dayOf } from "../../../server/domain/period";
import { dayNear, timeOf } from "../../_ui/dates";

interface Words {
  title: string;
  words: string;
  href: string;
  /** On the button. */
  act: string;
}

const some = (count: number, one: string, more: string) => (count === 1 ? `One ${one}` : `${count} ${more}`);

/** When the first is due, as the end of a sentence. */
function due({ dueOn, isLate, count }: DeskItem): string {
  if (dueOn === null) return "";
  const which = count === 1 ? "It" : "The first";
  return isLate ? ` ${which} was due on ${dayInWords(dueOn)}.` : ` ${which} is due on ${dayInWords(dueOn)}.`;
}

const SAY: Readonly<Record<DeskKind, (item: DeskItem) => Words>> = {
  audit: () => ({
    title: "The records of use need you",
    words:
      "The check of the chain found a fault, or has not run for some hours. Ask whoever runs the installation today.",
    href: "/audit",
    act: "See the records of use",
  }),
  breach: (item) => ({
    title: `${some(item.count, "breach is", "breaches are")} open`,
    words: `The Information Commissioner has to be told within 72 hours, unless nobody is at risk.${due(item)}`,
    href: "/desk/breaches",
    act: "Go on with the breach",
  }),
  "break-glass": (item) => ({
    title: `${some(item.count, "emergency access waits", "emergency accesses wait")} for your review`,
    words: `Say whether it was right.${due(item)}`,
    href: "/desk/emergency",
    act: "Review it",
  }),
  request: (item) => ({
    title: `${some(item.count, "request", "requests")} about somebody’s rights`,
    words: `Answer within one month.${due(item)}`,
    href: "/rights",
    act: "Open the requests",
  }),
  signature: ({ count, about }) => ({
    title: about ? `“${about}” waits for your signature` : `${count} agreements wait for your signature`,
    words: "Nothing is shared before every party has signed.",
    href: "/agreements",
    act: "Read and sign",
  }),
  "agreement-review": (item) => ({
    title: item.about ? `Review “${item.about}”` : `${item.count} agreements are to be reviewed`,
    words: `Is it still needed, and is it still the least?${due(item)}`,
    href: "/agreements",
    act: "Review it",
  }),
  objection: (item) => ({
    title: `${some(item.count, "objection waits", "objections wait")} for your decision`,
    words: `Each holds until you decide.${due(item)}`,
    href: "/objections",
    act: "Decide",
  }),
  "agreement-unused": ({ count, about }) => ({
    title: about ? `“${about}” is not used` : `${count} agreements are not used`,
    words: "Nobody looked by it in 90 days. What is not needed should not be shared.",
    href: "/agreements",
    act: "See whether to end it",
  }),
};

export const itemInWords = (item: DeskItem): Words => SAY[item.kind](item);

/** Whether the chain of records is whole, and when it was last looked at: in real time, as entries are written. */
export function auditInWords(audit: AuditState | null): string {
  if (audit === null)
    return "The chain has not been checked yet. The first check comes within an hour of the start.";
  const { ok, entries, wholeAt, at } = audit;
  if (entries === 0) return `Nothing was in the chain yet when it was checked at ${timeOf(at)}.`;
  const whole =
    wholeAt === null ? "" : ` All of it was checked on ${dayNear(dayOf(wholeAt), dayOf(new Date()))}.`;
  const count = inDigits(entries);
  return ok
    ? `The chain of ${count} entries holds, last checked at ${timeOf(at)}.${whole}`
    : `The chain of ${count} entries is broken. Ask whoever runs the installation.`;
}
