"use client";
/** What stands beside the map: nothing, another period or another need to compare with. */
import { Select } from "@mantine/core";
import type { MapOptions } from "../../../server/domain/figures";
import { ANY_NODE, DOMAINS, findNode, getNodeByNumber } from "../../../server/domain/needs";
import { findPeriod, periodInWords } from "../../../server/domain/period";
import { Icon, type IconName } from "../../_ui/icon";
import styles from "./filters.module.css";
import { NeedPicker } from "./need-picker";
import { type Beside, partnerOf, periodsOf, type View } from "./view";

interface BesideFieldProps {
  options: MapOptions;
  view: View;
  change: (part: Partial<View>) => void;
}

const ANY = getNodeByNumber(ANY_NODE);

/** The need that one is first compared with: any need, and that one with the first domain. */
const firstOther = (node: string) => (node === ANY.path ? (DOMAINS[0]?.code ?? node) : ANY.path);

/** "With January to March 2026", for a chip; null when nothing stands beside the map. */
export function besideInWords(beside: Beside | null): string | null {
  if (beside === null) return null;
  if (beside.kind === "need") return `With ${findNode(beside.node)?.label ?? beside.node}`;
  const period = beside.kind === "period" ? findPeriod(beside.period) : null;
  return period ? `With ${periodInWords(period)}` : "Last periods";
}

export function BesideField({ options, view, change }: BesideFieldProps) {
  const { beside, period } = view;
  const partner = period === null ? null : partnerOf(options, period);
  if (beside === null) {
    return (
      <div className={styles["offers"]}>
        {partner !== null && (
          <Offer
            icon="swap"
            words="Compare two periods"
            onTake={() => change({ beside: { kind: "period", period: partner } })}
          />
        )}
        <Offer
          icon="pair"
          words="Compare two needs"
          onTake={() => change({ beside: { kind: "need", node: firstOther(view.node) } })}
        />
        {partner !== null && (
          <Offer
            icon="day"
            words="See the last periods"
            onTake={() => change({ beside: { kind: "periods" } })}
          />
        )}
      </div>
    );
  }
  return (
    <div className={styles["offers"]}>
      {beside.kind === "need" && (
        <NeedPicker
          label="Compare with"
          value={beside.node}
          onChange={(node) => change({ beside: { kind: "need", node } })}
        />
      )}
      {beside.kind === "period" && <PeriodPicker {...{ options, view, change }} other={beside.period} />}
      <button type="button" className={styles["offer"]} onClick={() => change({ beside: null })}>
        <Icon name="close" size={16} /> {beside.kind === "periods" ? "Back to one map" : "Stop comparing"}
      </button>
    </div>
  );
}

function PeriodPicker({ options, view, change, other }: BesideFieldProps & { other: string }) {
  const type = findPeriod(other)?.type ?? "quarter";
  return (
    <Select
      label="Compare with"
      data={periodsOf(options, type, other)
        .filter((each) => each.period !== view.period)
        .reverse()
        .map((each) => ({ value: each.period, label: each.words }))}
      value={other}
      onChange={(to) => to && change({ beside: { kind: "period", period: to } })}
      comboboxProps={{ shadow: "md" }}
    />
  );
}

function Offer({ icon, words, onTake }: { icon: IconName; words: string; onTake: () => void }) {
  return (
    <button type="button" className={styles["offer"]} onClick={onTake}>
      <Icon name={icon} size={16} /> {words}
    </button>
  );
}
