"use client";
/** The choices of the page, one under the other: what is asked, the event, the need, the areas, the length of period. */
import { MultiSelect, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { areaCalled } from "../../../server/domain/change/words";
import { type EventMarker, MOST_AREAS } from "../../../server/domain/event-marker";
import type { MapOptions } from "../../../server/domain/figures";
import { LEVELS, type Level } from "../../../server/domain/geography";
import { LEVEL_LABELS, PERIOD_TYPES_OF } from "../../../server/domain/menu";
import type { PeriodType } from "../../../server/domain/period";
import { useTRPC } from "../../_trpc/client";
import { Segmented } from "../../_ui/segmented";
import { NeedPicker } from "../map/need-picker";
import { levelsWith } from "../map/view";
import styles from "./change.module.css";
import type { ChangeView } from "./view";

const TYPE_LABELS: Readonly<Record<PeriodType, string>> = {
  month: "Month",
  quarter: "Quarter",
  year: "Year",
};
const NO_EVENT = "none";
/** Areas that a list shows before more is typed. */
const MOST_OFFERED = 60;

interface ChoicesProps {
  options: MapOptions;
  events: readonly EventMarker[];
  view: ChangeView;
  change: (part: Partial<ChangeView>) => void;
}

export function Choices({ options, events, view, change }: ChoicesProps) {
  const offered = levelsWith({ node: view.node, beside: null }, options);
  return (
    <div className={styles["fields"]}>
      <Segmented
        label="What is asked"
        value={view.shows}
        options={[
          { value: "place", label: "One place" },
          { value: "areas", label: "All areas" },
        ]}
        onChange={(shows) => change({ shows })}
      />
      <Select
        label="Event"
        data={[
          { value: NO_EVENT, label: "No event" },
          ...events.map((event) => ({
            value: event.id,
            label: `${event.title}${event.withdrawnOn ? " (taken back)" : ""}`,
          })),
        ]}
        value={view.event ?? NO_EVENT}
        onChange={(id) => change({ event: id === null || id === NO_EVENT ? null : id })}
        comboboxProps={{ shadow: "md" }}
      />
      <NeedPicker value={view.node} onChange={(node) => change({ node })} />
      <Select
        label="Areas"
        data={options.levels
          .filter((each) => offered.includes(each) || each.level === view.level)
          .map(({ level, label }) => ({ value: level, label }))}
        value={view.level}
        onChange={(text) => {
          const level = LEVELS.find((each) => each === text);
          if (level) change({ level });
        }}
        comboboxProps={{ shadow: "md" }}
      />
      {view.shows === "place" && (
        <PlacePicker
          label="Place"
          description="Several are added up: a person in two of them counts twice."
          level={view.level}
          value={view.areas}
          onChange={(areas) => change({ areas })}
        />
      )}
      <div>
        <p className={styles["label"]} aria-hidden="true">
          Counted by
        </p>
        <Segmented
          label="Length of period"
          value={view.type}
          options={PERIOD_TYPES_OF[view.level].map((type) => ({ value: type, label: TYPE_LABELS[type] }))}
          onChange={(type) => change({ type })}
        />
      </div>
    </div>
  );
}

interface PlacePickerProps {
  label: string;
  description?: string;
  error?: string | undefined;
  id?: string;
  level: Level;
  value: readonly number[];
  onChange: (areas: number[]) => void;
}

/** Picks areas of a level by typing a code or a name. */
export function PlacePicker({ label, description, error, id, level, value, onChange }: PlacePickerProps) {
  const trpc = useTRPC();
  const places = useQuery({
    ...trpc.change.places.queryOptions({ level }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <MultiSelect
      {...(id && { id })}
      label={label}
      description={description}
      error={error}
      searchable
      limit={MOST_OFFERED}
      maxValues={MOST_AREAS}
      data={(places.data ?? []).map((place) => {
        const called = areaCalled(place, level);
        return {
          value: String(place.area),
          label: called === place.name || place.name === place.code ? called : `${called} ${place.name}`,
        };
      })}
      value={value.map(String)}
      onChange={(chosen) => onChange(chosen.map(Number))}
      nothingFoundMessage={`No area by that name among ${LEVEL_LABELS[level].toLowerCase()}.`}
      placeholder={value.length === 0 ? "Type a name or code" : ""}
      hidePickedOptions
      classNames={{ inputField: styles["typed"] }}
      comboboxProps={{ shadow: "md" }}
    />
  );
}
