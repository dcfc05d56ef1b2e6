/** Keeps several maps at one place and zoom: whichever is moved, the others follow. */

import type { Map as LeafletMap } from "leaflet";

export interface MapLink {
  /** Lets a map move with the others; gives a way to leave again. */
  join: (map: LeafletMap) => () => void;
}

export function makeMapLink(): MapLink {
  const maps = new Set<LeafletMap>();
  /** The map that is being followed: what the others do then is no move of their own. */
  let leading: LeafletMap | null = null;
  return {
    join: (map) => {
      const follow = () => {
        if (leading !== null) return;
        leading = map;
        for (const other of maps) {
          if (other !== map) other.setView(map.getCenter(), map.getZoom(), { animate: false });
        }
        leading = null;
      };
      maps.add(map);
      map.on("move zoomend", follow);
      return () => {
        map.off("move zoomend", follow);
        maps.delete(map);
      };
    },
  };
}
