/**
 * Made people of whom some took part, for proofs of the data lab: who takes part depends on what also decides what
 * becomes of them, so that a plain comparison misleads, and what taking part does is known to the last digit.
 */

import type { LabColumn, LabTable } from "../server/domain/lab/analysis";
import type { Draws } from "./change-coverage";

export interface MadeCohort {
  name: string;
  /** People in all, and about how many of them take part. */
  people: number;
  participants: number;
  /** Share with the outcome among people of the middle, who did not take part. */
  baseRate: number;
  /** What taking part adds to the chance of the outcome, -0.08 for eight in a hundred fewer; of everybody or see next. */
  effect: number;
  /** The effect is larger for people at higher risk: it moves the log-odds instead, by as much as this. */
  logOdds?: number;
  /** How strongly the covariates decide who takes part; 1 is as in the reference's simulation. */
  confounding: number;
}

/** What is true of one made cohort, on average over those who took part. */
export interface Truth {
  /** Of the chance of the outcome, the mean number of events, and the score. */
  rate: number;
  frequency: number;
  score: number;
}

const REGIONS = ["north", "east", "south", "west"] as const;

const expit = (x: number) => 1 / (1 + Math.exp(-x));
const logit = (p: number) => Math.log(p / (1 - p));

/** Least and most that a chance can be, so that an effect that is added always has room. */
const LEAST = 0.02;

/** One cohort after the other from a stream of draws. */
export function makeCohort(made: MadeCohort, draws: Draws): { table: LabTable; truth: Truth } {
  const { people, participants, baseRate, effect, logOdds, confounding } = made;
  const column = () => new Float64Array(people);
  const [age, risk, employed, earlier, custody, female] = Array.from({ length: 6 }, column);
  const [rate, frequency, score, days] = Array.from({ length: 4 }, column);
  if (!age || !risk || !employed || !earlier || !custody || !female || !rate || !frequency || !score || !days)
    throw new Error("Columns are made above");
  const regions = new Int32Array(people);
  const treated = new Uint8Array(people);
  const truth = { rate: 0, frequency: 0, score: 0 };
  const start = logit(participants / people) - 0.15 * confounding ** 2;
  let took = 0;
  for (let row = 0; row < people; row += 1) {
    const years = 18 + 15 * draws.gamma(3);
    const prior = draws.poisson(4 * draws.gamma(1));
    const danger = -0.7 + 0.5 * Math.log1p(prior) - 0.02 * (years - 33) + 0.5 * draws.normal();
    const work = Math.max(0, Math.min(365, 90 - 20 * danger + 90 * draws.normal()));
    const inside = draws.unit() < 0.45 ? 1 : 0;
    const woman = draws.unit() < 0.2 ? 1 : 0;
    const region = Math.floor(draws.unit() * REGIONS.length);
    const leaning =
      0.02 * (years - 33) +
      0.5 * danger +
      0.4 * woman +
      0.35 * inside -
      0.003 * (work - 90) +
      0.2 * region -
      0.3;
    const isIn = draws.unit() < expit(start + confounding * leaning);

    const odds = logit(baseRate) + 0.9 * danger - 0.02 * (years - 33) - 0.3 * woman + 0.3 * inside;
    const room = Math.max(0, -effect) + LEAST;
    const before = Math.max(
      room,
      Math.min(1 - LEAST - Math.max(0, effect), expit(odds - 0.0025 * (work - 90))),
    );
    const after = logOdds === undefined ? before + effect : expit(logit(before) + logOdds);
    const chance = isIn ? after : before;
    // More events for people at higher risk, and more spread than chance alone has.
    const mean = 2 * before * draws.gamma(1);
    const fewer = 1 + effect;
    age[row] = years;
    earlier[row] = prior;
    risk[row] = danger;
    employed[row] = work;
    custody[row] = inside;
    female[row] = woman;
    regions[row] = region;
    treated[row] = isIn ? 1 : 0;
    rate[row] = draws.unit() < chance ? 1 : 0;
    frequency[row] = draws.poisson(isIn ? mean * fewer : mean);
    score[row] = 50 + 10 * danger + 5 * draws.normal() + (isIn ? 10 * effect : 0);
    days[row] = rate[row] === 1 ? Math.ceil(365 * draws.unit() ** 1.3) : Number.NaN;
    if (!isIn) continue;
    took += 1;
    truth.rate += after - before;
    truth.frequency += 2 * before * (fewer - 1);
    truth.score += 10 * effect;
  }
  const numbers: [string, LabColumn][] = Object.entries({
    age,
    risk,
    employed,
    earlier,
    custody,
    female,
  }).map(([name, values]) => [name, { type: "number", values }]);
  return {
    table: {
      rows: people,
      treated,
      covariates: new Map([...numbers, ["region", { type: "category", levels: REGIONS, codes: regions }]]),
      outcomes: new Map(Object.entries({ rate, frequency, score, days })),
    },
    truth: {
      rate: truth.rate / took,
      frequency: truth.frequency / took,
      score: truth.score / took,
    },
  };
}
