/** The charts of a paper as text: what each must show, at every width, without a browser. */
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { BarsChart, PaperChart as Chart } from "../../../server/domain/impact/paper";
import { PaperChart } from "./paper-chart";
import { widthOf } from "./text-width";

const bars = (over: Partial<BarsChart> = {}): BarsChart => ({
  kind: "bars",
  whole: "people who brought this need",
  part: "with one resolved by 30 September",
  unit: "people",
  bars: [
    { label: "Housing", whole: 300, part: 100, note: "100 resolved" },
    { label: "Work", whole: 100, part: 50, note: "50 resolved" },
  ],
  ...over,
});
const bar = (label: string, whole: number | null, part: number | null, note = "") => ({
  label,
  whole,
  part,
  note,
});

const CHARTS: Readonly<Record<Chart["kind"], Chart>> = {
  bars: bars(),
  slope: {
    kind: "slope",
    first: { label: "First answer", value: 3.9, low: 3.5, high: 4.3 },
    latest: { label: "Latest answer", value: 5.6, low: 5.2, high: 6 },
    lowest: 0,
    highest: 10,
    unit: "points, 0 to 10",
  },
  profile: {
    kind: "profile",
    bars: Array.from({ length: 10 }, (_, at) => ({
      label: String(at + 1),
      share: at === 8 ? null : 0.3 / (at + 1),
      against: 0.1,
    })),
    from: "Most deprived tenth",
    to: "Least deprived",
    against: "homes in the same places",
  },
  survival: {
    kind: "survival",
    points: [
      { days: 5, share: 0.8, low: 0.7, high: 0.9 },
      { days: 34, share: 0.45, low: 0.3, high: 0.6 },
      { days: 90, share: 0.2, low: 0.1, high: 0.3 },
    ],
    median: 34,
    across: "days since the first contact",
    up: "share not yet resolved",
  },
  curves: {
    ...{ kind: "curves", days: [90, 180, 365], treated: [90, 80, 69], comparison: [85, 71, 57] },
    names: { treated: "took part", comparison: "similar people" },
  },
  dots: {
    kind: "dots",
    filled: "reoffended within a year",
    groups: [
      { label: "with a mentor", filled: 31, note: "160 people" },
      { label: "similar people without", filled: 43, note: "7,215 people, worth 4,100 after weighting" },
    ],
  },
  forest: {
    kind: "forest",
    scale: "shared",
    unit: "Difference for every 100 people",
    ends: { less: "fewer", none: "same", more: "more" },
    lines: [
      {
        ...{ label: "Main method", note: "", difference: -12, low: -19, high: -5 },
        ...{ words: "−12 (−19 to −5)", clear: true, main: true },
      },
      {
        ...{ label: "No matching at all", note: "groups not alike", difference: -4, low: -11, high: 3 },
        ...{ words: "−4 (−11 to +3)", clear: false, main: false },
      },
    ],
  },
  funnel: {
    kind: "funnel",
    unit: "people",
    stages: [
      { label: "Sent by the organisation", people: 320, lost: "" },
      { label: "Found in the records", people: 285, lost: "20 not found, 15 had no full date of birth" },
      { label: "Matched to similar people", people: null, lost: "30 had nobody similar enough" },
    ],
  },
  love: {
    kind: "love",
    unit: "standardised difference, hundredths",
    ...{ good: 5, fair: 10, before: "before matching", after: "after" },
    lines: [
      { label: "Earlier convictions", before: 34, after: 3 },
      { label: "Age at first conviction", before: -140, after: -2 },
    ],
  },
  timeline: {
    kind: "timeline",
    unit: "people helped",
    points: ["Q1", "Q2", "Q3", "Q4", "Q1"].map((label, at) => ({
      label,
      group: at === 0 ? "2025" : at === 4 ? "2026" : null,
      value: at === 1 ? null : 100 + at,
      marked: at === 4,
    })),
  },
};

const draw = (chart: Chart, width = 640) =>
  renderToStaticMarkup(<PaperChart chart={chart} width={width} label="A chart" />);

const attribute = (tag: string, name: string) => tag.match(new RegExp(` ${name}="([^"]*)"`))?.[1];
const rects = (svg: string, fill: string) =>
  (svg.match(/<rect[^>]*>/g) ?? []).filter((tag) => attribute(tag, "fill") === fill);
const inBars = (svg: string, fill: string) =>
  rects(svg, fill)
    .filter((tag) => attribute(tag, "height") === "24")
    .map((tag) => Number(attribute(tag, "width")) + 1);

test("a bar is a whole with a part in it, and both are in proportion", () => {
  const svg = draw(bars());
  const [housing = 0, work = 0] = inBars(svg, "var(--brand)");
  const [housingRest = 0, workRest = 0] = inBars(svg, "var(--q2)");
  expect(housing / work).toBeCloseTo(2, 5);
  expect((housing + housingRest) / (work + workRest)).toBeCloseTo(3, 5);
  expect(svg).toContain(">300<");
  expect(svg).toContain(">100 resolved<");
  expect(svg).toContain("with one resolved by 30 September");
});

test("bars stand in the order given", () => {
  const svg = draw(bars());
  expect(svg.indexOf("Housing")).toBeLessThan(svg.indexOf("Work"));
});

test("a hidden whole is hatched and said, never a bar", () => {
  const svg = draw(bars({ bars: [bar("Housing", 30, 10), bar("Immigration", null, null)] }));
  expect(svg.match(/fill="url\(#[^"]+\)"/g)).toHaveLength(2); // in the bar's place and in the key
  expect(svg).toContain("fewer than 10, or none");
  expect(inBars(svg, "var(--q2)")).toHaveLength(1);
});

test("a hidden part is hatched on its whole, which keeps its length", () => {
  const svg = draw(bars({ bars: [bar("Housing", 100, 50), bar("Work", 100, null)] }));
  const [housing = 0] = inBars(svg, "var(--brand)");
  const [housingRest = 0, work = 0] = inBars(svg, "var(--q2)");
  expect(work).toBeCloseTo(housing + housingRest, 5);
  expect(svg.lastIndexOf("url(#")).toBeGreaterThan(svg.lastIndexOf('fill="var(--q2)"'));
});

test("none is not hidden: no bar, the number 0 and no hatching", () => {
  const svg = draw(bars({ part: null, bars: [bar("Housing", 30, null), bar("Work", 0, null)] }));
  expect(svg).toContain(">0<");
  expect(svg).not.toContain("url(#");
});

test("a part that was rounded above its whole does not draw the whole backwards", () => {
  const svg = draw(bars({ bars: [bar("Housing", 10, 15)] }));
  expect(svg).not.toMatch(/(?:width|height)="-/);
});

test("two means are joined on the whole scale, each with its interval drawn and said", () => {
  const svg = draw(CHARTS.slope);
  expect(svg).toContain(">3.9<");
  expect(svg).toContain(">5.6<");
  expect(svg).toContain("3.5 to 4.3");
  expect(svg).toContain(">0<");
  expect(svg).toContain(">10<");
  expect(svg.match(/<circle/g)).toHaveLength(2);
});

test("a mean without an interval has none drawn", () => {
  const { slope } = CHARTS;
  if (slope.kind !== "slope") throw new Error("not a slope");
  const svg = draw({ ...slope, first: { ...slope.first, low: null, high: null } });
  expect(svg).not.toContain("3.5 to 4.3");
  expect(svg).toContain("5.2 to 6.0");
});

test("a profile has a line for each tenth that there is something to hold against", () => {
  const svg = draw(CHARTS.profile);
  expect(svg.match(/stroke="var\(--ink\)" stroke-width="2.5"/g)).toHaveLength(11); // and one in the key
  expect(svg).toContain("homes in the same places");
  expect(svg).toContain("Most deprived tenth");
  expect(svg.match(/url\(#/g)).toHaveLength(1);
});

test("a survival curve falls in steps from all at day 0, and the half is marked", () => {
  const svg = draw(CHARTS.survival);
  const curve = svg.match(/d="(M[^"]+)" fill="none" stroke="var\(--brand\)"/)?.[1] ?? "";
  const points = [...curve.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map((match) => [
    Number(match[1]),
    Number(match[2]),
  ]);
  expect(points).toHaveLength(7); // the start, and two corners for each step
  for (const [at, [x = 0, y = 0]] of points.entries()) {
    const [before = x, above = y] = points[at - 1] ?? [];
    expect(x === before || y === above).toBe(true);
    expect(y).toBeGreaterThanOrEqual(above);
  }
  expect(svg).toContain("half within 34 days");
});

test("where half are not over, nothing is marked", () => {
  const { survival } = CHARTS;
  if (survival.kind !== "survival") throw new Error("not a curve");
  expect(draw({ ...survival, median: null })).not.toContain("half within");
});

test("the last period stands out, a hidden one is hatched, and the year stands under its first", () => {
  const svg = draw(CHARTS.timeline);
  expect(rects(svg, "var(--brand)")).toHaveLength(1);
  expect(svg.match(/url\(#/g)).toHaveLength(1);
  expect(svg).toContain(">2026<");
  expect(svg).toContain(">104<");
});

test("of a hundred dots as many are filled as people in every hundred, group by group", () => {
  const svg = draw(CHARTS.dots);
  expect(svg.match(/<circle[^>]*fill="var\(--brand\)"/g)).toHaveLength(31);
  expect(svg.match(/<circle[^>]*fill="var\(--ink-2\)"/g)).toHaveLength(43);
  expect(svg.match(/<circle/g)).toHaveLength(200);
});

test("an interval that holds no difference has a hollow point", () => {
  const points = [...draw(CHARTS.forest).matchAll(/<circle[^>]*fill="([^"]+)"/g)].map((match) => match[1]);
  expect(points).toEqual(["var(--brand)", "var(--surface)"]);
});

test("lines of several units have no difference under one another", () => {
  const { forest } = CHARTS;
  if (forest.kind !== "forest") throw new Error("not a forest");
  const svg = draw({ ...forest, scale: "own" });
  const same = [...svg.matchAll(/<line x1="([\d.]+)"[^>]*stroke-dasharray="3 3"/g)].map((match) => match[1]);
  expect(same).toHaveLength(2);
  expect(new Set(same).size).toBe(1);
});

test("who is lost is left open on the bar, in proportion, and a hidden stage has no length", () => {
  const svg = draw(CHARTS.funnel);
  const lost = [...svg.matchAll(/<rect x="([\d.]+)"[^>]*width="([\d.]+)"[^>]*fill="none"/g)].map((match) =>
    match.slice(1).map(Number),
  );
  expect(lost).toHaveLength(1);
  const [[from = 0, length = 0] = []] = lost;
  expect((from + length) / from).toBeCloseTo(320 / 285, 1);
  expect(svg).toContain("fewer than 10, or none");
});

test("a thing that was far apart is drawn at the edge of the love plot, as an arrow", () => {
  const svg = draw(CHARTS.love);
  expect(svg.match(/<path d="M[^"]+z"/g)).toHaveLength(1);
  expect(svg).toContain("Earlier convictions: +34 before matching, +3 after");
});

test.each(Object.values(CHARTS))("$kind is drawn alike each time, and its ids are its own", (chart) => {
  expect(draw(chart)).toBe(draw(chart));
  const ids = (label: string) =>
    [
      ...renderToStaticMarkup(<PaperChart chart={chart} width={640} label={label} says="Words" />).matchAll(
        / id="([^"]+)"/g,
      ),
    ].map((match) => match[1]);
  expect(ids("One").filter((id) => ids("Two").includes(id))).toEqual([]);
});

const LONG = "Help with a very long name that somebody gave to a need, a service or an outcome of a funder";
const LONG_CHARTS: readonly Chart[] = [
  ...Object.values(CHARTS),
  bars({
    whole: LONG,
    part: LONG,
    unit: LONG,
    bars: [bar(LONG, 1_234_567, 12, LONG), bar(LONG.replaceAll(" ", ""), null, null, LONG)],
  }),
  { ...CHARTS.slope, unit: LONG } as Chart,
  {
    kind: "funnel",
    unit: "people",
    stages: [
      { label: "Sent by the organisation", people: 2_320_000, lost: "" },
      { label: "Found in the records", people: 12, lost: LONG },
      { label: "Matched to similar people", people: null, lost: LONG },
    ],
  },
  {
    kind: "love",
    unit: LONG,
    ...{ good: 5, fair: 10, before: "before matching", after: "after" },
    lines: [{ label: LONG, before: 340, after: -3 }],
  },
  {
    kind: "dots",
    filled: LONG,
    groups: [
      { label: LONG, filled: 0, note: LONG },
      { label: LONG, filled: 100, note: LONG },
    ],
  },
];

test.each([300, 358, 520, 680, 960])("at a width of %i no words run over the edge", (width) => {
  for (const chart of LONG_CHARTS) {
    for (const { text, from, to } of wordsIn(draw(chart, width))) {
      expect(from, `"${text}" in ${chart.kind}`).toBeGreaterThanOrEqual(-1);
      expect(to, `"${text}" in ${chart.kind}`).toBeLessThanOrEqual(width + 1);
    }
  }
});

/** Where the words of a picture begin and end across, as far as their letters tell. */
function wordsIn(svg: string) {
  const found: { text: string; from: number; to: number }[] = [];
  for (const [, group = "", inner = ""] of svg.matchAll(/<text([^>]*)>(.*?)<\/text>/g)) {
    const size = Number(attribute(group, "font-size") ?? 12.5);
    const lines = inner.startsWith("<tspan x=")
      ? [...inner.matchAll(/<tspan x="([\d.]+)"[^>]*>([^<]*)/g)].map((match) => [match[1], match[2]] as const)
      : [[attribute(group, "x"), inner.replace(/<[^>]*>/g, " ")] as const];
    for (const [x, text = ""] of lines) {
      const room = widthOf(text.trim(), size);
      const anchor = attribute(group, "text-anchor") ?? "start";
      const from = Number(x) - (anchor === "end" ? room : anchor === "middle" ? room / 2 : 0);
      found.push({ text, from, to: from + room });
    }
  }
  return found;
}
