import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { LadderStep } from "../../../../../server/domain/agreements/value-map";
import { widthOf } from "../../../../_ui/charts/text-width";
import { ValueCurve } from "./value-curve";

const step = (cost: number, value: number): LadderStep => ({
  ...({ place: "household", detail: "known-to" } as const),
  ...{ cost, value },
});
const EARLY = [step(100, 100), step(60, 96), step(30, 90), step(20, 50), step(5, 10)];
const LATE = [step(100, 100), step(85, 80), step(50, 40), step(30, 20), step(5, 4)];

/** Points along the curve, two pixels apart or nearer. */
function pointsOf(html: string): { x: number; y: number }[] {
  const corners = (/<polyline points="([^"]+)"/.exec(html)?.[1] ?? "").split(" ").map((pair) => {
    const [x = Number.NaN, y = Number.NaN] = pair.split(",").map(Number);
    return { x, y };
  });
  return corners.slice(1).flatMap((to, at) => {
    const from = corners[at] ?? to;
    return Array.from({ length: 201 }, (_, part) => ({
      x: from.x + ((to.x - from.x) * part) / 200,
      y: from.y + ((to.y - from.y) * part) / 200,
    }));
  });
}

const boxesOf = (html: string) =>
  [...html.matchAll(/<text x="([\d.]+)" y="([\d.]+)" text-anchor="(start|end)">([^<]+)</g)].map(
    ([, x, y, anchor, words = ""]) => {
      const width = widthOf(words, 13.5, "bold");
      const left = Number(x) - (anchor === "end" ? width : 0);
      return { words, left, right: left + width, top: Number(y) - 11, bottom: Number(y) + 3 };
    },
  );

test.each([
  [300, EARLY, 2],
  [358, EARLY, 2],
  [760, EARLY, 2],
  [300, LATE, 1],
  [358, LATE, 1],
  [760, LATE, 1],
])(
  "on a chart %i pixels wide the words at the knee stand clear of the curve, whole and inside",
  (width, steps, at) => {
    const html = renderToStaticMarkup(
      <ValueCurve width={width} steps={steps} bend={steps[at] ?? null} most={100} />,
    );
    const boxes = boxesOf(html);
    expect(boxes.map(({ words }) => words).join(" ")).toBe("The knee: household, known to");
    const points = pointsOf(html);
    expect(points.length).toBeGreaterThan(0);
    for (const { left, right, top, bottom } of boxes) {
      expect(left).toBeGreaterThan(0);
      expect(right).toBeLessThan(width);
      expect(points.filter(({ x, y }) => x > left && x < right && y > top && y < bottom)).toEqual([]);
    }
  },
);
