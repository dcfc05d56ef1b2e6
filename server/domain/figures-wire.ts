/**
 * Figures of a level as they travel: numbers in the order of the level's areas, without the areas, which the browser
 * fetches once for a geography and keeps. 11,000 sectors are some ten kilobytes when compressed, where a name beside
 * each number would be a hundred. Nothing is told that the figures do not tell.
 */

import { type Figure, ROUNDED_TO, ratePerThousand, readFigure } from "./disclosure";
import type { MapFigures, NamedArea } from "./figures";
import type { NotOnMenu } from "./menu";

/** What is left of a map's figures without its areas. */
export interface FigureNumbers extends Omit<MapFigures, "areas" | "figures" | "rates" | "notPublished"> {
  /** For each area in order: its figure in fives; 0 when there is none. */
  fives: number[];
  /** Places of areas whose figure is not on the reader's menu, by the reason. */
  refused: { reason: NotOnMenu; at: number[] }[];
}

/** The numbers of a map's figures. */
export function toNumbers({ areas, figures, rates: _, notPublished, ...rest }: MapFigures): FigureNumbers {
  const placeOf = new Map(areas.map(({ area }, at) => [area, at]));
  const refused = new Map<NotOnMenu, number[]>();
  for (const { area, reason } of notPublished) {
    const at = placeOf.get(area);
    if (at === undefined) continue;
    const places = refused.get(reason);
    if (places) places.push(at);
    else refused.set(reason, [at]);
  }
  return {
    ...rest,
    fives: figures.map((figure) => (figure ?? 0) / ROUNDED_TO),
    refused: [...refused].map(([reason, at]) => ({ reason, at })),
  };
}

/** A map's figures from their numbers and the areas that these are of. Throws when there are not as many of both. */
export function fromNumbers(
  { fives, refused, ...rest }: FigureNumbers,
  areas: readonly NamedArea[],
): MapFigures {
  if (fives.length !== areas.length) throw new Error("These numbers are of other areas");
  const figures = fives.map((number): Figure | null =>
    number === 0 ? null : readFigure(number * ROUNDED_TO),
  );
  return {
    ...rest,
    areas: [...areas],
    figures,
    rates: figures.map((figure, at) => ratePerThousand(figure, areas[at]?.households ?? null)),
    notPublished: refused.flatMap(({ reason, at }) =>
      at.flatMap((place) => {
        const area = areas[place]?.area;
        return area === undefined ? [] : [{ area, reason }];
      }),
    ),
  };
}
