"use client";
/**
 * What the map is asked: need, measure, period and areas. A column beside the map on a desk; elsewhere each is a
 * chip that shows its value and opens a sheet with its control.
 */
import { Drawer, Select } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { MapOptions } from "../../../server/domain/figures";
import { LEVELS } from "../../../server/domain/geography";
import { findNode } from "../../../server/domain/needs";
import { findPeriod, type PeriodType } from "../../../server/domain/period";
import type { FoundPlace } from "../../../server/domain/place-search";
import { Chip } from "../../_ui/chip";
import { Icon } from "../../_ui/icon";
import { Segmented } from "../../_ui/segmented";
import { BesideField, besideInWords } from "./beside-field";
import { periodInShort } from "./compare";
import styles from "./filters.module.css";
import { NeedPicker } from "./need-picker";
import { PlaceField } from "./place-field";
import { levelsWith, periodsOf, stepsOf, type View } from "./view";

interface FiltersProps {
  options: MapOptions;
  view: View;
  change: (part: Partial<View>) => void;
  onPlace: (place: FoundPlace) => void;
}

const TYPE_LABELS: Readonly<Record<PeriodType, string>> = {
  month: "Month",
  quarter: "Quarter",
  year: "Year",
};

export function FilterColumn(props: FiltersProps) {
  return (
    <div className={styles["column"]}>
      <PlaceField onPlace={props.onPlace} />
      <NeedField {...props} />
      <MeasureField {...props} />
      <PeriodField {...props} />
      <LevelField {...props} />
      <PatchField {...props} />
      <BesideField {...props} />
    </div>
  );
}

export function FilterChips(props: FiltersProps) {
  const { view, options } = props;
  const type = findPeriod(view.period ?? "")?.type;
  const level = options.levels.find((each) => each.level === view.level);
  return (
    <div className={styles["chips"]}>
      <FilterChip title="Need" value={findNode(view.node)?.label ?? ""} isChosen={view.node !== "*"}>
        {(close) => (
          <NeedField
            {...props}
            change={(part) => {
              props.change(part);
              close();
            }}
          />
        )}
      </FilterChip>
      <FilterChip title="Period" value={type ? TYPE_LABELS[type] : "Period"}>
        {() => <PeriodField {...props} />}
      </FilterChip>
      <FilterChip title="Show" value={view.measure === "rate" ? "Rate" : "People"}>
        {() => <MeasureField {...props} />}
      </FilterChip>
      <FilterChip
        title="Areas"
        value={level?.label.replace("Postcode s", "S").replace("Postcode d", "D") ?? ""}
      >
        {() => (
          <div className={styles["two"]}>
            <LevelField {...props} />
            <PatchField {...props} />
          </div>
        )}
      </FilterChip>
      <FilterChip title="Place" value="Find a place">
        {(close) => (
          <PlaceField
            onPlace={(place) => {
              props.onPlace(place);
              close();
            }}
          />
        )}
      </FilterChip>
      <FilterChip
        title="Compare"
        value={besideInWords(view.beside) ?? "Compare"}
        isChosen={view.beside !== null}
      >
        {() => <BesideField {...props} />}
      </FilterChip>
    </div>
  );
}

function FilterChip({
  title,
  value,
  isChosen = false,
  children,
}: {
  title: string;
  value: string;
  isChosen?: boolean;
  children: (close: () => void) => ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Chip
        kind={isChosen ? "chosen" : "setting"}
        aria-haspopup="dialog"
        aria-label={`${title}: ${value}. Change`}
        onClick={() => setOpen(true)}
      >
        <span className={styles["value"]}>
          {value} <Icon name="down" size={14} />
        </span>
      </Chip>
      <Drawer
        opened={isOpen}
        onClose={() => setOpen(false)}
        position="bottom"
        title={title}
        size="auto"
        classNames={{ content: styles["drawer"], header: styles["drawerHead"], body: styles["drawerBody"] }}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        {children(() => setOpen(false))}
      </Drawer>
    </>
  );
}

function NeedField({ view, change }: FiltersProps) {
  return <NeedPicker value={view.node} onChange={(node) => change({ node })} />;
}

function MeasureField({ view, change }: FiltersProps) {
  return (
    <div>
      <p className={styles["label"]} aria-hidden="true">
        Show
      </p>
      <Segmented
        label="Show"
        value={view.measure}
        options={[
          { value: "rate", label: "Rate" },
          { value: "people", label: "People" },
        ]}
        onChange={(measure) => change({ measure })}
      />
    </div>
  );
}

function PeriodField({ options, view, change }: FiltersProps) {
  const type = findPeriod(view.period ?? "")?.type ?? "quarter";
  const types = options.levels.find((each) => each.level === view.level)?.periodTypes ?? [];
  const offered = types.filter((each) => periodsOf(options, each).length > 0);
  return (
    <div>
      {offered.length > 1 && (
        <>
          <p className={styles["label"]} aria-hidden="true">
            Period
          </p>
          <Segmented
            label="Length of period"
            value={type}
            options={offered.map((each) => ({ value: each, label: TYPE_LABELS[each] }))}
            onChange={(to) => change({ period: periodsOf(options, to).at(-1)?.period ?? null })}
          />
        </>
      )}
      <Select
        mt={offered.length > 1 ? 6 : 0}
        label={offered.length > 1 ? undefined : "Period"}
        aria-label="Period"
        data={stepsOf(options, type, view.period)
          .reverse()
          .map((each) => ({
            value: each.period,
            label: each.isOpen ? `${periodInShort(each.period)}, so far` : each.words,
          }))}
        value={view.period}
        onChange={(period) => period && change({ period })}
        comboboxProps={{ shadow: "md" }}
      />
    </div>
  );
}

/** Whose areas: the reader's own patch, where they have one, or all there are. */
function PatchField({ options, view, change }: FiltersProps) {
  if (options.patch.length === 0) return null;
  return (
    <Segmented
      label="Whose areas"
      value={view.whole ? "all" : "own"}
      options={[
        { value: "own", label: "My patch" },
        { value: "all", label: "Everywhere" },
      ]}
      onChange={(whose) => change({ whole: whose === "all" })}
    />
  );
}

function LevelField({ options, view, change }: FiltersProps) {
  const offered = levelsWith(view, options);
  return (
    <Select
      label="Areas"
      description={
        offered.length < options.levels.length ? "This need is shown by district and above." : undefined
      }
      data={offered.map((each) => ({ value: each.level, label: each.label }))}
      value={view.level}
      onChange={(text) => {
        const level = LEVELS.find((each) => each === text);
        if (level) change({ level, area: null });
      }}
      comboboxProps={{ shadow: "md" }}
    />
  );
}
