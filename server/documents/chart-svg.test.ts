/** A chart as a file: whole in itself, the same bytes each time, and nothing that only a browser or a page could give. */
import { expect, test } from "vitest";
import { chartSvg } from "./chart-svg";
import { chartsOf } from "./paper-words";
import { samplePaper } from "./testing-paper";

const charts = chartsOf(samplePaper());

test.each(charts)("$name names itself, says what it says, and is the same each time", (block) => {
  const svg = chartSvg(block, 640);
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="640"/);
  const [, title, says] = svg.match(/aria-labelledby="(\S+) (\S+)"/) ?? [];
  expect(svg).toContain(`<title id="${title}">`);
  expect(svg).toContain(`<desc id="${says}">`);
  expect(svg).toContain('font-family="Atkinson Hyperlegible Next, Arial, sans-serif"');
  expect(chartSvg(block, 640)).toBe(svg);
});

test.each(charts)("$name asks nothing of a style sheet", (block) => {
  const svg = chartSvg(block, 640);
  expect(svg).not.toMatch(/var\(|color-mix|<style|class=|currentColor/);
  for (const [, used] of svg.matchAll(/url\(#([^)]+)\)/g)) expect(svg).toContain(`<pattern id="${used}"`);
});

test("charts side by side in one document share no id, one chart for two widths included", () => {
  const ids = charts.flatMap((block) =>
    [...`${chartSvg(block, 640)}${chartSvg(block, 320)}`.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

test("a chart that travels alone shows its title, its words and whose numbers they are", () => {
  const block = { ...charts[0], title: "Half had one <resolved>", says: "Of 310, 105 did." };
  const { chart } = block;
  if (!chart) throw new Error("The paper has no chart");
  const svg = chartSvg({ ...block, chart }, 640, "Wear Advice, July to September 2026.");
  expect(svg).toContain(">Half had one &lt;resolved&gt;</text>");
  expect(svg).toContain(">Of 310, 105 did.</text>");
  expect(svg).toContain(">Wear Advice, July to September 2026.</text>");
});
