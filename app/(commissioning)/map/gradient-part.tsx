"use client";
/**
 * A need by deprivation: the rate in sectors of each tenth, the slope through them, and how people and households
 * divide over the tenths. One nation and edition at a time; the table holds the same numbers.
 */
import { useQuery } from "@tanstack/react-query";
import { sum } from "d3-array";
import type { Gradient } from "../../../server/domain/deprivation-gradient";
import { inDigits } from "../../../server/domain/number-text";
import { useTRPC } from "../../_trpc/client";
import { BarSeries } from "../../_ui/charts/bar-series";
import { ChartFigure } from "../../_ui/charts/chart-figure";
import { rateInWords } from "./finding";
import styles from "./gradient-part.module.css";
import { gradientInWords, gradientSource } from "./gradient-words";

interface GradientPartProps {
  node: string;
  label: string;
  period: string;
  words: string;
  whole: boolean;
  /** Whether any of the sectors has a figure that the order leaves out because coverage changed. */
  coverageChanged: boolean;
}

export function GradientPart({ node, label, period, words, whole, coverageChanged }: GradientPartProps) {
  const trpc = useTRPC();
  const gradients = useQuery(trpc.map.gradients.queryOptions({ node, period, whole }));
  const shown = (gradients.data ?? []).filter(({ deciles }) => deciles.length > 0);
  if (shown.length === 0) return null;
  return (
    <section className={styles["part"]} aria-labelledby="gradient-heading">
      <h2 id="gradient-heading" className={styles["heading"]}>
        Deprivation, {words}
      </h2>
      {shown.map((gradient) => (
        <OneGradient
          key={`${gradient.nation} ${gradient.edition}`}
          label={label}
          gradient={gradient}
          coverageChanged={coverageChanged}
        />
      ))}
    </section>
  );
}

/** Tenths that a slope needs. */
const FEWEST_TENTHS = 3;

const shareInWords = (part: number, whole: number) =>
  whole === 0 ? "" : `${Math.round((part / whole) * 100)}%`;

function OneGradient({
  label,
  gradient,
  coverageChanged,
}: {
  label: string;
  gradient: Gradient;
  coverageChanged: boolean;
}) {
  const { deciles } = gradient;
  const people = sum(deciles, (each) => each.people);
  const households = sum(deciles, (each) => each.households);
  // A chart of one or two tenths would look like a finding.
  if (deciles.length < FEWEST_TENTHS)
    return <p className={styles["finding"]}>{gradientInWords(label, gradient)}</p>;
  const byDecile = new Map(deciles.map((each) => [each.decile, each]));
  return (
    <div className={styles["gradient"]}>
      <p className={styles["finding"]}>{gradientInWords(label, gradient)}</p>
      <ChartFigure
        firstWidth={620}
        legend="People per 1,000 households, by tenth of deprivation: 1 is the most deprived"
        table={{
          caption: `${label} by tenth of deprivation, ${gradient.nation}, ${gradient.edition}`,
          columns: [
            "Tenth",
            "Per 1,000 households",
            "People",
            "Of all people",
            "Of all households",
            "Sectors",
          ],
          rows: deciles.map((each) => ({
            key: String(each.decile),
            cells: [
              String(each.decile),
              each.rate === null ? "under 200 households" : rateInWords(each.rate),
              inDigits(each.people),
              shareInWords(each.people, people),
              shareInWords(each.households, households),
              inDigits(each.sectors),
            ],
          })),
        }}
      >
        {(width) => (
          <BarSeries
            width={Math.min(width, 720)}
            height={150}
            allInBrand
            label={`${label}: people per 1,000 households by tenth of deprivation; the same numbers are in the table`}
            tick={(value) => inDigits(value)}
            bars={Array.from({ length: 10 }, (_, at) => {
              const each = byDecile.get(at + 1);
              const says =
                each?.rate == null
                  ? "no figure"
                  : `${rateInWords(each.rate)} per 1,000 households, ${shareInWords(each.people, people)} of people, ${shareInWords(each.households, households)} of households`;
              return {
                key: String(at + 1),
                label: String(at + 1),
                value: each?.rate ?? null,
                absence: "none" as const,
                words: `Tenth ${at + 1}: ${says}`,
              };
            })}
          />
        )}
      </ChartFigure>
      <p className={styles["source"]}>{gradientSource(gradient, coverageChanged)}</p>
    </div>
  );
}
