"use client";
/** From when to when each organisation reported in an area: a bar each, under the years. */
import { scaleLinear } from "d3-scale";
import type { AreaCoverage } from "../../../server/domain/coverage";
import { findPeriod, MONTHS_OF, periodTextInWords } from "../../../server/domain/period";
import { ChartFigure } from "../../_ui/charts/chart-figure";
import { EmptyState } from "../../_ui/page-title";
import { monthNumber, spanInWords } from "./words";

const ROW = 44;
const TOP = 4;

interface ReporterFigureProps {
  coverage: AreaCoverage;
  /** First and last period of the figures below: the bars stand on the same axis. */
  from?: string | undefined;
  to?: string | undefined;
}

export function ReporterFigure({ coverage, from, to }: ReporterFigureProps) {
  const { reporters, name } = coverage;
  if (reporters.length === 0) {
    return (
      <EmptyState>
        No organisation’s own people in {name} show as a figure: fewer than 10 a month and quarter, or none.
      </EmptyState>
    );
  }
  const table = {
    caption: `Organisations that report in ${name}`,
    columns: ["Organisation", "First month", "Last month"],
    rows: reporters.map((reporter) => ({
      key: String(reporter.organisation),
      cells: [
        reporter.name,
        periodTextInWords(reporter.first),
        reporter.reportsNow
          ? `${periodTextInWords(reporter.last)}, still reporting`
          : periodTextInWords(reporter.last),
      ],
    })),
  };
  return (
    <ChartFigure table={table} firstWidth={720}>
      {(width) => <Bars coverage={coverage} from={from} to={to} width={width} />}
    </ChartFigure>
  );
}

function Bars({ coverage: { reporters, name }, from, to, width }: ReporterFigureProps & { width: number }) {
  const begins = [from ?? [], ...reporters.map((each) => each.first)].flat();
  const ends = [to ?? [], ...reporters.map((each) => each.last)].flat();
  const first = Math.min(...begins.map(monthNumber));
  const last = Math.max(...ends.map(endNumber));
  const x = scaleLinear([first, last], [2, width - 2]);
  const foot = TOP + reporters.length * ROW;
  const years = Array.from({ length: last - first + 1 }, (_, at) => first + at).filter(
    (month) => month % 12 === 0,
  );
  return (
    <svg
      width={width}
      height={foot + 22}
      viewBox={`0 0 ${width} ${foot + 22}`}
      role="img"
      aria-label={`Organisations that report in ${name}: ${reporters
        .map((each) => `${each.name} ${spanInWords(each)}`)
        .join("; ")}`}
    >
      {years.map((month) => (
        <g key={month}>
          <line x1={x(month)} x2={x(month)} y1={TOP} y2={foot} stroke="var(--line)" />
          <text
            x={x(month)}
            y={foot + 16}
            fontSize={12.5}
            fill="var(--ink-3)"
            textAnchor={x(month) > width - 30 ? "end" : x(month) < 20 ? "start" : "middle"}
          >
            {month / 12}
          </text>
        </g>
      ))}
      {reporters.map((each, at) => {
        const y = TOP + at * ROW;
        const [begin, until] = [x(monthNumber(each.first)), x(monthNumber(each.last) + 1)];
        return (
          <g key={each.organisation}>
            <text x={2} y={y + 16} fontSize={14} fontWeight={600} fill="var(--ink)">
              {each.name}
              <tspan dx={8} fontSize={12.5} fontWeight={400} fill="var(--ink-2)">
                {spanInWords(each)}
              </tspan>
            </text>
            <rect
              x={begin}
              y={y + 23}
              width={Math.max(3, until - begin)}
              height={10}
              rx={3}
              fill={each.reportsNow ? "var(--brand)" : "var(--line-strong)"}
            />
          </g>
        );
      })}
    </svg>
  );
}

/** The month after a period. */
function endNumber(text: string): number {
  const period = findPeriod(text);
  return monthNumber(text) + (period ? MONTHS_OF[period.type] : 1);
}
