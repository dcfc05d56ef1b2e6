/**
 * Any chart of an impact summary or a study, drawn by the chart kit: the same picture on screen, where colours come from the
 * theme, and in a document, where they are fixed. Pure: what goes in decides every letter of what comes out.
 */
import type {
  BarsChart,
  PaperChart as Chart,
  ProfileChart,
  TimelineChart,
} from "../../../server/domain/impact/paper";
import { HIDDEN } from "../../../server/domain/impact/words";
import { inDigits } from "../../../server/domain/number-text";
import { type Bar, BarSeries } from "./bar-series";
import type { ChartLook } from "./chart-canvas";
import { type ChartKey, heightOfKeys } from "./chart-keys";
import { type HorizontalBar, HorizontalBars } from "./horizontal-bars";
import { TwoCurves } from "./lab-curves";
import { HundredDots } from "./lab-dots";
import { Forest } from "./lab-forest";
import { Love } from "./lab-love";
import { Stages } from "./lab-stages";
import { type ChartPalette, SCREEN_PALETTE } from "./palette";
import { Slope } from "./slope";
import { SurvivalCurve } from "./survival-curve";

interface PaperChartProps {
  chart: Chart;
  /** In pixels; from 300 to 960. */
  width: number;
  palette?: ChartPalette;
  /** What the picture is, for people who cannot see it; its title in a file of its own. */
  label: string;
  /** What the picture says: makes it a picture that stands alone in a file. */
  says?: string;
  /** Whose numbers these are and of when: shows title, words and this round the picture, for a file that travels alone. */
  foot?: string;
}

/** Height of the standing bars; the words above and below them come on top. */
const STANDING = 190;
/** The line above bars that says what their numbers are of. */
const UNIT = 30;

export function PaperChart({ chart, width, palette = SCREEN_PALETTE, label, says, foot }: PaperChartProps) {
  const look: ChartLook = {
    palette,
    id: idOf(chart, label, width),
    file: says === undefined ? null : { says, foot: foot ?? null },
  };
  const common = { width, label, look };
  switch (chart.kind) {
    case "bars":
      return <HorizontalBars {...common} keys={keysOf(chart, palette)} bars={lyingBars(chart, palette)} />;
    case "slope":
      return <Slope {...common} {...chart} />;
    case "survival":
      return <SurvivalCurve {...common} {...chart} />;
    case "curves":
      return <TwoCurves {...common} {...chart} />;
    case "dots":
      return <HundredDots {...common} {...chart} />;
    case "forest":
      return <Forest {...common} {...chart} />;
    case "funnel":
      return <Stages {...common} {...chart} />;
    case "love":
      return <Love {...common} {...chart} />;
    case "profile": {
      const keys: ChartKey[] = [
        { words: "people helped", mark: { fill: palette.subject } },
        ...(chart.against === "" ? [] : [{ words: chart.against, mark: "line" as const }]),
      ];
      return (
        <BarSeries
          {...common}
          height={STANDING + heightOfKeys(keys, width)}
          allInBrand
          tick={(value) => `${value}%`}
          bars={profileBars(chart)}
          ends={{ from: chart.from, to: chart.to }}
          keys={keys}
        />
      );
    }
    case "timeline":
      return (
        <BarSeries
          {...common}
          height={STANDING + UNIT}
          numbers
          tick={inDigits}
          bars={periodBars(chart)}
          keys={[{ words: chart.unit, mark: null }]}
        />
      );
  }
}

function lyingBars({ whole, part, bars }: BarsChart, palette: ChartPalette): HorizontalBar[] {
  return bars.map((bar, at) => {
    const common = { key: `${at}`, label: bar.label };
    if (bar.whole === null) {
      const hidden = { name: whole, value: null, fill: palette.subject };
      return { ...common, parts: [hidden], total: "", note: bar.note || HIDDEN };
    }
    const total = inDigits(bar.whole);
    if (part === null) {
      const all = { name: whole, value: bar.whole, fill: palette.subject };
      return { ...common, parts: [all], total, note: bar.note };
    }
    const told = { name: part, value: bar.part, fill: palette.subject };
    // A part that is a figure of its own may be larger than its whole by their rounding.
    const rest = {
      name: whole,
      value: Math.max(0, bar.whole - (bar.part ?? 0)),
      fill: palette.rest,
      edge: palette.edge,
    };
    return { ...common, parts: [told, rest], total, note: bar.note };
  });
}

function keysOf({ whole, part, unit, bars }: BarsChart, palette: ChartPalette): ChartKey[] {
  const hasHidden = bars.some((bar) => bar.whole === null || (part !== null && bar.part === null));
  return [
    ...(part === null
      ? [{ words: whole, mark: { fill: palette.subject } }]
      : [
          { words: part, mark: { fill: palette.subject } },
          { words: whole, mark: { part: palette.subject, rest: palette.rest, edge: palette.edge } },
        ]),
    ...(hasHidden ? [{ words: HIDDEN, mark: "few" as const }] : []),
    // The unit, where the names of the parts do not say it.
    ...(`${whole} ${part ?? ""}`.includes(unit) ? [] : [{ words: unit, mark: null }]),
  ];
}

function profileBars({ bars, against }: ProfileChart): Bar[] {
  return bars.map((bar, at) => ({
    key: `${at}`,
    label: bar.label,
    value: bar.share === null ? null : bar.share * 100,
    absence: "few" as const,
    against: bar.against === null ? null : bar.against * 100,
    words: [
      `${bar.label}: ${bar.share === null ? HIDDEN : `${Math.round(bar.share * 100)}%`}`,
      ...(bar.against === null ? [] : [`${against}: ${Math.round(bar.against * 100)}%`]),
    ].join("; "),
  }));
}

function periodBars({ points, unit }: TimelineChart): Bar[] {
  return points.map(({ label, group, value, marked }, at) => ({
    key: `${at}`,
    label,
    ...(group !== null && { group }),
    value,
    absence: "few" as const,
    marked,
    words: `${group === null ? label : `${label} ${group}`}: ${value === null ? HIDDEN : `${inDigits(value)} ${unit}`}`,
  }));
}

/** The same for the same picture and, for all that matters, never for another: 32-bit FNV-1a over what is drawn. */
function idOf(chart: Chart, label: string, width: number): string {
  let hash = 0x811c9dc5;
  for (const letter of `${width}${label}${JSON.stringify(chart)}`) {
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  }
  return `chart-${(hash >>> 0).toString(36)}`;
}
