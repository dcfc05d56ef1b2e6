/**
 * A chart of a paper as an SVG file: the picture of the screen in the colours of a document, with its title and what it
 * says inside. The same chart gives the same bytes. No page may import this: pages draw the component itself.
 */
import { renderToStaticMarkup } from "react-dom/server";
import { DOCUMENT_PALETTE } from "../../app/_ui/charts/palette";
import { PaperChart } from "../../app/_ui/charts/paper-chart";
import type { ChartBlock } from "../domain/impact/paper";

/**
 * The SVG of a chart as text, of a width in pixels from 300 to 960; its height follows from what it holds. With a foot
 * ("Wear Advice, July to September 2026, counted on 24 November 2026") its words stand round it, for a file that travels
 * alone; without, for a document that says them beside it.
 */
export function chartSvg(
  { chart, title, says }: Pick<ChartBlock, "chart" | "title" | "says">,
  width: number,
  foot?: string,
): string {
  return renderToStaticMarkup(
    <PaperChart
      chart={chart}
      width={width}
      palette={DOCUMENT_PALETTE}
      label={title}
      says={says}
      {...(foot !== undefined && { foot })}
    />,
  );
}
