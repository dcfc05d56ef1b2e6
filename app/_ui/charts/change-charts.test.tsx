/** Charts of change as text: doubt is drawn, hidden is a gap, and what is not clear is hollow. */
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ChangeSeries, type SeriesMark } from "./change-series";
import { Funnel } from "./funnel";

const mark = (key: string, value: number | null, over: Partial<SeriesMark> = {}): SeriesMark => ({
  key,
  label: key,
  value,
  interval: value === null ? null : { low: value - 5, high: value + 5 },
  yearBefore: null,
  expected: null,
  words: `${key}: ${value ?? "fewer than 10"}`,
  ...over,
});

const chart = (marks: SeriesMark[]) =>
  renderToStaticMarkup(
    <ChangeSeries
      width={600}
      height={300}
      marks={marks}
      event={{ at: 2, words: "A pantry <opens>" }}
      label="People by month"
    />,
  );

test("each figure has its interval, and a hidden one is a hatched gap", () => {
  const svg = chart([mark("A", 50), mark("B", null), mark("C", 40), mark("D", 45)]);
  expect(svg.match(/opacity="0.55"/g)).toHaveLength(3);
  expect(svg).toContain("url(#");
  expect(svg).toContain("B: fewer than 10");
  // The line of the figures breaks where there is none.
  const paths = [...svg.matchAll(/<path d="([^"]*)"[^>]*stroke="var\(--brand\)"/g)].map(([, d]) => d ?? "");
  expect(paths.at(-1)?.match(/M/g)).toHaveLength(2);
});

test("the event stands on its day, in words that are text and nothing else", () => {
  const svg = chart([mark("A", 50), mark("B", 40), mark("C", 40)]);
  expect(svg).toContain("A pantry &lt;opens&gt;");
});

test("what was to be expected is drawn after the day alone, with its band", () => {
  const expected = { mean: 60, low: 50, high: 70 };
  const svg = chart([mark("A", 50), mark("B", 50), mark("C", 30, { expected }), mark("D", 35, { expected })]);
  expect(svg).toMatch(/<path d="M[^"]+Z" fill="var\(--ink-3\)"/);
  expect(svg).toMatch(/stroke="var\(--ink\)" stroke-width="1.8"/);
});

test("a funnel names what is clear and leaves the rest hollow", () => {
  const svg = renderToStaticMarkup(
    <Funnel
      width={500}
      height={300}
      label="Areas"
      limits={() => [{ name: "95%", low: 0.7, high: 1.4 }]}
      points={[
        { key: "1", label: "ZZ1", information: 20, ratio: 2, isClear: true, words: "ZZ1" },
        { key: "2", label: "ZZ2", information: 40, ratio: 1.1, isClear: false, words: "ZZ2" },
      ]}
    />,
  );
  expect(svg).toContain(">ZZ1</text>");
  expect(svg).not.toContain(">ZZ2</text>");
  expect(svg.match(/r="5" fill="var\(--surface\)"/g)).toHaveLength(1);
});
