/**
 * Time to the first event with everybody in it, whether they had one or not: the log-rank test and Cox's hazard ratio,
 * with weights. Days among those with an event alone condition on the outcome; these do not. `reference/outcomes`
 * (cox_efron, cox_breslow, logrank) holds them to R's `survival` where all weights are 1.
 */

import { normalP } from "../change/distributions";
import { survivalCurve } from "../impact/survival";
import { type Ratio, ratioFrom } from "./effects-shares";

/** Days at which the two curves are read. */
export const CURVE_DAYS = [90, 180, 365] as const;

/** Somebody watched from their index date: to the event, or to the end of the follow-up without one. */
export interface Watched {
  treated: boolean;
  days: number;
  ended: boolean;
  weight: number;
}

/** A day on which somebody had the event: people and weights, of participants (1) and of the others (0). */
interface EventDay {
  day: number;
  events: number;
  eventWeight1: number;
  eventWeight0: number;
  /** At risk: still without the event and watched on this day. */
  atRisk: number;
  weight1: number;
  weight0: number;
  /** Sums of squared weights of those at risk. */
  squares1: number;
  squares0: number;
}

/** The days with an event in their order. Somebody censored on a day was at risk on it. */
function eventDays(watched: readonly Watched[]): EventDay[] {
  const byDay = new Map<number, EventDay>();
  for (const { treated, days, ended, weight } of watched) {
    let day = byDay.get(days);
    if (!day) {
      day = {
        ...{ day: days, events: 0, eventWeight1: 0, eventWeight0: 0 },
        ...{ atRisk: 0, weight1: 0, weight0: 0, squares1: 0, squares0: 0 },
      };
      byDay.set(days, day);
    }
    day.atRisk += 1;
    if (treated) {
      day.weight1 += weight;
      day.squares1 += weight * weight;
    } else {
      day.weight0 += weight;
      day.squares0 += weight * weight;
    }
    if (!ended) continue;
    day.events += 1;
    if (treated) day.eventWeight1 += weight;
    else day.eventWeight0 += weight;
  }
  const days = [...byDay.values()].sort((a, b) => b.day - a.day);
  // From the last day back, those at risk are everybody who leaves on it or later.
  let after: EventDay | undefined;
  for (const day of days) {
    if (after) {
      day.atRisk += after.atRisk;
      day.weight1 += after.weight1;
      day.weight0 += after.weight0;
      day.squares1 += after.squares1;
      day.squares0 += after.squares0;
    }
    after = day;
  }
  return days.reverse().filter(({ events }) => events > 0);
}

/**
 * Whether the two curves differ at all: the log-rank test (Mantel 1966), with weights after Xie and Liu (2005,
 * Statistics in Medicine 24). Null where there is nothing to compare.
 */
export function logRank(watched: readonly Watched[]): { chiSquare: number; p: number } | null {
  let apart = 0;
  let variance = 0;
  for (const each of eventDays(watched)) {
    const { events, atRisk, weight1, weight0, eventWeight1, eventWeight0, squares1, squares0 } = each;
    const all = weight1 + weight0;
    if (!(all > 0)) continue;
    apart += eventWeight1 - (weight1 * (eventWeight1 + eventWeight0)) / all;
    if (atRisk < 2) continue;
    const spread = (weight0 / all) ** 2 * squares1 + (weight1 / all) ** 2 * squares0;
    variance += ((events * (atRisk - events)) / (atRisk * (atRisk - 1))) * spread;
  }
  if (!(variance > 0)) return null;
  const chiSquare = apart ** 2 / variance;
  return { chiSquare, p: normalP(Math.sqrt(chiSquare)) };
}

/** How days on which several have the event are taken: Efron's way is nearer to the truth, Breslow's is simpler. */
export type Ties = "efron" | "breslow";

export interface HazardRatio extends Ratio {
  /** Of the logarithm, from the model: right where all weights are 1. */
  logError: number;
  /** Of the logarithm, from each person's part (Lin and Wei 1989): right with weights; the interval is from it. */
  robustLogError: number;
}

const MOST_ROUNDS = 50;

/** Steps of a day with ties: which share of those with the event has already left, and how much weight each step has. */
function stepsOf(day: EventDay, hazard: number, ties: Ties): { mean: number; rate: number; left: number }[] {
  const each = (day.eventWeight1 + day.eventWeight0) / day.events;
  return Array.from({ length: day.events }, (_, step) => {
    const left = ties === "efron" ? step / day.events : 0;
    const of1 = hazard * (day.weight1 - left * day.eventWeight1);
    const all = of1 + day.weight0 - left * day.eventWeight0;
    return { mean: of1 / all, rate: each / all, left };
  });
}

/**
 * How many times as fast participants come to the event (Cox 1972), by Newton's steps on the partial likelihood.
 * Null where one side has no event, so that there is no finite answer.
 */
export function hazardRatio(watched: readonly Watched[], ties: Ties = "efron"): HazardRatio | null {
  const days = eventDays(watched);
  const events1 = days.reduce((sum, day) => sum + day.eventWeight1, 0);
  const events0 = days.reduce((sum, day) => sum + day.eventWeight0, 0);
  if (!(events1 > 0 && events0 > 0)) return null;

  let log = 0;
  let information = 0;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    let score = events1;
    information = 0;
    for (const day of days) {
      const each = (day.eventWeight1 + day.eventWeight0) / day.events;
      for (const { mean } of stepsOf(day, Math.exp(log), ties)) {
        score -= each * mean;
        information += each * mean * (1 - mean);
      }
    }
    if (!(information > 0)) return null;
    // A step is held to a factor of e, so that a flat start does not throw it out.
    const step = Math.max(-1, Math.min(1, score / information));
    log += step;
    if (Math.abs(step) < 1e-12) break;
  }
  const robustLogError = robustErrorOf(watched, days, Math.exp(log), information, ties);
  return {
    ...ratioFrom(Math.exp(log), robustLogError),
    logError: Math.sqrt(1 / information),
    robustLogError,
  };
}

/**
 * Root of the sum of squared parts of all people in the estimate, each the weight times the score residual over the
 * information (Therneau and Grambsch 2000, 7.2; `residuals.coxph(type = "dfbeta")`).
 */
function robustErrorOf(
  watched: readonly Watched[],
  days: readonly EventDay[],
  hazard: number,
  information: number,
  ties: Ties,
): number {
  // What being at risk up to and with a day has taken from the score of a participant and of another.
  const taken: [of0: number, of1: number][] = [];
  const atEvent: { of0: number; of1: number; mean: number }[] = [];
  let [sum0, sum1] = [0, 0];
  for (const day of days) {
    const at = { of0: 0, of1: 0, mean: 0 };
    const [before0, before1] = [sum0, sum1];
    for (const { mean, rate, left } of stepsOf(day, hazard, ties)) {
      sum0 -= rate * mean;
      sum1 += rate * hazard * (1 - mean);
      at.of0 -= (1 - left) * rate * mean;
      at.of1 += (1 - left) * rate * hazard * (1 - mean);
      at.mean += mean / day.events;
    }
    taken.push([sum0, sum1]);
    atEvent.push({ of0: before0 + at.of0, of1: before1 + at.of1, mean: at.mean });
  }
  const dayAt = new Map(days.map(({ day }, at) => [day, at]));
  let squares = 0;
  for (const { treated, days: until, ended, weight } of watched) {
    const x = treated ? 1 : 0;
    const event = ended ? atEvent[dayAt.get(until) ?? -1] : undefined;
    const residual = event
      ? x - event.mean - (treated ? event.of1 : event.of0)
      : -(taken[lastUpTo(days, until)]?.[x] ?? 0);
    squares += (weight * residual) ** 2;
  }
  return Math.sqrt(squares) / information;
}

/** Place of the last event day that is not after a day; -1 for none. */
function lastUpTo(days: readonly EventDay[], day: number): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle]?.day ?? 0) <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Shares still without the event at fixed days (Kaplan and Meier, weighted), the log-rank test and hazard ratios. */
export function besidesOfTimes(watched: readonly Watched[], followUp: number): Record<string, number> {
  const besides: Record<string, number> = {};
  for (const side of ["Treated", "Comparison"] as const) {
    const curve = survivalCurve(watched.filter(({ treated }) => treated === (side === "Treated")));
    for (const day of CURVE_DAYS) {
      const point = curve.findLast(({ days }) => days <= day);
      if (point && day <= followUp) besides[`km${side}${day}`] = point.share;
    }
  }
  const test = logRank(watched);
  if (test) {
    besides["logRankChiSquare"] = test.chiSquare;
    besides["logRankP"] = test.p;
  }
  for (const ties of ["efron", "breslow"] as const) {
    const found = hazardRatio(watched, ties);
    if (!found) continue;
    const name = ties === "efron" ? "hazardRatio" : "hazardRatioBreslow";
    besides[name] = found.ratio;
    besides[`${name}Low`] = found.low;
    besides[`${name}High`] = found.high;
    besides[`${name}LogError`] = found.logError;
    besides[`${name}RobustLogError`] = found.robustLogError;
  }
  return besides;
}
