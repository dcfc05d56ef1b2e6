"use client";
/**
 * The need map: one view in the address, read as figures, and shown four times over (sentence, map, table, time),
 * so that each reader finds the form they can use. Nothing here is computed from anything but figures.
 */
import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import type { MapOptions } from "../../../server/domain/figures";
import { dayInWords, findPeriod } from "../../../server/domain/period";
import type { FoundPlace } from "../../../server/domain/place-search";
import { useTRPC } from "../../_trpc/client";
import { type Box, worldOf } from "./area-shapes";
import { CompareMap } from "./compare-map";
import { type MapProps, PlainPage } from "./map-frame";
import { PeriodsMap } from "./periods-map";
import { SingleMap } from "./single-map";
import { useSettledNotice } from "./use-settled-notice";
import { useView, type ViewControl } from "./use-view";
import { periodsOf } from "./view";

type NeedMapProps = Pick<MapProps, "tileUrl" | "attribution">;

const boxOf = ({ west, south, east, north }: NonNullable<FoundPlace["bounds"]>): Box => [
  ...worldOf(west, north),
  ...worldOf(east, south),
];

export function NeedMap(props: NeedMapProps) {
  const trpc = useTRPC();
  const options = useQuery(trpc.map.options.queryOptions());
  if (options.isError) {
    return <PlainPage title="Need map">The map could not be read. Try again in a minute.</PlainPage>;
  }
  if (!options.data) return <PlainPage title="Need map">Reading the figures…</PlainPage>;
  return <MapOfOptions options={options.data} {...props} />;
}

function MapOfOptions({ options, ...props }: NeedMapProps & { options: MapOptions }) {
  const { view, change } = useView(options);
  const settled = useSettledNotice();
  useFollowing(options, { view, change }, settled.notice?.period ?? null);
  const [focus, setFocus] = useState<Box | null>(null);
  const control: ViewControl = {
    view,
    change: useCallback(
      (part, quietly) => {
        // Whoever turns to other areas has left the place that they looked for.
        if (part.whole !== undefined || part.level !== undefined) setFocus(null);
        change(part, quietly);
      },
      [change],
    ),
  };
  const { period, beside, level } = view;
  const onPlace = (place: FoundPlace) => {
    // A postcode is known by its sector from here on; it is in no address.
    change({ whole: true, ...(place.level === level && { area: place.area }) });
    setFocus(place.bounds && boxOf(place.bounds));
  };
  if (period === null) return <NothingYet options={options} />;
  const map: MapProps = { options, control, settled, period, focus, onPlace, ...props };
  if (beside?.kind === "period" || beside?.kind === "need") return <CompareMap {...map} beside={beside} />;
  return beside === null ? <SingleMap {...map} /> : <PeriodsMap {...map} />;
}

/** A map that stood on the last period with figures moves with it; one that looks back stays where it is. */
function useFollowing(options: MapOptions, { view, change }: ViewControl, settled: string | null): void {
  const type = findPeriod(view.period ?? "")?.type;
  const known = type ? periodsOf(options, type) : [];
  const before = known.at(-2)?.period;
  const latest = known.at(-1)?.period;
  const [followed, setFollowed] = useState<string | null>(null);
  useEffect(() => {
    if (settled === null || settled !== latest || followed === settled) return;
    setFollowed(settled);
    // Two periods side by side were chosen as they are.
    if (view.period === before && view.beside?.kind !== "period") change({ period: settled }, true);
  }, [settled, latest, before, followed, view.period, view.beside, change]);
}

function NothingYet({ options }: { options: MapOptions }) {
  const next = options.open.find((each) => each.type === "quarter") ?? options.open[0];
  return (
    <PlainPage title="No figures yet">
      Figures appear when a period settles, 20 working days after it ends.
      {next && ` ${next.words} settles on ${dayInWords(next.settlesOn)}.`} This page shows them by itself.
    </PlainPage>
  );
}
