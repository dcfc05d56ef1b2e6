/**
 * The rules under attack: the product's own, by its own code, and its peers. And what whoever attacks them knows,
 * which is everything but the key: how likely each figure is for a count (`docs/methods/disclosure.md`).
 */

import { createHmac } from "node:crypto";
import type { Chance } from "../../server/demo/random";
import { type Hmac, settledError, settledFigure, staticError } from "../../server/domain/disclosure";
import { findPeriod, type Period } from "../../server/domain/period";
import { newPerson } from "./draws";

/** What is shown of a cell; null is hidden. */
export type Shown = number | null;

/** A value and its chance. */
export type Chances = readonly (readonly [value: number, chance: number])[];

/** A cell in a period, in a world with a key of its own. */
interface Place {
  hmac: Hmac;
  period: Period;
  cell: string;
}

/** How a rule closes a count, and what is known of it to everybody. */
export interface ClosedRule {
  name: string;
  /** The figure of so many people in a cell in a closed period. Without the key of a set they are people nobody has met. */
  close(at: Place & { chance: Chance }, people: number, cellKey?: bigint): Shown;
  /** The error of a place that stays the same whoever the people are. */
  placeError(at: Place): number;
  /** What is known of that error. */
  placeErrors: Chances;
  /** What is known of the error that follows the people. */
  peopleErrors: Chances;
  /** What is shown of a count with its two errors. */
  show(count: number, placeError: number, peopleError: number): Shown;
}

/** "m:2026-05" as a period; throws when it is none. */
export function period(text: string): Period {
  const found = findPeriod(text);
  if (!found) throw new Error(`${text} is no period`);
  return found;
}

/** The keyed hash of a world: HMAC-SHA-256, as the product's, under a key of its own. */
export function keyOf(chance: Chance): Hmac {
  const key = Buffer.from(Uint32Array.from({ length: 8 }, () => chance.next()).buffer);
  return (text) => createHmac("sha256", key).update(text).digest();
}

const NONE: Chances = [[0, 1]];
const table = (cuts: readonly (readonly [number, number])[]): Chances =>
  cuts.map(([value, cut], at) => [value, (cut - (cuts[at - 1]?.[1] ?? 0)) / 2 ** 32]);

/** The published tables of the method, copied as somebody would who reads its page. */
export const KNOWN_PLACE_ERRORS = table([
  [-2, 557_751_500],
  [-1, 1_547_970_971],
  [0, 2_746_996_325],
  [1, 3_737_215_796],
  [2, 4_294_967_296],
]);
export const KNOWN_PEOPLE_ERRORS = table([
  [-3, 160_452_285],
  [-2, 641_092_653],
  [-1, 1_569_427_910],
  [0, 2_725_539_386],
  [1, 3_653_874_643],
  [2, 4_134_515_011],
  [3, 4_294_967_296],
]);

const nearest5 = (count: number) => 5 * Math.floor((count + 2) / 5);

/** The product's rule for closed periods. */
export const SDC: ClosedRule = {
  name: "sdc-1",
  close: ({ hmac, chance, period, cell }, people, cellKey = newPerson(chance)) =>
    settledFigure(hmac, period, cell, { people, cellKey }),
  placeError: ({ hmac, period, cell }) => staticError(hmac, String(period.financialYear), cell),
  placeErrors: KNOWN_PLACE_ERRORS,
  peopleErrors: KNOWN_PEOPLE_ERRORS,
  show: (count, placeError, peopleError) => {
    const sum = count + placeError + peopleError;
    return sum < 10 ? null : nearest5(sum);
  },
};

/** A rule of counts alone, without errors. */
function plain(name: string, show: (count: number) => Shown): ClosedRule {
  return {
    name,
    close: (_, people) => show(people),
    placeError: () => 0,
    placeErrors: NONE,
    peopleErrors: NONE,
    show,
  };
}

/** Counts as they are. */
export const RAW = plain("raw", (count) => count);
/** One to four hidden, everything else as it is. */
export const UNDER_5 = plain("suppress<5", (count) => (count >= 1 && count <= 4 ? null : count));
/** NHS England below national level: 0 shown, 1 to 7 hidden, 8 and more to the nearest 5. */
export const NHS = plain("nhs", (count) => (count === 0 ? 0 : count < 8 ? null : nearest5(count)));
/** The 10-5 rule of the ONS: under 10 hidden, everything else to the nearest 5. */
export const TEN_FIVE = plain("10-5", (count) => (count < 10 ? null : nearest5(count)));

/** Plain cell key: an error that follows the people, and nothing else. */
export const CELL_KEY: ClosedRule = {
  name: "cell-key",
  close: ({ hmac, chance, period }, people, cellKey = newPerson(chance)) =>
    Math.max(0, people + settledError(hmac, String(period.financialYear), cellKey)),
  placeError: () => 0,
  placeErrors: NONE,
  peopleErrors: KNOWN_PEOPLE_ERRORS,
  show: (count, _, peopleError) => Math.max(0, count + peopleError),
};

export const PEERS: readonly ClosedRule[] = [RAW, UNDER_5, NHS, TEN_FIVE, CELL_KEY];
