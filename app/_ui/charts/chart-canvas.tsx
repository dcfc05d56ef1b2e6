/**
 * The sheet that a chart is drawn on. On a page it takes its colours and letters from there and its name from a label;
 * in a file of its own it carries everything: a white ground, the name of its letters, a title and what it says.
 */
import type { ReactNode } from "react";
import { type ChartPalette, SCREEN_PALETTE } from "./palette";

/** Letters of a document; the second names are on nearly every machine and about as wide. */
const DOCUMENT_FONT = "Atkinson Hyperlegible Next, Arial, sans-serif";

export interface ChartLook {
  palette: ChartPalette;
  /** Begins every id inside the picture, which no other picture beside it may share. */
  id: string;
  /** What the picture says, for a file that stands alone; null on a page, where the words stand beside it. */
  says: string | null;
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
  const size = { width, height, viewBox: `0 0 ${width} ${height}` };
  if (!look || look.says === null) {
    return (
      <svg {...size} role="img" aria-label={label}>
        {children}
      </svg>
    );
  }
  const { id, palette, says } = look;
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      {...size}
      role="img"
      aria-labelledby={`${id}-title ${id}-says`}
      fontFamily={DOCUMENT_FONT}
    >
      <title id={`${id}-title`}>{label}</title>
      <desc id={`${id}-says`}>{says}</desc>
      <rect width={width} height={height} fill={palette.surface} />
      {children}
    </svg>
  );
}

/** The colours of a chart: those of its look, or the page's. */
export const paletteOf = (look: ChartLook | undefined): ChartPalette => look?.palette ?? SCREEN_PALETTE;
