/**
 * The sentences of the map, made from figures alone: what the title finds, how a figure changed, where an area
 * stands among the others. A figure is rounded to 5 with a small planned error, so a step or less is no change.
 */

import type { AreaCard, MapFigures } from "../../../server/domain/figures";
import { type Level, widerLevel } from "../../../server/domain/geography";
import { LEVEL_LABELS, NOT_ON_MENU_WORDS } from "../../../server/domain/menu";
import { inDigits, inTenths } from "../../../server/domain/number-text";
import { dayInWords, findPeriod, firstDayOf, periodInWords } from "../../../server/domain/period";
import { openInWords } from "./so-far";
import type { Measure } from "./view";

/** One area of the table: what it is called and what may be said of it. */
export interface RankedArea {
  area: number;
  code: string;
  name: string;
  figure: number | null;
  rate: number | null;
  /** The value of the chosen measure; null when there is none to show. */
  value: number | null;
  /** Why there is no value. */
  absence: "few" | "not-published" | "few-households" | "not-live" | "coverage" | null;
}

/** Figures are rounded to the nearest 5: what is no further apart than this may swap places. */
export const ROUNDING_STEP = 5;

/** Every area of the answer, highest value first, ties by code, those without a value last. */
export function rankAreas(figures: MapFigures, measure: Measure): RankedArea[] {
  const notPublished = new Set(figures.notPublished.map((each) => each.area));
  const changed = new Set(figures.coverageChanged);
  const hasNoClock = (at: number) => figures.open !== null && figures.open.clockOf[at] == null;
  return figures.areas
    .map(({ area, code, name }, at): RankedArea => {
      const figure = figures.figures[at] ?? null;
      const rate = figures.rates[at] ?? null;
      // A change of who reports would look like one of need: the figure is told, and has no colour of the scale.
      const isCoverage = figure !== null && changed.has(area);
      const value = isCoverage ? null : measure === "rate" ? rate : figure;
      const absence =
        value !== null
          ? null
          : notPublished.has(area)
            ? "not-published"
            : figure !== null
              ? isCoverage
                ? "coverage"
                : "few-households"
              : hasNoClock(at)
                ? "not-live"
                : "few";
      return { area, code, name, figure, rate, value, absence };
    })
    .sort(
      (a, b) =>
        (b.value ?? Number.NEGATIVE_INFINITY) - (a.value ?? Number.NEGATIVE_INFINITY) ||
        a.code.localeCompare(b.code, "en", { numeric: true }),
    );
}

/** Name of an area in a sentence: its code for postcode areas, its name for the others. */
export function areaInWords(area: { code: string; name: string }, level: Level): string {
  return level === "sector" || level === "district" ? area.code.replaceAll("+", " and ") : area.name;
}

/** "sectors", "districts" in a sentence. */
export function levelInWords(level: Level): string {
  return LEVEL_LABELS[level].replace("Postcode ", "").toLowerCase();
}

/** "sector", "authority": one of them. */
export function oneInWords(level: Level): string {
  return levelInWords(level).replace(/ies$/, "y").replace(/s$/, "");
}

const LONGEST_UNION = 2;

/** The same name for a narrow column: "DH1 4 and 2 more", and the rest of it for whoever listens or points. */
export function areaInShort(
  area: { code: string; name: string },
  level: Level,
): { short: string; rest: string | null } {
  const [first = "", ...others] = level === "sector" ? area.code.split("+") : [];
  if (others.length < LONGEST_UNION) return { short: areaInWords(area, level), rest: null };
  return { short: `${first} and ${others.length} more`, rest: others.join(" and ") };
}

/** "4,005", or what a hidden figure is called. */
export function figureInWords(figure: number | null): string {
  return figure === null ? "fewer than 10" : inDigits(figure);
}

/** "32.4": a rate, to the decimal that it is published with. */
export function rateInWords(rate: number): string {
  return inTenths(rate);
}

const MOST_NAMED = 3;
const list = new Intl.ListFormat("en-GB");

/** Whether most areas show no value: one of those may be higher than any that does, so nothing is highest of all. */
export function areMostHidden(ranked: readonly RankedArea[]): boolean {
  return 2 * ranked.filter(({ value }) => value !== null).length < ranked.length;
}

/**
 * The finding: where the value is highest, or highest among the few that show one. The second is named too where there
 * is a third: to name all there are would find nothing.
 */
export function mapTitle(figures: MapFigures, ranked: readonly RankedArea[]): string {
  const shown = ranked.filter((area) => area.value !== null);
  const [first] = shown;
  if (!first) {
    if (!figures.periodHasFigures) return `${figures.label}: nobody recorded anything, or too little to show`;
    return ranked.some((area) => area.absence === "few")
      ? `${figures.label}: fewer than 10 people in each of these ${levelInWords(figures.level)}`
      : `${figures.label}: nothing published here`;
  }
  const top = shown.filter((area) => area.value === first.value);
  const second = shown[top.length];
  const next = shown.filter((area) => area.value === second?.value);
  if (top.length === shown.length && shown.length > 1) {
    const all = `${inDigits(shown.length)} ${levelInWords(figures.level)}`;
    return `${figures.label}: about the same in ${shown.length === ranked.length ? `all ${all}` : `the ${all} that show a figure`}`;
  }
  const named = top.length === 1 && next.length === 1 && shown.length > 2 ? [...top, ...next] : top;
  const where =
    named.length <= MOST_NAMED
      ? list.format(named.map((area) => areaInWords(area, figures.level)))
      : `${named.length} ${levelInWords(figures.level)}`;
  if (!areMostHidden(ranked)) return `${figures.label}: highest in ${where}`;
  return shown.length === 1
    ? `${figures.label}: only ${where} shows a figure`
    : `${figures.label}: highest in ${where}, of the ${inDigits(shown.length)} ${levelInWords(figures.level)} that show a figure`;
}

/** The next larger areas, where more is likely to show: offered where most of these hide a small number; else null. */
export function levelToOffer(level: Level, ranked: readonly RankedArea[]): Level | null {
  const few = ranked.filter(({ absence }) => absence === "few").length;
  if (few === 0 || 2 * few < ranked.length) return null;
  return widerLevel(level);
}

/**
 * "of 30 with a rate; 10 left out because coverage changed": what the order is among; null where nothing is left out
 * of it for that.
 */
export function leftOutInWords(ranked: readonly RankedArea[], measure: Measure): string | null {
  const out = ranked.filter(({ absence }) => absence === "coverage").length;
  if (out === 0) return null;
  const among = ranked.filter(({ value }) => value !== null).length;
  const what = measure === "rate" ? "a rate" : "a figure";
  return `of ${inDigits(among)} with ${what}; ${inDigits(out)} left out because coverage changed`;
}

/** "32.4 per 1,000 households", "45 people": what is known of an area, also where the order leaves it out. */
export function valueInWords({ figure, rate }: RankedArea, measure: Measure): string | null {
  if (measure === "rate") return rate === null ? null : `${rateInWords(rate)} per 1,000 households`;
  return figure === null ? null : `${inDigits(figure)} people`;
}

/** The definition under the title. */
export function mapCaption(figures: MapFigures, measure: Measure): string {
  const who = figures.node === "*" ? "People who brought any need" : "People who brought this need";
  return measure === "rate" ? `${who}, per 1,000 households` : who;
}

/** "1,200": an estimate to two digits, for a sentence that says "about". */
function roughly(households: number): string {
  const step = 10 ** Math.max(1, Math.floor(Math.log10(households)) - 1);
  return inDigits(Math.round(households / step) * step);
}

/** Fewer households than this are lost in the estimate. */
const FEWEST_SAID = 10;
const NEIGHBOUR = new Map<Level, string>([
  ["district", "district"],
  ["lad", "authority"],
]);

/** How many households of a level count with a neighbour; null when too few to say. */
export function bestFitInWords(level: Level, households: number): string | null {
  const neighbour = NEIGHBOUR.get(level);
  if (neighbour === undefined || households < FEWEST_SAID) return null;
  return `About ${roughly(households)} households count with a neighbouring ${neighbour}`;
}

/** The same for one area, both ways. */
export function areaFitInWords(level: Level, bestFit: AreaCard["bestFit"]): string | null {
  if (!NEIGHBOUR.has(level) || bestFit === null) return null;
  const parts = [
    ...(bestFit.elsewhere < FEWEST_SAID
      ? []
      : [`about ${roughly(bestFit.elsewhere)} households count with a neighbour`]),
    ...(bestFit.fromElsewhere < FEWEST_SAID
      ? []
      : [`about ${roughly(bestFit.fromElsewhere)} of a neighbour's count here`]),
  ];
  return parts.length === 0 ? null : parts.join("; ");
}

/** How a figure moved against the same period a year before: a bold part and the rest. */
export function changeInWords(change: AreaCard["change"]): { finding: string; rest: string } {
  if (!change) return { finding: "No comparison", rest: "with a year before: one of the two is not shown." };
  const from = `from ${inDigits(change.figure)} in ${change.words}`;
  if (Math.abs(change.people) <= ROUNDING_STEP) {
    return {
      finding: "About the same",
      rest: `as a year before (${inDigits(change.figure)} in ${change.words}).`,
    };
  }
  const by = inDigits(Math.abs(change.people));
  return change.people > 0
    ? { finding: `Up by ${by}`, rest: `on a year before, ${from}.` }
    : { finding: `Down by ${by}`, rest: `on a year before, ${from}.` };
}

/** "settled on 28 October 2026", "revised on 3 December 2026", or how an open period moves. */
export function standingInWords(of: Pick<MapFigures, "settledOn" | "revisedOn" | "open">, now: Date): string {
  if (of.open) return openInWords(of.open, now);
  if (of.settledOn === null) return "so far";
  return of.revisedOn === null
    ? `settled on ${dayInWords(of.settledOn)}`
    : `revised on ${dayInWords(of.revisedOn)}`;
}

/** Place of an area in the table: equal values share a place. */
export function placeOf(
  ranked: readonly RankedArea[],
  area: number,
): { place: number; of: number; tied: boolean } | null {
  const shown = ranked.filter((each) => each.value !== null);
  const mine = shown.find((each) => each.area === area);
  if (!mine) return null;
  return {
    place: shown.findIndex((each) => each.value === mine.value) + 1,
    of: shown.length,
    tied: shown.filter((each) => each.value === mine.value).length > 1,
  };
}

const ENDINGS = new Map<Intl.LDMLPluralRule, string>([
  ["one", "st"],
  ["two", "nd"],
  ["few", "rd"],
]);
const ordinals = new Intl.PluralRules("en-GB", { type: "ordinal" });

/** "1st", "2nd", "11th". */
export function ordinal(place: number): string {
  return `${place}${ENDINGS.get(ordinals.select(place)) ?? "th"}`;
}

/** "1st of 34", "equal 3rd of 34". */
export function placeInWords(place: { place: number; of: number; tied: boolean }): string {
  return `${place.tied ? "equal " : ""}${ordinal(place.place)} of ${place.of}`;
}

/** What a table or tip says in the place of a value. */
export const ABSENCE_WORDS: Readonly<Record<NonNullable<RankedArea["absence"]>, string>> = {
  few: "fewer than 10",
  "not-published": "not published",
  "few-households": "under 200 households",
  "not-live": "not before it settles",
  coverage: "coverage changed",
};

/** Why a card or row has no number. */
export function absenceInWords(card: Pick<AreaCard, "whyHidden" | "figure" | "rate">): string | null {
  if (card.whyHidden === "fewer-than-10") {
    return "Fewer than 10 people, or none. We do not show smaller figures, so nobody can be picked out.";
  }
  if (card.whyHidden === "not-live") {
    return "Too few people come here for a figure to move safely, so it appears when the period settles.";
  }
  return card.whyHidden === null ? null : NOT_ON_MENU_WORDS[card.whyHidden];
}

/** One letter or two under a bar: "A" for April, "Q1", "2025". The first bar of a series always says its year. */
export function shortPeriod(text: string, isFirst = false): { label: string; group: string | null } {
  const period = findPeriod(text);
  if (!period) return { label: text, group: null };
  const year = firstDayOf(period).slice(0, 4);
  if (period.type === "month") {
    return {
      label: periodInWords(period).charAt(0),
      group: isFirst || firstDayOf(period).slice(5, 7) === "01" ? year : null,
    };
  }
  if (period.type === "quarter") {
    const starts = ["Apr", "Jul", "Oct", "Jan"];
    return { label: starts[period.index] ?? "", group: isFirst || period.index === 3 ? year : null };
  }
  return { label: `${year}/${String(Number(year) + 1).slice(2)}`, group: null };
}

const monthAndYear = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", month: "short", year: "numeric" });

/** "from Jul 2026": where a period begins, for the ends of a small axis. */
export function startInWords(text: string): string {
  const period = findPeriod(text);
  return period ? `from ${monthAndYear.format(new Date(`${firstDayOf(period)}T00:00:00Z`))}` : text;
}
