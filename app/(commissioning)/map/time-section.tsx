"use client";
/** Time below the map: the stepper and the series, of the chosen area or the whole patch. */
import type { OpenPeriod } from "../../../server/domain/figures";
import { useWidths } from "./map-frame";
import { PeriodControl } from "./period-control";
import styles from "./time-section.module.css";
import { TimeStrip } from "./time-strip";
import type { Step, View } from "./view";

interface TimeSectionProps {
  view: View;
  period: string;
  periods: readonly Step[];
  open: OpenPeriod | null;
  onStep: (period: string, plays: boolean) => void;
  onPlaying: (isPlaying: boolean) => void;
}

export function TimeSection({ view, period, periods, open, onStep, onPlaying }: TimeSectionProps) {
  const { isPhone } = useWidths();
  return (
    <section className={styles["strip"]} aria-label="Time">
      <PeriodControl periods={periods} period={period} open={open} onStep={onStep} onPlaying={onPlaying} />
      <div className={styles["series"]}>
        <TimeStrip
          area={view.area}
          node={view.node}
          period={period}
          height={isPhone ? 92 : 150}
          onStep={(to) => onStep(to, false)}
        />
      </div>
    </section>
  );
}
