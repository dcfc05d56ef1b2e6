/** How each area of a map is painted and what it says when pointed at: from its value and the legend, nothing else. */

import { classOf } from "../../../server/domain/figures";
import type { Level } from "../../../server/domain/geography";
import type { Fill } from "./canvas-paint";
import { ABSENCE_WORDS, areaInWords, type RankedArea, valueInWords } from "./finding";
import type { Measure } from "./view";

export interface PaintedArea {
  fill: Fill;
  tip: string;
}

/** Each area's paint. `also` says more when it is pointed at. */
export function paintsOf(
  ranked: readonly RankedArea[],
  legend: { level: Level; measure: Measure; breaks: readonly number[] },
  also: (area: number) => string | null = () => null,
): ReadonlyMap<number, PaintedArea> {
  const { level, measure, breaks } = legend;
  const tipOf = (area: RankedArea, says: string) => {
    const more = also(area.area);
    return `${areaInWords(area, level)}: ${says}${more === null ? "" : `. ${more}`}`;
  };
  return new Map(
    ranked.map((area): [number, PaintedArea] => {
      if (area.value !== null) {
        const says = valueInWords(area, measure) ?? "";
        return [area.area, { fill: `--q${classOf(area.value, breaks)}`, tip: tipOf(area, says) }];
      }
      if (area.absence === "few") return [area.area, { fill: "few", tip: tipOf(area, "fewer than 10") }];
      const known = area.absence === "coverage" ? valueInWords(area, measure) : null;
      const why = ABSENCE_WORDS[area.absence ?? "not-published"];
      return [area.area, { fill: "none", tip: tipOf(area, known === null ? why : `${known}, ${why}`) }];
    }),
  );
}
