/**
 * The dials of disclosure control as the running code has them, what attacks on them came to when they were last
 * measured, and a trial of them. Nothing can be changed from a screen: the dials are constants of the code, and a change
 * of them is a change of the method.
 */

import { createHmac, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type ActorCtx, requireRight } from "./context";
import { NEW_PEOPLE_A_SLOT, SLOTS } from "./domain/clock-slots";
import { FEWEST_HOUSEHOLDS, FEWEST_PEOPLE, LONGEST_QUOTA, ROUNDED_TO, THRESHOLD } from "./domain/disclosure";
import { runTrial, type Trial, type TrialMonth } from "./domain/disclosure-trial";
import { softwareVersion } from "./software";

/** One dial: what it does and where it stands. */
export interface Dial {
  name: string;
  value: string;
  does: string;
}

/** One measured attack, as the method's page gives it. */
export interface MeasuredAttack {
  attack: string;
  result: string;
  limit: string;
}

export interface DisclosureSettings {
  version: string;
  dials: Dial[];
  /** "Measured on 22 November 2026"; with which command is for those who read the method's page. */
  measured: string;
  attacks: MeasuredAttack[];
}

/** The dials and what was measured of them. */
export async function getDisclosureSettings(ctx: ActorCtx): Promise<DisclosureSettings> {
  requireRight(ctx, "desk.use", ctx.actor.organisationId);
  return { version: softwareVersion(), dials: dials(), ...(await readAttacks()) };
}

/** What would be shown of a year of true numbers, under a key that is made for this answer and thrown away. */
export function tryDisclosure(ctx: ActorCtx, trial: Trial): TrialMonth[] {
  requireRight(ctx, "desk.use", ctx.actor.organisationId);
  const key = randomBytes(32);
  return runTrial((words) => createHmac("sha256", key).update(words).digest(), trial);
}

function dials(): Dial[] {
  const [fastest, slowest] = [SLOTS[0], SLOTS.at(-1)];
  return [
    {
      name: "Threshold",
      value: `${THRESHOLD} people`,
      does: `Under ${THRESHOLD} is shown as “fewer than ${THRESHOLD}”, including none.`,
    },
    { name: "Rounding", value: `to the nearest ${ROUNDED_TO}`, does: "Every figure is a multiple of it." },
    {
      name: "Deliberate error of a place and need",
      value: "−2 to 2",
      does: "The same all through a financial year, whoever the people are.",
    },
    {
      name: "Deliberate error of the people",
      value: "−3 to 3",
      does: "The same whenever the same people are counted: asking again tells nothing new.",
    },
    {
      name: "Fewest people behind a figure",
      value: `${FEWEST_PEOPLE}`,
      does: "No error can lift a smaller set over the threshold.",
    },
    {
      name: "Quota of a settled figure",
      value: "5 to 9 people, secret; 10 to 19 for a sensitive need",
      does: "With fewer people of difference the earlier figure stands, so one person’s coming never shows.",
    },
    {
      name: "Quota of an open figure",
      value: `5 or more, 10 or more for a sensitive need, ${LONGEST_QUOTA} at most; drawn anew each time`,
      does: "Nobody can tell how many people make it move.",
    },
    {
      name: "Clocks of open figures",
      value: `${NEW_PEOPLE_A_SLOT} new people expected between two moves`,
      does: `A figure ${fastest?.words ?? ""} at the fastest, and ${slowest?.words ?? ""} at the slowest; below that it waits until its period settles.`,
    },
    {
      name: "Fewest households for a rate",
      value: `${FEWEST_HOUSEHOLDS}`,
      does: "Below, a rate would say more of the few homes than of the need.",
    },
  ];
}

/** The page of the method, in the folder that the product is started in. */
const METHOD = "docs/methods/disclosure.md";

/** The tables of attacks out of the method's page, and the day that they were measured on. */
export async function readAttacks(): Promise<{ measured: string; attacks: MeasuredAttack[] }> {
  const text = await readFile(join(process.cwd(), METHOD), "utf8");
  const section = text.split(/^## /m).find((part) => part.startsWith("Attacked\n")) ?? "";
  const measured = /Measured on \d+ \w+ \d{4}/.exec(section)?.[0] ?? "";
  const attacks = section
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| attack"))
    .flatMap((line) => {
      const [, attack = "", result = "", limit = ""] = line.split("|").map((cell) => cell.trim());
      return attack === "" || limit === "" ? [] : [{ attack, result, limit }];
    });
  return { measured, attacks };
}
