/**
 * The map as a picture: to take away as a PNG with everything that is needed to read it (finding, period, legend,
 * hatch, source and date), and as the map of a printed page. Painted by the same hand as the map on screen.
 */

import type { AreaShapes, Box } from "./area-shapes";
import type { Fill, Palette } from "./canvas-paint";
import { ABSENCE_WORDS, type RankedArea } from "./finding";
import { legendOf } from "./legend-class";
import type { PaintedArea } from "./paint";
import { fitInto, paintAreas } from "./paint-areas";
import type { Measure } from "./view";

export interface Panel {
  /** Said above the map where there are several. */
  name: string;
  areas: ReadonlyMap<number, PaintedArea>;
}

export interface Picture {
  title: string;
  caption: string;
  panels: readonly Panel[];
  outlines: AreaShapes;
  fit: Box;
  selected: number | null;
  isOpen: boolean;
  legend: { title: string; keys: readonly { fill: Fill; words: string }[] };
  /** Source and date. */
  foot: string;
}

/** The legend of a picture, in words that stand beside their colours. */
export function legendOfPicture(
  measure: Measure,
  breaks: readonly number[],
  areas: readonly (Pick<RankedArea, "absence"> | null)[],
): Picture["legend"] {
  const absences = new Set(areas.flatMap((area) => area?.absence ?? []));
  return {
    title: measure === "rate" ? "People per 1,000 households" : "People",
    keys: [
      ...(breaks.length === 0 && areas.every((area) => area?.absence)
        ? []
        : legendOf(breaks, measure === "people" ? 10 : 0)
      ).map(({ legendClass, range }) => ({
        fill: `--q${legendClass}` as const,
        words: range,
      })),
      ...[...absences].map((absence) => ({
        fill: absence === "few" ? ("few" as const) : ("none" as const),
        words: ABSENCE_WORDS[absence],
      })),
    ],
  };
}

const WIDTH = 1600;
const PADDING = 56;
const MAP_HEIGHT = 900;
const PANEL_NAME = 40;

const columnsFor = (panels: number) => (panels <= 2 ? panels : panels <= 4 ? 2 : 4);

/** Paints the maps of a picture side by side, each under its name where there are several. */
export function paintPanels(
  context: CanvasRenderingContext2D,
  { panels, outlines, fit, selected, isOpen }: Picture,
  palette: Palette,
  place: { x: number; y: number; width: number; height: number; font: string },
): void {
  const columns = columnsFor(panels.length);
  const rows = Math.ceil(panels.length / columns);
  const name = panels.length > 1 ? PANEL_NAME : 0;
  const width = place.width / columns;
  const height = place.height / rows - name;
  for (const [at, panel] of panels.entries()) {
    const left = place.x + (at % columns) * width;
    const top = place.y + Math.floor(at / columns) * (height + name);
    context.save();
    context.translate(left, top);
    if (name > 0) {
      context.font = `650 22px ${place.font}`;
      context.fillStyle = palette.colour("--ink");
      context.fillText(panel.name, 0, 26, width - 12);
      context.translate(0, name);
    }
    context.beginPath();
    context.rect(0, 0, width, height);
    context.clip();
    paintAreas(
      context,
      outlines,
      fitInto(fit, width, height, 12),
      { width, height },
      { palette, fillOf: (area) => panel.areas.get(area)?.fill ?? "none", selected, isOpen },
    );
    context.restore();
  }
}

/** Paints the whole picture, and gives the canvas the height that it needs. */
export function paintPicture(
  canvas: HTMLCanvasElement,
  picture: Picture,
  palette: Palette,
  font: string,
): void {
  const measure = canvas.getContext("2d");
  if (!measure) return;
  const inner = WIDTH - 2 * PADDING;
  measure.font = `680 42px ${font}`;
  const title = linesOf(measure, picture.title, inner);
  measure.font = `400 24px ${font}`;
  const caption = linesOf(measure, picture.caption, inner);
  measure.font = `400 20px ${font}`;
  const foot = linesOf(measure, picture.foot, inner);
  const mapTop = PADDING + title.length * 50 + caption.length * 32 + 20;
  const legendTop = mapTop + MAP_HEIGHT + 24;
  const footTop = legendTop + 110;
  canvas.width = WIDTH;
  canvas.height = footTop + foot.length * 27 + PADDING / 2;
  const context = canvas.getContext("2d");
  if (!context) return;
  context.fillStyle = palette.colour("--surface");
  context.fillRect(0, 0, canvas.width, canvas.height);
  const write = (lines: readonly string[], from: number, step: number, style: string, token: string) => {
    context.font = `${style} ${font}`;
    context.fillStyle = palette.colour(token);
    for (const [at, line] of lines.entries()) context.fillText(line, PADDING, from + at * step);
  };
  write(title, PADDING + 36, 50, "680 42px", "--ink");
  write(caption, PADDING + title.length * 50 + 20, 32, "400 24px", "--ink-2");
  context.fillStyle = palette.colour("--sea");
  context.fillRect(PADDING, mapTop, inner, MAP_HEIGHT);
  paintPanels(context, picture, palette, { x: PADDING, y: mapTop, width: inner, height: MAP_HEIGHT, font });
  write([picture.legend.title], legendTop + 22, 0, "650 22px", "--ink");
  paintKeys(context, picture, palette, { x: PADDING, y: legendTop + 44, font });
  write(foot, footTop + 20, 27, "400 20px", "--ink-3");
}

function paintKeys(
  context: CanvasRenderingContext2D,
  { legend }: Picture,
  palette: Palette,
  place: { x: number; y: number; font: string },
): void {
  context.font = `400 21px ${place.font}`;
  context.lineWidth = 1.5;
  let left = place.x;
  for (const { fill, words } of legend.keys) {
    context.fillStyle = palette.fill(fill) ?? "transparent";
    context.strokeStyle = palette.colour("--line-strong");
    context.fillRect(left, place.y, 44, 26);
    context.strokeRect(left, place.y, 44, 26);
    context.fillStyle = palette.colour("--ink");
    context.fillText(words, left + 54, place.y + 21);
    left += 54 + context.measureText(words).width + 28;
  }
}

function linesOf(context: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last === undefined || context.measureText(longer).width > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
