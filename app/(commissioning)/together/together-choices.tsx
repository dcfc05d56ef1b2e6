"use client";
/** The choices of the page, each part of its address: the area and period of pairs, and the place to find the like of. */
import { Select } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import type { TogetherChoices as Choices } from "../../../server/domain/together";
import { AreaSelect } from "../coverage/area-select";
import { type Asked, addressOf } from "./asked";
import styles from "./together.module.css";

export function TogetherChoices({ choices, asked }: { choices: Choices; asked: Asked }) {
  const { change, isPending } = useChange(asked);
  return (
    <div className={`${styles["choices"]} no-print`} aria-busy={isPending}>
      <AreaSelect
        label="Area"
        areas={choices.areas}
        value={asked.area}
        onChange={(area) => change({ area })}
      />
      <Select
        label="Period"
        data={choices.periods.map(({ period, words }) => ({ value: period, label: words }))}
        value={asked.period}
        onChange={(period) => period && change({ period })}
        comboboxProps={{ shadow: "md" }}
        allowDeselect={false}
      />
    </div>
  );
}

export function PlaceChoice({ choices, asked }: { choices: Choices; asked: Asked }) {
  const { change, isPending } = useChange(asked);
  return (
    <div className={`${styles["choices"]} no-print`} aria-busy={isPending}>
      <AreaSelect
        label="Find areas like"
        areas={choices.places}
        value={asked.place}
        onChange={(place) => change({ place })}
      />
    </div>
  );
}

function useChange(asked: Asked) {
  const router = useRouter();
  const [isPending, start] = useTransition();
  return {
    isPending,
    change: (part: Partial<Asked>) =>
      start(() => router.replace(addressOf({ ...asked, ...part }), { scroll: false })),
  };
}
