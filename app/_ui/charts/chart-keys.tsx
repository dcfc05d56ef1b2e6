/** What the fills and lines of a chart mean, inside the picture, so that they stay with it wherever it goes. */
import type { ChartPalette } from "./palette";
import { shortened, widthOf } from "./text-width";

export interface ChartKey {
  words: string;
  /** Filled with one colour, a dot or a ring, split into the part and the rest, a line, hatched, or words alone. */
  mark:
    | { fill: string; edge?: string }
    | { dot: string }
    | { ring: string }
    | { part: string; rest: string; edge: string }
    | "line"
    | "few"
    | null;
}

const SIZE = 13.5;
const SWATCH = 16;
const ROW = 22;
const BETWEEN = 18;

const lengthOf = ({ words, mark }: ChartKey) => (mark === null ? 0 : SWATCH + 7) + widthOf(words, SIZE);

/** Keys in their places, on as many lines as they need. */
function placed(keys: readonly ChartKey[], width: number) {
  let x = 0;
  let row = 0;
  return keys.map((key) => {
    if (x > 0 && x + lengthOf(key) > width) {
      x = 0;
      row += 1;
    }
    const at = { key, x, row };
    x += lengthOf(key) + BETWEEN;
    return at;
  });
}

/** Height of the keys above a chart of this width, with the gap under them; 0 without keys. */
export function heightOfKeys(keys: readonly ChartKey[], width: number): number {
  const last = placed(keys, width).at(-1);
  return last ? (last.row + 1) * ROW + 8 : 0;
}

interface ChartKeysProps {
  keys: readonly ChartKey[];
  width: number;
  palette: ChartPalette;
  /** Id of the hatching of this picture. */
  hatch: string;
}

export function ChartKeys({ keys, width, palette, hatch }: ChartKeysProps) {
  return placed(keys, width).map(({ key, x, row }) => (
    <g key={key.words}>
      <Swatch mark={key.mark} x={x} y={row * ROW + 2} palette={palette} hatch={hatch} />
      <text
        x={x + (key.mark === null ? 0 : SWATCH + 7)}
        y={row * ROW + 15}
        fontSize={SIZE}
        fill={palette.ink2}
      >
        {shortened(key.words, SIZE, width - (key.mark === null ? 0 : SWATCH + 7))}
      </text>
    </g>
  ));
}

function Swatch({
  mark,
  x,
  y,
  palette,
  hatch,
}: {
  mark: ChartKey["mark"];
  x: number;
  y: number;
  palette: ChartPalette;
  hatch: string;
}) {
  if (mark === null) return null;
  if (mark === "line") {
    return <line x1={x} x2={x + SWATCH} y1={y + 8} y2={y + 8} stroke={palette.ink} strokeWidth={2.5} />;
  }
  if (mark !== "few" && "dot" in mark) return <circle cx={x + 8} cy={y + 8} r={5.5} fill={mark.dot} />;
  if (mark !== "few" && "ring" in mark) {
    return <circle cx={x + 8} cy={y + 8} r={5} fill="none" stroke={mark.ring} strokeWidth={1.6} />;
  }
  const square = { x: x + 0.5, y: y + 0.5, width: SWATCH - 1, height: SWATCH - 1, rx: 2 };
  if (mark === "few") return <rect {...square} rx={0} fill={`url(#${hatch})`} stroke={palette.hatch} />;
  if ("fill" in mark) return <rect {...square} fill={mark.fill} stroke={mark.edge ?? mark.fill} />;
  return (
    <>
      <rect {...square} fill={mark.rest} stroke={mark.edge} />
      <rect x={x} y={y} width={SWATCH / 2} height={SWATCH} rx={2} fill={mark.part} />
    </>
  );
}
