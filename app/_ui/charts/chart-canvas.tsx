/**
 * The sheet that a chart is drawn on. On a page it takes its colours and letters from there and its name from a label;
 * in a file of its own it carries everything: a white ground, the name of its letters, a title and what it says. A file
 * that travels alone shows its words round the picture, too.
 */
import type { ReactNode } from "react";
import { type ChartPalette, SCREEN_PALETTE } from "./palette";
import { linesOf } from "./text-width";

/** Letters of a document; the second names are on nearly every machine and about as wide. */
export const DOCUMENT_FONT = "Atkinson Hyperlegible Next";
const DOCUMENT_FONTS = `${DOCUMENT_FONT}, Arial, sans-serif`;

export interface ChartLook {
  palette: ChartPalette;
  /** Begins every id inside the picture, which no other picture beside it may share. */
  id: string;
  /** For a file of its own: what the picture says, and, where the words are shown round it, whose numbers they are. */
  file: { says: string; foot: string | null } | null;
}

interface ChartCanvasProps {
  width: number;
  height: number;
  /** What the picture is, for people who cannot see it; its title in a file of its own. */
  label: string;
  look?: ChartLook | undefined;
  children: ReactNode;
}

export function ChartCanvas({ width, height, label, look, children }: ChartCanvasProps) {
  if (!look?.file) {
    return (
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        {children}
      </svg>
    );
  }
  const { id, palette, file } = look;
  const frame = file.foot === null ? null : frameOf(width, height, label, file.says, file.foot);
  const size = frame ?? { width, height };
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={size.width}
      height={size.height}
      viewBox={`0 0 ${size.width} ${size.height}`}
      role="img"
      aria-labelledby={`${id}-title ${id}-says`}
      fontFamily={DOCUMENT_FONTS}
    >
      <title id={`${id}-title`}>{label}</title>
      <desc id={`${id}-says`}>{file.says}</desc>
      <rect width={size.width} height={size.height} fill={palette.surface} />
      {frame ? (
        <>
          {frame.words.map(({ line, y, ...how }) => (
            <text key={y} x={MARGIN} y={y} {...how} fill={palette[how.fill]}>
              {line}
            </text>
          ))}
          <g transform={`translate(${MARGIN} ${frame.top})`}>{children}</g>
        </>
      ) : (
        children
      )}
    </svg>
  );
}

const MARGIN = 24;

/** The words round a picture that travels alone, in their places: title and finding above it, source below. */
function frameOf(width: number, height: number, title: string, says: string, foot: string) {
  let y = MARGIN;
  const write = (text: string, most: number, fontSize: number, how: FrameWords) =>
    linesOf(text, fontSize * (how.fontWeight === 700 ? 1.08 : 1), width, most).map((line) => {
      y += Math.round(fontSize * 1.35);
      return { line, y, fontSize, ...how };
    });
  const above = [
    ...write(title, 3, 20, { fontWeight: 700, fill: "ink" }),
    ...write(says, 6, 14, { fontWeight: 400, fill: "ink2" }),
  ];
  const top = y + 18;
  y = top + height + 8;
  const below = write(foot, 3, 12.5, { fontWeight: 400, fill: "ink3" });
  return { words: [...above, ...below], top, width: width + 2 * MARGIN, height: y + MARGIN };
}

interface FrameWords {
  fontWeight: 400 | 700;
  fill: "ink" | "ink2" | "ink3";
}

/** The colours of a chart: those of its look, or the page's. */
export const paletteOf = (look: ChartLook | undefined): ChartPalette => look?.palette ?? SCREEN_PALETTE;
