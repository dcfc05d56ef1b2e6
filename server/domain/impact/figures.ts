/**
 * What leaves an organisation in a summary: figures made from the very sets that the exact numbers are the sizes of. A
 * service or organisation is the area, a measure the cell, `service:<uuid>|impact:helped`, and all the rules are those of
 * any settled figure (disclosure.ts): the same errors, threshold and rounding, and the hold, by which a figure stands
 * until enough people differ from the set it was made of. Estimates stand on a figure of 30 or more, are coarse, and
 * are held as figures are. Numbers of things never come here.
 */

import {
  addKeys,
  type EarlierSet,
  type Figure,
  type Hmac,
  heldBy,
  settledFigure,
  settledQuota,
} from "../disclosure";
import { domainOf, findNode, isSensitiveNode } from "../needs";
import type { Period } from "../period";
import { FEWEST_FOR_SLICES } from "../slices";
import { areaProfiles, FEWEST_FOR_ESTIMATES, type ImpactCount } from "./count-numbers";
import {
  type DaysSpread,
  type Estimates,
  type FigureNumbers,
  kindOf,
  type Measure,
  measures,
  type PairedChange,
  type PeopleNumbers,
  partsOf,
  type TimeToResolution,
} from "./numbers";

/** `service:<uuid>`, `organisation:<number>`, `programme:<uuid>` or, under an agreement, `ward:<code>`. */
export type ImpactArea =
  | `service:${string}`
  | `organisation:${number}`
  | `programme:${string}`
  | `ward:${string}`;

/** Record keys of a set, in order, each once. */
export type Members = BigInt64Array;

/** A set as it is now, with what was estimated from it where it is an estimate's, and may be told. */
export interface ImpactSet {
  measure: Measure;
  members: Members;
  estimate: Estimate | null;
}

/** What was estimated, coarse enough to leave; how many people it is of is a figure, put in when it is shown. */
export type Estimate =
  | { kind: "resolution"; value: Omit<TimeToResolution, "people"> }
  | { kind: "spread"; value: Omit<DaysSpread, "people"> }
  | { kind: "paired"; value: Omit<PairedChange, "people"> };

/** A settlement of a period: its storage number, and which of them it was. */
export interface SettlementRef {
  period: number;
  settleNo: number;
}

/** What a cell, or the same measure of an area beside it, showed at an earlier settlement, and the set it stands for. */
export interface EarlierImpact {
  /** Null for an area beside it: what is held by that is kept with the cell's own settlement, with its set. */
  source: SettlementRef | null;
  figure: Figure | null;
  members: Members;
  estimate: Estimate | null;
}

/** What a cell shows. */
export interface SettledImpact {
  measure: Measure;
  /** The settlement whose set the figure stands for. */
  source: SettlementRef;
  figure: Figure | null;
  estimate: Estimate | null;
  /** The set that the figure stands for; null when it is kept with an earlier settlement of the area. */
  members: Members | null;
}

/** Sets whose sizes differ by as much are never near: the longest quota of a settled set, and twice for an estimate's. */
export const NEVER_NEAR = 2 * 19;

/** Name of a cell as it is hashed. It has no period in it. */
export const impactCell = (area: ImpactArea, measure: Measure): string => `${area}|impact:${measure}`;

/**
 * Settles a cell: the figure of an earlier set stands where fewer people than the quota differ, and otherwise the set
 * makes one of its own. An estimate stands on its own set, which has enough people for one, held or not.
 */
export function settleImpactSet(
  hmac: Hmac,
  at: { area: ImpactArea; period: Period; settlement: SettlementRef },
  { measure, members, estimate }: ImpactSet,
  earlier: readonly EarlierImpact[],
): SettledImpact {
  const cell = impactCell(at.area, measure);
  const quota = settledQuota(hmac, at.period, cell, isSensitiveMeasure(measure));
  // A person whose values changed is out of one set and in the other; taking them for half is on the safe side.
  const isOfValues = kindOf(measure) === "estimate";
  const perPerson = isOfValues ? 2 : 1;
  const near = earlier.map((shows): EarlierSet & { shows: EarlierImpact } => ({
    figure: shows.figure,
    differing: Math.ceil(differing(members, shows.members, quota * perPerson) / perPerson),
    shows,
  }));
  const held = heldBy(near, members.length, quota);
  if (held) {
    const { source, figure, estimate } = held.shows;
    if (source) return { measure, source, figure, estimate, members: null };
    return { measure, source: at.settlement, figure, estimate, members: held.shows.members };
  }
  return {
    measure,
    source: at.settlement,
    figure: isOfValues ? null : settledFigure(hmac, at.period, cell, peopleSetOf(members)),
    estimate: members.length < FEWEST_FOR_ESTIMATES ? null : estimate,
    members,
  };
}

function peopleSetOf(members: Members) {
  let cellKey = 0n;
  for (const key of members) cellKey = addKeys(cellKey, key);
  return { people: members.length, cellKey };
}

/** How many are in one of two sets and not in the other; of `limit` or more only that. */
export function differing(a: Members, b: Members, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let [i, j, count] = [0, 0, 0];
  while (count < limit && (i < a.length || j < b.length)) {
    const [left, right] = [a[i], b[j]];
    if (left === right) {
      i += 1;
      j += 1;
      continue;
    }
    count += 1;
    if (right === undefined || (left !== undefined && left < right)) i += 1;
    else j += 1;
  }
  return count;
}

/**
 * Whether to be known to be in a set could harm somebody: it has the longer quota then. Of needs as everywhere; of lines
 * of a framework, instruments and estimates always, because what lies behind them is not said by their name.
 */
export function isSensitiveMeasure(measure: Measure): boolean {
  const [kind, , path] = partsOf(measure);
  if (kind === "framework" || kind === "instrument" || kind === "estimate") return true;
  if (kind !== "need") return false;
  const node = findNode(path ?? "");
  return node === null || isSensitiveNode(node);
}

/** Any need for a domain, its domain for a need, and everybody helped for any need. */
function wholeOfPath(path: string): Measure {
  const node = findNode(path);
  if (node === null || node.kind === "any") return measures.helped;
  return measures.need("brought", node.kind === "need" ? domainOf(node.need).code : "*");
}

/**
 * The set that a set is a part of. A part is shown only where the whole is: it would be a lower bound of what is hidden.
 * And never as more than the whole, which errors of their own would have it be now and then. Null: its own whole.
 */
export function wholeOf(measure: Measure): { of: Measure; atLeast: number } | null {
  const [kind, what = "", rest = ""] = partsOf(measure);
  const part = (of: Measure, atLeast = 0) => ({ of, atLeast });
  switch (kind) {
    case "helped":
    // Whoever brought something in the 12 months before: most of them need not have come in the period.
    case "watched":
      return null;
    case "need":
      return part(what === "brought" ? wholeOfPath(rest) : measures.need("brought", rest));
    case "referral":
      return part(what === "sent" ? measures.helped : measures.referral("sent"));
    case "severity":
      return part(what === "both" || what === "once" ? measures.helped : measures.severity("both"));
    case "instrument":
      return part(rest === "both" || rest === "once" ? measures.helped : measures.instrument(what, "both"));
    case "waiting":
      return part(measures.need("open", "*"));
    case "decile":
    case "fifth":
    case "placed":
    case "authority":
    case "not-placed":
    case "slice":
      return part(measures.helped, FEWEST_FOR_SLICES);
    default:
      return part(measures.helped);
  }
}

/** The figures that show, of wholes that show; made from figures alone. What is hidden has no name here. */
export function shownFigures(settled: ReadonlyMap<Measure, SettledImpact>): Map<Measure, Figure> {
  const shown = new Map<Measure, Figure>();
  const shows = (measure: Measure): Figure | null => {
    const figure = settled.get(measure)?.figure ?? null;
    const whole = wholeOf(measure);
    if (figure === null || whole === null) return figure;
    const all = shows(whole.of);
    if (all === null || all < whole.atLeast) return null;
    if (figure > all) return all;
    return figure;
  };
  for (const { measure } of settled.values()) {
    const figure = shows(measure);
    if (figure !== null) shown.set(measure, figure);
  }
  return shown;
}

/** By period: what its cells show after settling. */
export interface SettledPeriods {
  now: ReadonlyMap<Measure, SettledImpact>;
  yearBefore: ReadonlyMap<Measure, SettledImpact>;
}

/** The numbers that leave. `count` gives only what is public or the organisation's own to say. */
export function figureNumbers(
  { now, yearBefore }: SettledPeriods,
  count: Pick<ImpactCount, "authorities" | "instruments">,
): FigureNumbers {
  const figures = shownFigures(now);
  const before = shownFigures(yearBefore);
  const people = numbersOf(figures);
  return {
    basis: "figures",
    people,
    estimates: shownEstimates(now, figures),
    areas: areaProfiles(count.authorities, people),
    instruments: count.instruments.filter(({ id }) =>
      (["both", "once"] as const).some((course) => figures.has(measures.instrument(id, course))),
    ),
    yearBefore: before.has(measures.helped) ? numbersOf(before) : null,
  };
}

/** Names in order, so that the same figures make the same text. Sets of the engine alone are left out. */
function numbersOf(figures: ReadonlyMap<Measure, Figure>): PeopleNumbers {
  const told = [...figures].filter(([measure]) => measure !== measures.watched);
  return Object.fromEntries(told.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function shownEstimates(
  settled: ReadonlyMap<Measure, SettledImpact>,
  figures: ReadonlyMap<Measure, Figure>,
): Estimates {
  const shown = <K extends Estimate["kind"]>(kind: K, name: Measure, of: Measure) => {
    const people = figures.get(of);
    const estimate = settled.get(name)?.estimate;
    if (people === undefined || people < FEWEST_FOR_ESTIMATES || estimate?.kind !== kind) return null;
    return { people, estimate };
  };
  const spread = (name: Measure, of: Measure): DaysSpread | null => {
    const found = shown("spread", name, of);
    return found?.estimate.kind === "spread" ? { people: found.people, ...found.estimate.value } : null;
  };
  const paired = (name: Measure, of: Measure): PairedChange | null => {
    const found = shown("paired", name, of);
    return found?.estimate.kind === "paired" ? { people: found.people, ...found.estimate.value } : null;
  };
  const resolution = shown("resolution", measures.estimate("resolution"), measures.watched);
  const instruments = [...settled.keys()].flatMap((measure) => {
    const [kind, what, id] = partsOf(measure);
    return kind === "estimate" && what === "instrument" && id !== undefined ? [id] : [];
  });
  return {
    resolution:
      resolution?.estimate.kind === "resolution"
        ? { people: resolution.people, ...resolution.estimate.value }
        : null,
    acceptance: spread(measures.estimate("acceptance"), measures.referral("accepted")),
    completion: spread(measures.estimate("completion"), measures.referral("completed")),
    severity: paired(measures.estimate("severity"), measures.severity("both")),
    instruments: Object.fromEntries(
      instruments
        .sort()
        .map((id) => [id, paired(measures.estimate(`instrument|${id}`), measures.instrument(id, "both"))])
        .filter(([, value]) => value !== null),
    ),
  };
}
