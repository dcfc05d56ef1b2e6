/**
 * D11 by the strongest attacker there is: he sends everybody and Alice, and knows what became of all of them but her, as
 * an organisation often does. Of every number he takes away what it would be had nothing happened to her, to the last
 * digit; what is left is Alice and the deliberate error. He looks at how wide the ranges are, too, and at what is not told.
 */

import { Chance } from "../../server/demo/random";
import { analysisOf, comparisonOf } from "../../server/domain/lab/analyse";
import { type Analysis, type AnalysisPlan, analysisPlanSchema } from "../../server/domain/lab/analysis";
import { CURVE_DAYS } from "../../server/domain/lab/effects-time";
import { reportNumbers } from "../../server/domain/lab/report";
import type { ReportNumbers } from "../../server/domain/lab/report-numbers";
import { type Seen, type Telling, tellApart } from "./classifier";
import { newPerson } from "./draws";
import { alice, CODEBOOK, NONE_LOST, NOTHING, outcomesOf, PLAN, person, tableOf, WORST } from "./lab-world";
import { keyOf } from "./rules";

/** A world that he plays in. */
interface KnowingCase {
  what: string;
  outcomes: readonly string[];
  /** How much likelier or rarer what happens is than in the usual county, as log odds. */
  odds: number;
  /** Alice does more and worse than anybody, where it happened to her. */
  isProlific: boolean;
  /** Runs with Alice in them whose errors he averages, with the other people changed in between so that none is held. */
  runs: number;
}

const USUAL = ["reoffended", "frequency", "days_to_first"] as const;
const MEASURED = ["reoffended", "frequency", "severity"] as const;

export const KNOWING: readonly KnowingCase[] = [
  { what: "one run", outcomes: USUAL, odds: 0, isProlific: false, runs: 1 },
  { what: "one run, she does more than anybody", outcomes: MEASURED, odds: 0, isProlific: true, runs: 1 },
  { what: "one run, what happens is rare", outcomes: MEASURED, odds: -1.7, isProlific: true, runs: 1 },
  { what: "four runs", outcomes: USUAL, odds: 0, isProlific: false, runs: 4 },
];

const OTHERS = 400;
const [FEWEST, MOST] = [60, 120];
/** Keys are drawn anew for each world so many times: what is computed is the dear part. */
const KEYS = 4;

/** One analysis as it was, and as it would be had nothing happened to her. */
interface Known {
  came: boolean;
  sent: number;
  truth: Analysis;
  without: Analysis;
  outcomes: readonly string[];
}

/** How well he tells worlds in which it happened to her from the others; `worlds` to learn on, and as many fresh. */
export function knowAllOthers(of: KnowingCase, worlds: number, seed: string): Telling {
  const chance = new Chance(`D11 knowing ${of.what} ${seed}`);
  const drawn = Array.from({ length: 2 * worlds }, (_, at) => draw(chance.stream(String(at)), of));
  const seen = (some: readonly Known[]): Seen[] =>
    some.flatMap((known) =>
      Array.from({ length: KEYS }, () => ({ came: known.came, features: averaged(known, of.runs, chance) })),
    );
  return tellApart(seen(drawn.slice(0, worlds)), seen(drawn.slice(worlds)));
}

function draw(chance: Chance, { outcomes, odds, isProlific }: KnowingCase): Known {
  const came = chance.happens(0.5);
  const size = FEWEST - 1 + chance.below(MOST - FEWEST + 1);
  const happened = { ...alice(chance, true), ...(isProlific && { events: 30, severity: WORST }) };
  const nothing = { ...happened, ...NOTHING };
  const cohort = Array.from({ length: size }, () => person(chance, true, odds));
  const others = Array.from({ length: OTHERS }, () => person(chance, false, odds));
  const comparison = comparisonOf(tableOf([happened, ...cohort], others), planOf(outcomes));
  const analysed = (isTrue: boolean) =>
    analysisOf(comparison, outcomesOf([isTrue ? happened : nothing, ...cohort, ...others]));
  const without = analysed(false);
  return { came, sent: size + 1, truth: came ? analysed(true) : without, without, outcomes };
}

const planOf = (outcomes: readonly string[]): AnalysisPlan =>
  analysisPlanSchema.parse({
    ...PLAN,
    outcomes: CODEBOOK.outcomes
      .filter(({ name }) => outcomes.includes(name))
      .map(({ name, type, followUp }) => ({ name, type, followUp })),
    methods: PLAN.methods.slice(0, 1),
    subgroups: [],
  });

/** What is left of each number, over as many runs, each with a key and so with errors of its own. */
function averaged(known: Known, runs: number, chance: Chance): number[] {
  const sums: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    for (const [at, left] of leftOf(known, chance).entries()) sums[at] = (sums[at] ?? 0) + left / runs;
  }
  return sums;
}

function leftOf({ truth, without, sent, outcomes }: Known, chance: Chance): number[] {
  const matched = truth.methods[0]?.treatedMatched ?? 0;
  const numbers = reportNumbers({
    ...{ analysis: truth, codebook: CODEBOOK, outcomes },
    attrition: { sent, lost: { ...NONE_LOST, "nobody-similar": sent - matched } },
    ...{ cohort: { hmac: keyOf(chance), key: newPerson(chance) }, earlier: [] },
  });
  return [...outcomes.flatMap((name) => ofOutcome(name, numbers, without)), ...ofCurves(numbers, without)];
}

/** How many people the group's number is above what it would be without her, the width of the range, whether it is told. */
function ofOutcome(name: string, { effects }: ReportNumbers, { methods }: Analysis): number[] {
  const told = effects.find(({ outcome }) => outcome === name);
  const known = methods[0]?.effects.find(({ outcome }) => outcome === name);
  if (!told || !known) return [0, 0, 0, 0];
  const unit = told.unit === "per-100" ? 100 : 1;
  const above = (told.treated / unit - known.treated) * known.nTreated;
  return [above, (told.nTreated ?? 0) - known.nTreated, told.high - told.low, 1];
}

function ofCurves({ curves }: ReportNumbers, { methods }: Analysis): number[] {
  const known = methods[0]?.effects.find(({ type }) => type === "time");
  return CURVE_DAYS.map((day) => {
    const left = curves?.treated[curves.days.indexOf(day)];
    const share = known?.besides[`kmTreated${day}`];
    return left === undefined || share === undefined ? 0 : (share - left / 100) * (methods[0]?.treated ?? 0);
  });
}
