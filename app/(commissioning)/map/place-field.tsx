"use client";
/**
 * Takes the map to a place by its name or postcode. What is typed goes to the server in the body of a call, is not
 * kept, and never stands in the address.
 */
import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { FoundPlace } from "../../../server/domain/place-search";
import { useTRPC } from "../../_trpc/client";
import { Icon } from "../../_ui/icon";
import { chooseMarked, chooseMarkedOrFirst } from "./choose-marked";

const WAIT_MS = 200;

export function PlaceField({ onPlace }: { onPlace: (place: FoundPlace) => void }) {
  const trpc = useTRPC();
  const [typed, setTyped] = useState("");
  const [asked] = useDebouncedValue(typed.trim(), WAIT_MS);
  const found = useQuery({
    ...trpc.map.places.queryOptions({ text: asked }),
    enabled: asked.length >= 2,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const places = asked.length >= 2 ? (found.data ?? []) : [];
  const isFound = asked === typed.trim() && !found.isFetching;
  return (
    <Select
      label="Find a place"
      placeholder="Town, ward or postcode"
      searchable
      clearable={false}
      searchValue={typed}
      onSearchChange={setTyped}
      value={null}
      data={places.map((place, at) => ({ value: String(at), label: `${place.name}, ${place.kind}` }))}
      // The server has found what fits; nothing is left out here.
      filter={({ options }) => options}
      onChange={(at) => {
        const place = at === null ? undefined : places[Number(at)];
        if (!place) return;
        onPlace(place);
        setTyped("");
      }}
      nothingFoundMessage={
        asked.length < 2 || found.isFetching
          ? undefined
          : found.isError
            ? "The places could not be read. Try again in a minute."
            : "No place by that name on this map. Check the spelling, or try a postcode."
      }
      selectFirstOptionOnChange
      // Only what was found for the words as they stand is taken unseen.
      wrapperProps={{ onKeyDownCapture: isFound ? chooseMarkedOrFirst : chooseMarked }}
      rightSection={<Icon name="search" size={16} />}
      rightSectionPointerEvents="none"
      autoComplete="off"
      comboboxProps={{ shadow: "md", middlewares: { flip: false } }}
    />
  );
}
