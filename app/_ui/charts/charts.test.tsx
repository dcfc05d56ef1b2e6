/** Charts as text: what a document made on the server would carry, without a browser. */
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { BarSeries, labelsWithRoom } from "./bar-series";
import { HorizontalBars } from "./horizontal-bars";
import { LineSeries } from "./line-series";
import { MixBar, shareInMostDeprivedFifth } from "./mix-bar";

const heights = (svg: string, fill: string) =>
  [...svg.matchAll(/<rect[^>]*height="([\d.]+)"[^>]*fill="([^"]+)"/g)]
    .filter((match) => match[2] === fill)
    .map((match) => Number(match[1]));

test("a bar series starts at zero: twice the number is twice the height", () => {
  const svg = renderToStaticMarkup(
    <BarSeries
      width={300}
      height={120}
      label="Two months"
      tick={String}
      bars={[
        { key: "a", label: "A", value: 50, words: "April: 50" },
        { key: "b", label: "M", value: 100, words: "May: 100" },
      ]}
    />,
  );
  const [april = 0, may = 0] = heights(svg, "var(--line-strong)");
  expect(may / april).toBeCloseTo(2, 5);
  expect(svg).toContain('aria-label="Two months"');
  expect(svg).toContain(">100<");
});

test("a hidden figure is hatched and has no bar", () => {
  const svg = renderToStaticMarkup(
    <BarSeries
      width={300}
      height={120}
      label="One month"
      tick={String}
      bars={[{ key: "a", label: "A", value: null, absence: "few", words: "April: fewer than 10" }]}
    />,
  );
  expect(heights(svg, "var(--line-strong)")).toEqual([]);
  expect(svg).toContain("url(#");
  expect(svg).toContain("fewer than 10");
});

test("a day to see among the bars stands where so much of its period has passed", () => {
  const placesOf = (passed: number) => {
    const svg = renderToStaticMarkup(
      <BarSeries
        width={300}
        height={120}
        label="One month"
        tick={String}
        bars={[{ key: "a", label: "A", value: 50, words: "April: 50" }]}
        flags={[{ key: "a", passed, words: "The works close, 15 April 2026" }]}
      />,
    );
    expect(svg).toContain("<title>The works close, 15 April 2026</title>");
    return Number(/<circle cx="([\d.]+)"/.exec(svg)?.[1]);
  };
  expect(placesOf(0.5)).toBeGreaterThan(placesOf(0));
  expect(placesOf(1)).toBeLessThanOrEqual(300);
});

test("a number that is not final has a paler bar with a broken edge", () => {
  const barOf = (isOpen: boolean) =>
    renderToStaticMarkup(
      <BarSeries
        width={300}
        height={120}
        label="One month"
        tick={String}
        bars={[{ key: "a", label: "A", value: 50, isOpen, words: "April: 50" }]}
      />,
    );
  expect(barOf(true)).toContain("stroke-dasharray");
  expect(barOf(false)).not.toContain("stroke-dasharray");
});

test("labels that would touch are left out, and the marked ones come first", () => {
  const bars = [..."AMJJASONDJFM"].map((label, at) => ({ label, marked: at >= 3 && at <= 5 }));
  expect([...labelsWithRoom(bars, 20)].sort((a, b) => a - b)).toEqual(bars.map((_, at) => at));
  const narrow = [...labelsWithRoom(bars, 6)].sort((a, b) => a - b);
  expect(narrow).toEqual([0, 3, 6, 9]);
});

test("a line breaks where there is no number", () => {
  const svg = renderToStaticMarkup(
    <LineSeries
      width={200}
      height={40}
      label="Four quarters"
      points={[
        { key: "1", value: 10, words: "" },
        { key: "2", value: null, words: "" },
        { key: "3", value: 30, words: "" },
        { key: "4", value: 20, words: "", marked: true },
      ]}
    />,
  );
  expect(svg.match(/ d="([^"]+)"[^>]*stroke="var\(--brand\)"/)?.[1]?.match(/M/g)).toHaveLength(2);
});

test("the parts of a mix fill the bar", () => {
  const tenths = [30, 20, 10, 0, 0, 0, 0, 0, 0, 40];
  const svg = renderToStaticMarkup(<MixBar width={200} tenths={tenths} label="Mix" />);
  const widths = [...svg.matchAll(/width="([\d.]+)"[^>]*fill="color-mix/g)].map((match) => Number(match[1]));
  expect(widths).toEqual([60, 40, 20, 80]);
  expect(shareInMostDeprivedFifth(tenths)).toBe(50);
  expect(shareInMostDeprivedFifth([])).toBeNull();
});

test("lying bars keep their proportions and say their numbers", () => {
  const bar = (key: string, value: number) => ({
    key,
    label: key,
    parts: [{ name: "open", value, fill: "var(--q2)" }],
    total: String(value),
    note: "",
  });
  const svg = renderToStaticMarkup(
    <HorizontalBars width={600} label="By domain" bars={[bar("Housing", 30), bar("Work", 10)]} />,
  );
  const widths = [...svg.matchAll(/width="([\d.]+)"[^>]*fill="var\(--q2\)"/g)].map(
    (match) => Number(match[1]) + 1,
  );
  expect((widths[0] ?? 0) / (widths[1] ?? 1)).toBeCloseTo(3, 5);
  expect(svg).toContain(">30<");
});
