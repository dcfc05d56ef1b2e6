/**
 * Measured attacks on the figures in plain words: what somebody tries, what it came to at worst and what it must stay
 * under, out of the lines of the method's page (docs/methods/disclosure.md). A line that has no words here is told as it
 * stands there.
 */

import type { MeasuredAttack } from "../../../server/disclosure-settings";

/** tells: whether one person is among those counted. guesses: which number is hidden. found: what was looked for in all that is published. */
export type AttackGoal = "tells" | "guesses" | "found";

export interface ToldAttack {
  tries: string;
  came: string;
  limit: string;
}

const WORDS: readonly (readonly [begins: string, goal: AttackGoal, tries: string])[] = [
  ["D1 ", "tells", "From the best single figure, by one who knows everybody else who usually comes"],
  ["D1b ", "tells", "From every open figure that one visit touches, and with invented people added"],
  ["D3b ", "tells", "From a year of months before they came and a year after"],
  ["D4b ", "tells", "By inventing people until a figure is about to move"],
  ["P3 ", "tells", "From one month and the next"],
  ["P4 ", "tells", "From an open figure and the settled one"],
  ["P5 ", "tells", "From a figure and its later correction"],
  ["D9 somebody", "tells", "After they were erased or moved away"],
  ["D2 ", "guesses", "When a figure first appears"],
  ["D3 ", "guesses", "From people who stay the same for a year"],
  ["D4 ", "guesses", "By adding invented people one by one and watching"],
  ["D5 ", "guesses", "From a total less its other parts"],
  ["D5b ", "guesses", "The same, by one who has worked out most of the deliberate errors"],
  ["D6 ", "guesses", "From many cuts of one total"],
  ["D8 ", "guesses", "From a figure less one’s own caseload"],
  ["P1 ", "guesses", "From a quarter less its months, or a year less its quarters"],
  ["proved", "found", "Share of visits of which somebody could be 95% sure"],
  ["certain", "found", "Share of hidden numbers of which somebody could be certain"],
  ["D7 ", "found", "Pairs of areas that differ by less than the smallest published area"],
  ["D9 files", "found", "Files of past releases that changed afterwards"],
  [
    "D10 telling",
    "found",
    "Telling nobody from a few, by the size or the time of an answer (50% is a coin toss)",
  ],
  ["D10 sectors", "found", "Sectors whose hidden figures do not all answer alike"],
  ["D12 ", "found", "Fewest people behind any figure on the map"],
  ["cells", "found", "Figures on the map, and in open data, that are not what was settled"],
  [
    "whole",
    "found",
    "Fewest numbers that a hidden figure could still be, with everything published combined",
  ],
];

/** The attacks by what they are after, each once: the worst of its lines stands for it. */
export function attacksInWords(attacks: readonly MeasuredAttack[]): Record<AttackGoal, ToldAttack[]> {
  const told: Record<AttackGoal, ToldAttack[]> = { tells: [], guesses: [], found: [] };
  const lines = new Map<string, MeasuredAttack[]>();
  for (const line of attacks) {
    const known = WORDS.find(([begins]) => line.attack.startsWith(begins));
    if (!known || known[1] === "found") {
      told.found.push({
        tries: known?.[2] ?? line.attack,
        came: inPercent(line.result),
        limit: inPercent(line.limit),
      });
    } else lines.set(known[0], [...(lines.get(known[0]) ?? []), line]);
  }
  for (const [begins, goal, tries] of WORDS) {
    const own = lines.get(begins);
    if (!own) continue;
    const worst = Math.max(...own.flatMap(({ result }) => numbersIn(result)));
    const least = Math.min(...own.flatMap(({ limit }) => numbersIn(limit)));
    told[goal].push({ tries, came: percent(worst), limit: percent(least) });
  }
  return told;
}

/** ".09 / .08; 1" as numbers. */
const numbersIn = (text: string): number[] => (text.match(/\d*\.?\d+/g) ?? []).map(Number);
/** Every share in the text as per cent: ".50; .51" reads "50%; 51%". Whole numbers stay. */
const inPercent = (text: string) => text.replaceAll(/(?<!\d)\.\d+/g, (share) => percent(Number(share)));
const percent = (share: number) => `${Math.round(share * 100)}%`;
