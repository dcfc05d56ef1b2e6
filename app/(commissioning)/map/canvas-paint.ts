/**
 * Paint for a map on canvas: the tokens as colours, and a Leaflet canvas that can fill with a pattern, so that
 * "fewer than 10" is hatched and what is not published is dotted, as in the legend and the table.
 */

import L from "leaflet";

export type Fill = "few" | "none" | `--q${number}`;

/** Colours of the page's theme as the canvas needs them. */
export interface Palette {
  colour: (token: string) => string;
  pattern: (fill: "few" | "none") => CanvasPattern | null;
}

/** Reads the theme in force at an element. Read it again when the reader's preference changes. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const colour = (token: string) => style.getPropertyValue(token).trim();
  const patterns = {
    few: makePattern(6, colour("--surface"), (context) => {
      context.strokeStyle = colour("--hatch");
      context.lineWidth = 1.3;
      // Diagonals that meet across tiles.
      for (const shift of [-6, 0, 6]) {
        context.moveTo(shift, 6);
        context.lineTo(shift + 6, 0);
      }
      context.stroke();
    }),
    none: makePattern(7, colour("--sunk"), (context) => {
      context.fillStyle = colour("--ink-2");
      context.arc(2.5, 2.5, 1, 0, 2 * Math.PI);
      context.fill();
    }),
  };
  return { colour, pattern: (fill) => patterns[fill] };
}

function makePattern(
  size: number,
  ground: string,
  draw: (context: CanvasRenderingContext2D) => void,
): CanvasPattern | null {
  // Drawn at twice its size and scaled back, so that lines stay sharp on dense screens.
  const tile = document.createElement("canvas");
  tile.width = size * 2;
  tile.height = size * 2;
  const context = tile.getContext("2d");
  if (!context) return null;
  context.scale(2, 2);
  context.fillStyle = ground;
  context.fillRect(0, 0, size, size);
  context.beginPath();
  draw(context);
  const pattern = context.createPattern(tile, "repeat");
  pattern?.setTransform(new DOMMatrix().scale(0.5));
  return pattern;
}

export interface PatternOptions extends L.PolylineOptions {
  fillPattern?: CanvasPattern | null;
}

interface PaintedPath {
  options: PatternOptions;
}

/** Leaflet 1.9.4 paints every path through `_fillStroke`; this one knows patterns too, and else does the same. */
class PatternCanvas extends L.Canvas {
  _fillStroke(context: CanvasRenderingContext2D, { options }: PaintedPath) {
    if (options.fill) {
      context.globalAlpha = options.fillOpacity ?? 1;
      context.fillStyle = options.fillPattern ?? options.fillColor ?? options.color ?? "transparent";
      context.fill("evenodd");
    }
    if (options.stroke && options.weight) {
      context.globalAlpha = options.opacity ?? 1;
      context.lineWidth = options.weight;
      context.strokeStyle = options.color ?? "transparent";
      context.lineCap = "round";
      context.lineJoin = "round";
      context.stroke();
    }
  }
}

/** A canvas for areas; `padding` is how much is drawn beyond the edge, so that a drag shows no blanks. */
export function makePatternCanvas(): L.Canvas {
  return new PatternCanvas({ padding: 0.3 });
}
