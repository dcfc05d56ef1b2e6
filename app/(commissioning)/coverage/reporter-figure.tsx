"use client";
/** From when to when each organisation reported in an area: a bar each, under the years. */
import { scaleLinear } from "d3-scale";
import type { AreaCoverage } from "../../../server/domain/coverage";
import { periodTextInWords } from "../../../server/domain/period";
import { ChartFigure } from "../../_ui/charts/chart-figure";
import { EmptyState } from "../../_ui/page-title";
import { monthNumber, spanInWords } from "./words";

const ROW = 44;
const TOP = 4;

export function ReporterFigure({ coverage }: { coverage: AreaCoverage }) {
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
      {(width) => <Bars coverage={coverage} width={width} />}
    </ChartFigure>
  );
}

function Bars({ coverage: { reporters, name }, width }: { coverage: AreaCoverage; width: number }) {
  const first = Math.min(...reporters.map((each) => monthNumber(each.first)));
  const last = Math.max(...reporters.map((each) => monthNumber(each.last))) + 1;
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
        const [from, until] = [x(monthNumber(each.first)), x(monthNumber(each.last) + 1)];
        return (
          <g key={each.organisation}>
            <text x={2} y={y + 16} fontSize={14} fontWeight={600} fill="var(--ink)">
              {each.name}
              <tspan dx={8} fontSize={12.5} fontWeight={400} fill="var(--ink-2)">
                {spanInWords(each)}
              </tspan>
            </text>
            <rect
              x={from}
              y={y + 23}
              width={Math.max(3, until - from)}
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
