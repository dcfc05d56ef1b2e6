/**
 * The colours of a chart by what they stand for. On screen they are the tokens of the theme; in a document, which has
 * no theme, they are the look book's light values, so that a chart on paper is the chart on screen.
 */

export interface ChartPalette {
  /** Behind everything. */
  surface: string;
  /** Words, and the line that something is held against. */
  ink: string;
  /** Second voice: notes, names under an axis. */
  ink2: string;
  /** Numbers of an axis. */
  ink3: string;
  /** Hairlines. */
  line: string;
  /** Edges of pale fills, the floor of bars, what is context. */
  edge: string;
  /** The series in question; in a bar of two parts, the part. */
  subject: string;
  /** The rest of the whole, beside the part. */
  rest: string;
  /** The band of doubt round a line, and the wash behind what is marked. */
  wash: string;
  /** Strokes of the hatching for what is hidden. */
  hatch: string;
  /** The edge of what is not final. */
  wait: string;
  /** The ground of what is to be read with care. */
  caution: string;
}

export const SCREEN_PALETTE: ChartPalette = {
  surface: "var(--surface)",
  ink: "var(--ink)",
  ink2: "var(--ink-2)",
  ink3: "var(--ink-3)",
  line: "var(--line)",
  edge: "var(--line-strong)",
  subject: "var(--brand)",
  rest: "var(--q2)",
  wash: "var(--brand-wash)",
  hatch: "var(--hatch)",
  wait: "var(--wait)",
  caution: "var(--wait-wash)",
};

export const DOCUMENT_PALETTE: ChartPalette = {
  surface: "#FFFFFF",
  ink: "#1A211E",
  ink2: "#454E49",
  ink3: "#626A64",
  line: "#DEDACF",
  edge: "#85816F",
  subject: "#1A594D",
  rest: "#BCD3AE",
  wash: "#E2EEE9",
  hatch: "#85816F",
  wait: "#7A4F00",
  caution: "#FBF0D5",
};
