import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import type { MaskedComparison } from "../../../server/domain/link-review";
import { Waterfall, waterfallTable } from "./waterfall";

const comparison: MaskedComparison = {
  initials: "D H",
  place: "SR4 6",
  rows: [],
  prior: -13.2,
  parts: [
    { label: "Phone", words: "different", weight: -2.1 },
    { label: "Family name", words: "same, rare", weight: 9.1 },
    { label: "Birth date", words: "one digit differs", weight: 3.4 },
    { label: "Place", words: "same sector, other postcode", weight: 7.4 },
  ],
  missing: ["E-mail", "NHS number"],
  vetoes: [],
  reviewFrom: 0,
  linkFrom: 6.6,
  model: { version: "m3", madeOn: null },
  parting: { pairs: [] },
};
const draw = (width: number) =>
  renderToStaticMarkup(<Waterfall comparison={comparison} weight={4.6} probability={0.96} width={width} />);
const numbers = (markup: string, name: string) =>
  [...markup.matchAll(new RegExp(`${name}="(-?[\\d.]+)"`, "g"))].map(([, value]) => Number(value));

describe("The waterfall", () => {
  test.each([320, 520, 700])("draws a bar for each weight, inside its %d pixels", (width) => {
    const markup = draw(width);
    const bars = [...markup.matchAll(/<rect [^>]*rx="3"[^>]*>/g)].map(([bar]) => bar);
    expect(bars).toHaveLength(5);
    for (const bar of bars) {
      const [x = 0] = numbers(bar, " x");
      const [length = 0] = numbers(bar, " width");
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + length).toBeLessThanOrEqual(width);
    }
  });

  test("fills what speaks for one person and leaves hollow what speaks against: never by colour alone", () => {
    const bars = [...draw(520).matchAll(/<rect [^>]*rx="3"[^>]*fill="var\(--(\w+)\)"/g)].map(
      ([, fill]) => fill,
    );
    expect(bars).toEqual(["surface", "brand", "brand", "brand", "surface"]);
    for (const weight of ["−13.2", "+9.1", "+7.4", "+3.4", "−2.1"]) expect(draw(520)).toContain(weight);
  });

  test("says everything in words too, for whoever hears it", () => {
    expect(draw(520)).toContain(
      'aria-label="How rare a match is −13.2; Family name: same, rare +9.1; Place: same sector, other postcode +7.4; Birth date: one digit differs +3.4; Phone: different −2.1. Result +4.6, or 96 in 100."',
    );
  });

  test("has a table that adds up to the same", () => {
    expect(waterfallTable(comparison, 4.6, 0.96).rows.map(({ cells }) => cells)).toEqual([
      ["How rare a match is", "−13.2", "−13.2"],
      ["Family name: same, rare", "+9.1", "−4.1"],
      ["Place: same sector, other postcode", "+7.4", "+3.3"],
      ["Birth date: one digit differs", "+3.4", "+6.7"],
      ["Phone: different", "−2.1", "+4.6"],
      ["Not in both: e-mail and NHS number", "no evidence", ""],
      ["Result", "96 in 100", "+4.6"],
    ]);
  });
});
