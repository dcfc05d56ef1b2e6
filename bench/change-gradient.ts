/**
 * Made sectors with a known slope of a need along deprivation, in figures by the product's own disclosure control, and
 * how often what is said of it holds the slope of the counts: the interval where there is a slope, else the bounds.
 */

import { gradientOf, type RankedSector, slopeOf } from "../server/domain/deprivation-gradient";
import { publish, settledError, staticError } from "../server/domain/disclosure";
import { Draws } from "./change-coverage";

export interface MadeGradient {
  name: string;
  /** Sectors of each decile. */
  sectors: number;
  /** People per 1,000 households at the most deprived end and at the least. */
  most: number;
  least: number;
}

export const MADE_GRADIENTS: readonly MadeGradient[] = [
  { name: "20 sectors a tenth, 60 to 30 per 1,000: few hidden", sectors: 20, most: 60, least: 30 },
  { name: "20 sectors a tenth, 30 to 10 per 1,000: some hidden", sectors: 20, most: 30, least: 10 },
  { name: "20 sectors a tenth, 12 to 2 per 1,000: most hidden", sectors: 20, most: 12, least: 2 },
  { name: "4 sectors a tenth, 30 to 5 per 1,000", sectors: 4, most: 30, least: 5 },
  { name: "4 sectors a tenth, 25 per 1,000 everywhere", sectors: 4, most: 25, least: 25 },
];

export interface GradientCoverage {
  /** Share of the worlds with a slope; the others have bounds. */
  sloped: number;
  /** Share of the intervals, and of the bounds, that hold the slope of the counts; 1 where there are none. */
  held: number;
  bounded: number;
}

export function gradientCoverage(made: MadeGradient, worlds: number, seed: number): GradientCoverage {
  const draws = new Draws(seed);
  let [sloped, held, bounded] = [0, 0, 0];
  for (let world = 0; world < worlds; world += 1) {
    const counted: { decile: number; households: number; people: number }[] = [];
    const shown: RankedSector[] = [];
    for (let at = 0; at < 10 * made.sectors; at += 1) {
      const decile = Math.floor(at / made.sectors) + 1;
      const households = 500 + Math.floor(draws.unit() * 3500);
      const rate = made.most + ((made.least - made.most) * (decile - 0.5)) / 10;
      const people = draws.poisson((rate * households) / 1000);
      const errors = [staticError(draws.hash, "", ""), settledError(draws.hash, "", 0n)] as const;
      counted.push({ decile, households, people });
      shown.push({ decile, households, figure: publish(people, ...errors) });
    }
    const truth = slopeOfCounts(counted);
    const { slope, bounds } = gradientOf(shown);
    const said = slope ?? bounds;
    const holds = said !== null && said.low <= truth && truth <= said.high ? 1 : 0;
    if (slope) [sloped, held] = [sloped + 1, held + holds];
    else bounded += holds;
  }
  return {
    sloped: sloped / worlds,
    held: sloped === 0 ? 1 : held / sloped,
    bounded: sloped === worlds ? 1 : bounded / (worlds - sloped),
  };
}

/** The slope of all sectors' own counts, hidden or not. */
function slopeOfCounts(sectors: readonly { decile: number; households: number; people: number }[]): number {
  const deciles = Array.from({ length: 10 }, (_, at) => {
    const own = sectors.filter(({ decile }) => decile === at + 1);
    const households = own.reduce((sum, each) => sum + each.households, 0);
    const people = own.reduce((sum, each) => sum + each.people, 0);
    return { decile: at + 1, sectors: own.length, households, people, rate: (people / households) * 1000 };
  });
  const slope = slopeOf(deciles);
  if (!slope) throw new Error("ten deciles have a slope");
  return slope.perThousand;
}
