"use client";
/** Picks one area by typing its name, grouped by level. */
import { Select } from "@mantine/core";
import type { Level } from "../../../server/domain/geography";
import { LEVEL_LABELS } from "../../../server/domain/menu";

interface AreaSelectProps {
  label: string;
  areas: readonly { area: number; level: Level; name: string }[];
  value: number | null;
  onChange: (area: number) => void;
}

export function AreaSelect({ label, areas, value, onChange }: AreaSelectProps) {
  const levels = [...new Set(areas.map(({ level }) => level))];
  return (
    <Select
      label={label}
      searchable
      data={levels.map((level) => ({
        group: LEVEL_LABELS[level],
        items: areas
          .filter((each) => each.level === level)
          .map(({ area, name }) => ({ value: String(area), label: name })),
      }))}
      value={value === null ? null : String(value)}
      onChange={(text) => text && onChange(Number(text))}
      nothingFoundMessage="No area by that name."
      onFocus={(event) => event.currentTarget.select()}
      comboboxProps={{ shadow: "md" }}
    />
  );
}
