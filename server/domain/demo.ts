/** The demo as its banner shows it: the day that it is, and the week that is being run. */

import { type Day, dayInWords } from "./period";

export interface DemoStatus {
  /** The day it is in this installation. */
  today: Day;
  /** arriving: contacts of the week arrive, day by day. settling: what is due is being counted and settled. */
  phase: "idle" | "arriving" | "settling";
  /** Days of the week that are over, 0 to 7; 7 when no week is being run. */
  daysDone: number;
  /** Contacts that arrived in the week being run, or in the last one. */
  contacts: number;
  /** What settled in that week, in words, as "October to December 2026". Empty before the first week. */
  settled: readonly string[];
  /** The quarter that settles next, and when. */
  next: { quarter: string; settlesOn: Day };
  /** Whole weeks for which contacts have been made; after them only the clock goes on. */
  weeksLeft: number;
}

const list = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** What to say of a status, in a sentence or two. */
export function demoInWords(status: DemoStatus): string {
  const { phase, contacts, settled, next, today } = status;
  const came = `${contacts.toLocaleString("en-GB")} ${contacts === 1 ? "contact" : "contacts"}`;
  if (phase === "arriving") return `It is ${dayInWords(today)}. ${came} so far this week.`;
  if (phase === "settling") return `The week is over: ${came} came. Now counting what is due.`;
  const coming = `${next.quarter} settles on ${dayInWords(next.settlesOn)}.`;
  if (contacts === 0) return `It is ${dayInWords(today)}. ${coming}`;
  const done = settled.length > 0 ? `${list.format(settled)} settled.` : "Nothing was due to settle.";
  return `It is ${dayInWords(today)}. ${came} came in the week. ${done} ${coming}`;
}
