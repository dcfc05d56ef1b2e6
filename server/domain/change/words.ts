/**
 * The sentences of change, made from figures alone. They say what went with what and when; never why. A test reads
 * every sentence they can make for words of cause.
 */

import { whenWrittenInWords } from "../event-marker";
import type { Level } from "../geography";
import { LEVEL_LABELS } from "../menu";
import { inDigits } from "../number-text";
import { monthInWords, type PeriodType } from "../period";
import type { AreaName, ChangedAreas, ChangePoint, ChangeSeries, Finding, Reporting } from "./ask";
import { mayBeReporting, partingInWords } from "./reporting";
import { type Effect, ENOUGH, FEWEST_AFTER, FEWEST_BEFORE, type WhyNoFit } from "./segmented";
import { FALSE_DISCOVERY_RATE, FEWEST_AREAS } from "./several";
import type { Trend, YearChange } from "./trend";

const list = new Intl.ListFormat("en-GB");

const percent = (share: number): string => `${Math.round(Math.abs(share) * 100)}%`;

/** Words for a size, nearest first: within a tenth of it, or the plain percentage. */
const FRACTIONS: readonly (readonly [share: number, words: string])[] = [
  [1 / 10, "a tenth"],
  [1 / 5, "a fifth"],
  [1 / 4, "a quarter"],
  [1 / 3, "a third"],
  [2 / 5, "two fifths"],
  [1 / 2, "a half"],
  [3 / 5, "three fifths"],
  [2 / 3, "two thirds"],
  [3 / 4, "three quarters"],
];
const NEAR = 0.025;

/** "fell by about a third", "rose by about 15%", "about doubled". */
export function movedInWords(ratio: number): string {
  const share = ratio - 1;
  const size = Math.abs(share);
  if (Math.abs(ratio - 2) < 0.1) return "about doubled";
  if (ratio > 2) return `rose to about ${timesOf(ratio)} times as many`;
  if (size < 0.02) return "stayed about the same";
  const near = FRACTIONS.find(([fraction]) => Math.abs(size - fraction) <= NEAR);
  return `${share < 0 ? "fell" : "rose"} by about ${near ? near[1] : percent(share)}`;
}

const timesOf = (ratio: number) => ratio.toFixed(1).replace(/\.0$/, "");

/** "between 20% and 45% fewer", "between 5% fewer and 10% more". */
export function intervalInWords({ low, high }: Pick<Effect, "low" | "high">): string {
  const way = (ratio: number) => (ratio < 1 ? "fewer" : "more");
  const [from, to] = [percent(low - 1), percent(high - 1)];
  if (high <= 1) return `between ${to} and ${from} fewer`;
  if (low >= 1) return `between ${from} and ${to} more`;
  return `between ${from} ${way(low)} and ${to} ${way(high)}`;
}

/** An interval on the scale of the size it stands beside: "between 1.9 and 3.6 times as many" of twice as many or more. */
function intervalBeside({ ratio, low, high }: Pick<Effect, "ratio" | "low" | "high">): string {
  return isTimes({ ratio, low })
    ? `between ${timesOf(low)} and ${timesOf(high)} times as many`
    : intervalInWords({ low, high });
}

const isTimes = ({ ratio, low }: Pick<Effect, "ratio" | "low">) => ratio >= 2 && low >= 1;

/** Whether an interval of a ratio lies all on one side of 1. */
export const isClear = ({ low, high }: Pick<Effect, "low" | "high">): boolean => low > 1 || high < 1;

const ONE: Readonly<Record<Level, string>> = {
  sector: "sector",
  district: "district",
  lad: "authority",
  region: "region",
  nation: "nation",
};

/** "sectors", "districts", "local authorities" in a sentence. */
export function levelInWords(level: Level): string {
  return LEVEL_LABELS[level].replace("Postcode ", "").toLowerCase();
}

const levelOfSeveral = (level: Level, count: number) => (count === 1 ? ONE[level] : levelInWords(level));

/** How an area is called: its code for postcode areas, its name for the others. */
export function areaCalled(area: Pick<AreaName, "code" | "name">, level: Level): string {
  return level === "sector" || level === "district" ? area.code.replaceAll("+", " and ") : area.name;
}

const MOST_NAMED = 4;

/** "WY3 1 and WY3 2", or "7 sectors". */
export function placesInWords(areas: readonly AreaName[], level: Level): string {
  return areas.length <= MOST_NAMED
    ? list.format(areas.map((area) => areaCalled(area, level)))
    : `${areas.length} ${levelInWords(level)}`;
}

const NOT_WHY = "This does not say why.";
const NOT_NOTHING = "That is not the same as no change.";
const ALONGSIDE = "Whatever else changed at the same time cannot be told apart from it.";

const TREND_WORDS: Readonly<Record<Trend, string>> = {
  rising: "rising",
  falling: "falling",
  level: "about level",
  "not-clear": "no clear trend",
  "too-short": "too short a series for a trend",
};

type SeriesFacts = Omit<ChangeSeries, "finding">;

/** What the series says, before and after the event where there is one. */
export function seriesFinding(series: SeriesFacts): Finding {
  const where = placesInWords(series.areas, series.level);
  const shown = series.points.filter(({ figure }) => figure !== null);
  const limits = limitsOf(series);
  if (shown.length === 0) {
    return {
      title: `${series.label}: no figure shows in ${where}`,
      sentences: [
        "In every period it was fewer than 10 people, or none. Try a larger area, a longer period or a whole domain.",
      ],
      limits: [],
    };
  }
  const sentences = eventSentences(series, where);
  const { yearChange } = series;
  // Across an event the latest year is part before and part after.
  if (yearChange && !series.event) {
    sentences.push(yearSentence(series.type, yearChange));
  }
  return { title: titleOf(series, where), sentences, limits };
}

const COUNTS_BY: Readonly<Record<PeriodType, string>> = {
  month: "monthly",
  quarter: "quarterly",
  year: "yearly",
};

/** The latest year against the one before: sums of counts, in which somebody who came in two periods counts twice. */
function yearSentence(type: PeriodType, change: YearChange): string {
  const { ratio, pairs } = change;
  const size =
    ratio >= 2 ? `${timesOf(ratio)} times as many` : `${percent(ratio - 1)} ${ratio < 1 ? "fewer" : "more"}`;
  const same = `${ratio >= 2 ? "as" : "than"} the same a year before`;
  const periods = `the latest ${pairs === 1 ? "" : `${pairs} `}${periodWord(type, pairs)}`;
  const counts = `The ${COUNTS_BY[type]} counts of ${periods}${pairs === 1 ? "" : ", added up,"}`;
  return isClear(change)
    ? `${counts} were about ${size} ${same} (${intervalBeside(change)}).`
    : `${counts} do not clearly differ from the same a year before (${intervalInWords(change)}). ${NOT_NOTHING}`;
}

function periodWord(type: PeriodType, count: number): string {
  return count === 1 ? type : `${type}s`;
}

function titleOf({ label, event, fit, whyNoFit, trend }: SeriesFacts, where: string): string {
  if (!event) return `${label}: ${TREND_WORDS[trend]} in ${where}`;
  const when = `after ${monthInWords(event.happensOn)}`;
  if (fit) {
    return isClear(fit.effect)
      ? `${label}: ${movedInWords(fit.effect.ratio)} in ${where} ${when}${againstInTitle(fit.holds.comparison)}`
      : `${label}: not clear whether it changed in ${where} ${when}`;
  }
  return `${label}: ${whyNoFit ? SHORT_WHY[whyNoFit] : "nothing to compare yet"} in ${where}`;
}

const againstInTitle = (compared: boolean) => (compared ? ", set against the rest" : "");

const SHORT_WHY: Readonly<Record<WhyNoFit, string>> = {
  "too-few-before": "too few periods before the event to compare",
  "too-few-after": "too early to compare before with after",
  "too-many-hidden": "too many figures are hidden to compare before with after",
  "no-one-answer": "these figures do not give one answer",
};

function eventSentences({ event, fit, compared, level, points }: SeriesFacts, where: string): string[] {
  if (!event || !fit) return [];
  const rest =
    compared.length > 0
      ? ` than if it had gone as the ${compared.length === 1 ? "other" : `${compared.length} other`} ${levelOfSeveral(level, compared.length)} did`
      : " than if it had gone on as before";
  const first = isClear(fit.effect)
    ? `In ${where} it was likely ${intervalBeside(fit.effect)} people${isTimes(fit.effect) ? rest.replace(" than if", " as if") : rest}. ${NOT_WHY}`
    : `In ${where} it was ${intervalInWords(fit.effect)} people${rest}, so which way it went is not clear. ${NOT_NOTHING}`;
  const pair = lastPair(points);
  const second = pair
    ? [
        `${pair.words}: about ${inDigits(pair.figure)} people; the same a year before: about ${inDigits(pair.yearBefore)}.`,
      ]
    : [];
  const kept = event.expected.map(
    ({ label, direction }) => `${label} ${direction === "rise" ? "to rise" : "to fall"}`,
  );
  return [
    first,
    ...second,
    `${event.organisationName} expected ${list.format(kept)}. ${whenWrittenInWords(event)}.`,
  ];
}

/** The latest period after the day whose figure shows, with the same a year before. */
function lastPair(
  points: readonly ChangePoint[],
): { words: string; figure: number; yearBefore: number } | null {
  for (const { side, words, figure, yearBefore } of [...points].reverse()) {
    if (side === "after" && figure !== null && yearBefore !== null) return { words, figure, yearBefore };
  }
  return null;
}

function limitsOf(series: SeriesFacts): string[] {
  const { points, type, event, fit, whyNoFit, areas, level, compared, comparedChanged } = series;
  const limits: string[] = [];
  if (event && whyNoFit) limits.push(longWhy(whyNoFit, type));
  if (fit) {
    limits.push(ALONGSIDE);
    const fewest = Math.min(fit.before, fit.after);
    if (fewest < ENOUGH[type]) {
      limits.push(
        `There are ${fit.before} ${periodWord(type, fit.before)} before and ${fit.after} after. The method asks for ${ENOUGH[type]} on each side, so read this as a first look.`,
      );
    }
    if (!fit.holds.comparison) {
      limits.push("There is no comparison area: what changed everywhere at the same time is in this, too.");
    } else if (!fit.holds.line) {
      limits.push(
        `It is taken that ${areas.length === 1 ? "the area" : "the areas"} and the ${compared.length} compared with would have moved alike.`,
      );
    }
    if (comparedChanged > 0) {
      limits.push(
        `In ${comparedChanged} of the ${compared.length} ${levelOfSeveral(level, compared.length)} compared with, an organisation began or stopped reporting since the year before: that moves what was to be expected here.`,
      );
    }
    if (!fit.holds.season && !fit.holds.comparison)
      limits.push("The series is too short to take the season out.");
  }
  const across = points.find(({ side }) => side === "across");
  if (fit && across) limits.push(`${across.words} holds the day itself, so it is left out.`);
  const hidden = points.filter(({ figure }) => figure === null);
  if (hidden.length > 0) {
    limits.push(
      `${hidden.length} of ${points.length} ${periodWord(type, points.length)} ${hidden.length === 1 ? "is" : "are"} left out: ${
        areas.length === 1 ? "the figure is fewer than 10" : "one of the areas has fewer than 10"
      }.`,
    );
  }
  if (areas.length > 1) {
    limits.push(
      `The line adds up the figures of ${areas.length} areas: somebody seen in two of them counts twice, and each figure brings its own small error.`,
    );
  }
  return limits;
}

function longWhy(why: WhyNoFit, type: PeriodType): string {
  switch (why) {
    case "too-few-before":
      return `Before and after cannot be compared: it takes ${FEWEST_BEFORE.compared} settled ${type}s before the event, or ${FEWEST_BEFORE.alone} without a comparison.`;
    case "too-few-after":
      return `Before and after cannot be compared yet: it takes ${FEWEST_AFTER} whole settled ${type}s after the event. Shorter periods may show it sooner.`;
    case "too-many-hidden":
      return "Before and after cannot be compared: too many figures are fewer than 10. Try a larger area, a longer period or a whole domain.";
    case "no-one-answer":
      return "Before and after cannot be compared: these figures fit more than one answer equally well.";
  }
}

/** Whether what is seen may be a new organisation, as far as coverage and the panel tell: by the rule of `reporting`. */
export function reportingInWords({ asked, changedIn, changedInside, panel }: Reporting): string[] {
  const signs = { changedHere: changedIn.length > 0, changedInside: changedInside.length > 0, panel };
  const parting = panel && partingInWords(panel);
  const began =
    changedIn.length > 0
      ? `an organisation began or stopped reporting here between the year before and ${list.format(changedIn)}`
      : changedInside.length > 0
        ? `an organisation began or stopped reporting since the year before in ${placeNames(changedInside)}, inside this place`
        : null;
  const answer = !mayBeReporting(signs)
    ? `No: as far as figures tell, no organisation began or stopped reporting here ${asked === 1 ? "in this period" : "in these periods"}, set against a year before.`
    : `It may be, in part${began ? `: ${began}` : ""}.`;
  if (!panel) return [answer];
  const { name, words, organisations, wholeThen, wholeNow, panelThen, panelNow } = panel;
  const who = organisations === 1 ? "the one organisation" : `the ${organisations} organisations`;
  return [
    answer,
    ...(parting ? [`${parting} (${name}, ${words} against a year before).`] : []),
    `In ${name}, ${who} had about ${inDigits(panelNow)} people with this need in ${words} and about ${inDigits(panelThen)} a year before, counted in the authorities where they reported throughout; everybody together came to about ${inDigits(wholeNow)} and about ${inDigits(wholeThen)}.`,
  ];
}

const placeNames = (names: readonly string[]) =>
  names.length <= MOST_NAMED ? list.format(names) : `${names.length} areas`;

type AreasFacts = Omit<ChangedAreas, "finding">;

/** What the list of areas says. */
export function areasFinding(facts: AreasFacts): Finding {
  const { label, level, event, together, areas, before, after } = facts;
  const when = event ? `after ${monthInWords(event.happensOn)}` : "on a year before";
  if (before === null || after === null) {
    return {
      title: `${label}: ${event ? "too early to compare before with after" : "no period has the same a year before yet"}`,
      sentences: [
        event
          ? "It takes a whole settled period after the event whose same period a year before lies before it."
          : "It takes two settled years, or the same period in two years.",
      ],
      limits: [],
    };
  }
  if (together === null) {
    return {
      title: `${label}: too few ${levelInWords(level)} show a figure`,
      sentences: [
        `Fewer than ${FEWEST_AREAS} ${event ? "others " : ""}show figures both times, so there is nothing to compare them with. Try a larger area, a longer period or a whole domain.`,
      ],
      limits: [],
    };
  }
  const named = (verdict: string) => areas.filter((area) => area.verdict === verdict);
  const above = named("above");
  const below = named("below");
  const parts = [
    ...(above.length > 0 ? [`rose more than elsewhere in ${placesInWords(above, level)}`] : []),
    ...(below.length > 0 ? [`${fellOrRose(below)} in ${placesInWords(below, level)}`] : []),
  ];
  const everywhere = `${event ? "The other" : "All"} ${levelInWords(level)} with figures together ${movedInWords(together)}.`;
  return {
    title:
      parts.length > 0
        ? `${label}: ${list.format(parts)} ${when}`
        : `${label}: no ${ONE[level]} clearly differs from the others ${when}`,
    sentences: [
      `${after}, against ${before}. ${everywhere}`,
      parts.length > 0
        ? NOT_WHY
        : `${NOT_NOTHING} Small ${levelInWords(level)} can change a good deal before it is clear.`,
    ],
    limits: [
      `${lookedAt(facts)} They are named only when it is unlikely that chance alone would name them: of those named, no more than about ${percent(FALSE_DISCOVERY_RATE)} should be there by chance.`,
      ...(event && !event.writtenBefore
        ? ["The event was written down afterwards, so its areas are asked together with all others."]
        : []),
      ...(areas.some(({ coverageChanged }) => coverageChanged)
        ? [
            "Where it says “coverage changed”, an organisation began or stopped in between: that is not a change of need.",
          ]
        : []),
      ...(areas.some(({ verdict }) => verdict === "hidden")
        ? ["Where both figures are fewer than 10, nothing can be said."]
        : []),
      ALONGSIDE,
    ],
  };
}

/** How many areas were asked, of those that show a figure: where one of the two is hidden it can be too open to ask. */
function lookedAt({ tested, areas, level }: AreasFacts): string {
  const shown = areas.filter(({ verdict }) => verdict !== "hidden").length;
  if (shown <= tested) return `${tested} ${levelInWords(level)} were looked at.`;
  return `${tested} of the ${shown} ${levelInWords(level)} that show a figure were looked at; of the other ${shown - tested} one figure is hidden, which leaves open which way they went.`;
}

/** Below the others is not always a fall. */
function fellOrRose(areas: readonly { ratio: Pick<Effect, "ratio"> | null }[]): string {
  return areas.every(({ ratio }) => ratio === null || ratio.ratio < 1)
    ? "fell, set against the others,"
    : "rose less than elsewhere, or fell,";
}

/** What a row of the list says. */
export const VERDICT_WORDS = {
  above: "More than elsewhere",
  below: "Less than elsewhere",
  "not-clear": "Not clear",
  hidden: "Cannot be said",
} as const;
