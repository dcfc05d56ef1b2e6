/**
 * The map alone, with its outlines and made classes in place of figures: what `npm run bench -- outlines` opens in a
 * browser to time the very code that paints the need map. No page of the product has it.
 */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { createRoot } from "react-dom/client";
import "../../globals.css";
import AreaMap from "./area-map";
import type { PaintedArea } from "./paint";
import { useOutlines } from "./use-outlines";

const ROOM = { right: 0, bottom: 0 };
/** As many areas as a nation, so that its details are used. */
const NATION = {
  level: "sector",
  geographyYear: 2026,
  geographyVersion: "made",
  areas: { length: 11_000 },
} as const;

/** One in twelve is hatched and one in thirty dotted; the others have the five classes in turn. */
function paintOf(area: number): PaintedArea {
  if (area % 12 === 0) return { fill: "few", tip: `Area ${area}` };
  if (area % 30 === 1) return { fill: "none", tip: `Area ${area}` };
  return { fill: `--q${1 + (area % 5)}`, tip: `Area ${area}` };
}

function Trial() {
  const { data, first, lookAt } = useOutlines(NATION);
  const [selected, select] = useState<number | null>(null);
  const areas = useMemo(
    () => new Map((first?.areas ?? []).map(({ area }): [number, PaintedArea] => [area, paintOf(area)])),
    [first],
  );
  if (!data || !first) return null;
  return (
    <AreaMap
      outlines={data}
      areas={areas}
      selected={selected}
      onSelect={select}
      label="A made map"
      fades={false}
      fit={first.box}
      room={ROOM}
      tileUrl={null}
      onZoom={lookAt}
    />
  );
}

const root = document.querySelector("main");
if (root) {
  createRoot(root).render(
    <QueryClientProvider client={new QueryClient()}>
      <Trial />
    </QueryClientProvider>,
  );
}
