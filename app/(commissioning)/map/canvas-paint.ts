/**
 * Paint for a map on canvas: the tokens of the page's theme as colours, and patterns, so that "fewer than 10" is
 * hatched and what is not published is dotted, as in the legend and the table.
 */

export type Pattern = "few" | "none";
export type Fill = Pattern | `--q${number}`;

/** Colours of the page's theme as the canvas needs them. */
export interface Palette {
  colour: (token: string) => string;
  /** What fills an area; null where the browser gives no pattern. */
  fill: (fill: Fill) => string | CanvasPattern | null;
}

/** Reads the theme in force at an element. Read it again when the reader's preference changes. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const colour = (token: string) => style.getPropertyValue(token).trim();
  const patterns: Readonly<Record<Pattern, CanvasPattern | null>> = {
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
  return { colour, fill: (fill) => (fill === "few" || fill === "none" ? patterns[fill] : colour(fill)) };
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
