"use client";
/** The two maps of a comparison: beside each other on a desk, and elsewhere one over the other with a switch. */
import dynamic from "next/dynamic";
import { useState } from "react";
import { Segmented } from "../../_ui/segmented";
import type { AreaShapes, Box } from "./area-shapes";
import styles from "./compare-sides.module.css";
import { useWidths } from "./map-frame";
import { makeMapLink } from "./map-link";
import type { PaintedArea } from "./paint";

const AreaMap = dynamic(() => import("./area-map"), { ssr: false });

interface Side {
  name: string;
  /** For the switch of a narrow screen. */
  short: string;
  areas: ReadonlyMap<number, PaintedArea>;
}

interface CompareSidesProps {
  outlines: AreaShapes;
  from: Side;
  to: Side;
  selected: number | null;
  onSelect: (area: number) => void;
  fit: Box;
  room: { right: number; bottom: number };
  tileUrl: string | null;
  onZoom: (zoom: number) => void;
}

/** What the switch covers of the map at its top, in pixels. */
const ROOM_OF_SWITCH = 52;

export function CompareSides({ from, to, ...map }: CompareSidesProps) {
  const { isDesk } = useWidths();
  const [link] = useState(makeMapLink);
  const [shown, setShown] = useState<"from" | "to">("to");
  const labelOf = (side: Side) => `Map: ${side.name}. The table holds the same figures.`;
  if (!isDesk) {
    const side = shown === "from" ? from : to;
    return (
      <>
        <div className={styles["over"]}>
          <AreaMap
            {...map}
            room={{ ...map.room, top: ROOM_OF_SWITCH }}
            areas={side.areas}
            label={labelOf(side)}
            fades={false}
          />
        </div>
        <div className={styles["switch"]}>
          <Segmented
            label="Which map"
            value={shown}
            options={[
              { value: "from", label: from.short },
              { value: "to", label: to.short },
            ]}
            onChange={setShown}
          />
        </div>
      </>
    );
  }
  return (
    <div className={styles["sides"]}>
      {[from, to].map((side, at) => (
        <div key={at === 0 ? "from" : "to"} className={styles["side"]}>
          <h2 className={styles["name"]}>{side.name}</h2>
          <div className={styles["map"]}>
            <AreaMap {...map} areas={side.areas} label={labelOf(side)} fades={false} link={link} />
          </div>
        </div>
      ))}
    </div>
  );
}
