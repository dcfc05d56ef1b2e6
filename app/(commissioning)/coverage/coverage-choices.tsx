"use client";
/** The choices of the coverage page: the area, the need and the length of period. Each is part of the address. */
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import type { Level } from "../../../server/domain/geography";
import { Segmented } from "../../_ui/segmented";
import { NeedPicker } from "../map/need-picker";
import { AreaSelect } from "./area-select";
import { type Asked, addressOf } from "./asked";
import styles from "./coverage.module.css";

interface CoverageChoicesProps {
  areas: readonly { area: number; level: Level; name: string }[];
  asked: Asked<number>;
}

export function CoverageChoices({ areas, asked }: CoverageChoicesProps) {
  const router = useRouter();
  const [isPending, start] = useTransition();
  const change = (part: Partial<Asked<number>>) =>
    start(() => router.replace(addressOf({ ...asked, ...part }), { scroll: false }));
  return (
    <div className={`${styles["choices"]} no-print`} aria-busy={isPending}>
      <AreaSelect label="Area" areas={areas} value={asked.area} onChange={(area) => change({ area })} />
      <NeedPicker value={asked.node} onChange={(node) => change({ node })} />
      <Segmented
        label="Length of period"
        value={asked.type}
        options={[
          { value: "month", label: "Month" },
          { value: "quarter", label: "Quarter" },
          { value: "year", label: "Year" },
        ]}
        onChange={(type) => change({ type })}
      />
    </div>
  );
}
