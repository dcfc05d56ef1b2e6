"use client";
/**
 * The choropleth: Leaflet on canvas, no tiles unless the installation has some. It paints what it is given and
 * tells which area was pressed; the table beside it holds the same figures for those who do not use a map.
 */
import L from "leaflet";
import "leaflet/dist/leaflet.css";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { AreaLayer } from "./area-layer";
import styles from "./area-map.module.css";
import { type AreaShapes, type Box, degreesOf, worldOf } from "./area-shapes";
import { middleOf, nearestArea, stepFrom, type Way } from "./area-steps";
import { readPalette } from "./canvas-paint";
import type { MapLink } from "./map-link";
import type { PaintedArea } from "./paint";

interface AreaMapProps {
  outlines: AreaShapes;
  areas: ReadonlyMap<number, PaintedArea>;
  selected: number | null;
  onSelect: (area: number) => void;
  /** What the map shows, for people who cannot see it. */
  label: string;
  /** Cross-fade to the new colours: while playing through time. */
  fades: boolean;
  /** Figures so far: the edge of the map is broken. */
  isOpen?: boolean;
  /** What the map is taken to; a new box takes it there again. */
  fit: Box;
  /**
   * What is covered, where the map puts none of its areas: pixels of its own top and right, and of the window's foot,
   * where a sheet lies.
   */
  room: { top?: number; right: number; bottom: number };
  /** Tiles behind the areas; null: none. */
  tileUrl: string | null;
  /** Maps that move as one. */
  link?: MapLink;
  /** Told the zoom wherever the map comes to rest, so that its outlines can be as fine as that needs. */
  onZoom: (zoom: number) => void;
}

interface Drawn {
  map: L.Map;
  layer: AreaLayer;
  /** Set when the map leaves the page: the effects of that same render may still hold it. */
  isRemoved: boolean;
}

/** The map while it is on the page; one that was removed must not be touched. */
const standing = (drawn: Drawn | null) => (drawn?.isRemoved ? null : drawn);

/** Pixels of the map that stay free whatever lies over it. */
const LEAST_FREE = 90;

/** How much of the map's foot lies under what covers so many pixels of the window's foot, before anybody scrolls. */
function coveredAtFoot(container: HTMLElement, covered: number): number {
  if (covered === 0) return 0;
  const { bottom, height } = container.getBoundingClientRect();
  const under = bottom + window.scrollY - (window.innerHeight - covered);
  return Math.min(Math.max(0, under), Math.max(0, height - LEAST_FREE));
}

export default function AreaMap({
  outlines,
  areas,
  selected,
  onSelect,
  label,
  fades,
  isOpen = false,
  fit,
  room,
  tileUrl,
  link,
  onZoom,
}: AreaMapProps) {
  const box = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  /** The area that the arrow keys have come to. */
  const [pointed, setPointed] = useState<number | null>(null);
  const pressed = useRef(onSelect);
  pressed.current = onSelect;
  const painted = useRef(areas);
  painted.current = areas;
  const shapes = useRef(outlines);
  shapes.current = outlines;

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const ground = document.createElement("div");
    ground.className = styles["ground"] ?? "";
    ground.tabIndex = 0;
    ground.setAttribute("role", "application");
    ground.setAttribute(
      "aria-label",
      "Map: arrow keys go from area to area, Enter opens its card, Escape closes it, plus and minus zoom",
    );
    element.append(ground);
    const made = drawMap(ground, shapes.current, {
      tileUrl,
      press: (area) => pressed.current(area),
      tip: (area) => painted.current.get(area)?.tip ?? null,
    });
    setDrawn(made);
    made.map.on("moveend", () => onZoom(made.map.getZoom()));
    const leave = link?.join(made.map);
    return () => {
      leave?.();
      setDrawn(null);
      made.isRemoved = true;
      made.map.remove();
      ground.remove();
    };
  }, [tileUrl, link, onZoom]);

  // Finer lines of the same areas, or another level: the map stays where it is until it is taken elsewhere.
  useEffect(() => standing(drawn)?.layer.setShapes(outlines), [drawn, outlines]);

  const { top = 0, right, bottom } = room;
  useEffect(() => {
    const map = standing(drawn)?.map;
    if (!map) return;
    const bounds = boundsOf(fit);
    let fitted = "";
    const fitAreas = () => {
      const container = map.getContainer();
      const foot = coveredAtFoot(container, bottom);
      // What stands above the map may have grown and moved it under the sheet; all else leaves it where it was taken.
      const now = [container.clientWidth, container.clientHeight, Math.round(foot)].join();
      if (now === fitted) return;
      fitted = now;
      map.invalidateSize({ animate: false });
      map.fitBounds(bounds, {
        animate: false,
        paddingTopLeft: [14, 14 + top],
        paddingBottomRight: [14 + right, 14 + foot],
        maxZoom: CLOSEST_FIT,
      });
    };
    fitAreas();
    const watch = new ResizeObserver(fitAreas);
    watch.observe(map.getContainer());
    if (bottom > 0) watch.observe(document.body);
    return () => watch.disconnect();
  }, [drawn, fit, top, right, bottom]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the picture fades when the areas are painted anew
  useEffect(() => {
    if (fades && !matchMedia("(prefers-reduced-motion: reduce)").matches)
      standing(drawn)?.layer.fade(FADE_MS);
  }, [areas]);

  useEffect(() => {
    const { map, layer } = standing(drawn) ?? {};
    if (!map || !layer) return;
    const paint = () =>
      layer.paint({
        palette: readPalette(map.getContainer()),
        fillOf: (area) => areas.get(area)?.fill ?? "none",
        selected,
        isOpen,
        pointed,
      });
    paint();
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", paint);
    return () => dark.removeEventListener("change", paint);
  }, [drawn, areas, selected, isOpen, pointed]);

  const press = (event: KeyboardEvent) => {
    // The zoom buttons inside the map have keys of their own.
    if (!drawn || event.target !== drawn.map.getContainer()) return;
    const way = WAYS[event.key];
    if (way !== undefined && !event.shiftKey) {
      const { lng, lat } = drawn.map.getCenter();
      const from = pointed ?? selected;
      const next =
        from === null ? nearestArea(outlines, ...worldOf(lng, lat)) : stepFrom(outlines, from, way);
      const shape = next === null ? undefined : outlines.byArea.get(next);
      if (!shape) return;
      setPointed(shape.area);
      drawn.map.panInside(degreesOf(...middleOf(shape)), { padding: [60, 60], animate: false });
    } else if (event.key === "Enter" && pointed !== null && pointed !== selected) onSelect(pointed);
    else if (event.key === "Escape" && (selected !== null || pointed !== null)) {
      setPointed(null);
      if (selected !== null) onSelect(selected);
    } else if (event.key === "+" || event.key === "=") drawn.map.zoomIn();
    else if (event.key === "-") drawn.map.zoomOut();
    else return;
    event.preventDefault();
  };
  return (
    <>
      <section ref={box} className={styles["map"]} aria-label={label} onKeyDown={press} />
      <output className="visually-hidden">{pointed === null ? "" : (areas.get(pointed)?.tip ?? "")}</output>
      {isOpen && <p className={styles["soFar"]}>So far</p>}
    </>
  );
}

const WAYS: Readonly<Record<string, Way>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
};

const FADE_MS = 400;
/** A sector that was looked for is shown with its neighbours round it. */
const CLOSEST_FIT = 13;

/** Corners of a box of the world, as Leaflet has them. */
function boundsOf([west, north, east, south]: Box): L.LatLngBounds {
  return L.latLngBounds(degreesOf(west, south), degreesOf(east, north));
}

function drawMap(
  element: HTMLElement,
  outlines: AreaShapes,
  ways: { tileUrl: string | null; press: (area: number) => void; tip: (area: number) => string | null },
): Drawn {
  const map = L.map(element, {
    // Its arrow keys move the map; ours go from area to area.
    keyboard: false,
    zoomControl: false,
    attributionControl: false,
    zoomSnap: 0.25,
    scrollWheelZoom: true,
    maxZoom: 15,
  });
  map.setView([54.9, -1.4], 9);
  L.control.zoom({ position: "topleft", zoomInTitle: "Zoom in", zoomOutTitle: "Zoom out" }).addTo(map);
  if (ways.tileUrl) L.tileLayer(ways.tileUrl).addTo(map);
  const layer = new AreaLayer(outlines).addTo(map);
  map.on("click", ({ latlng }) => {
    const area = layer.areaAt(latlng);
    if (area !== null) ways.press(area);
  });
  const tip = L.tooltip({ className: styles["tip"] ?? "", opacity: 1, offset: [12, 0] });
  const says = document.createElement("span");
  tip.setContent(says);
  map.on("mousemove", ({ latlng }) => {
    const area = layer.areaAt(latlng);
    const words = area === null ? null : ways.tip(area);
    element.style.cursor = words === null ? "" : "pointer";
    says.textContent = words;
    if (words === null) tip.remove();
    else tip.setLatLng(latlng).addTo(map);
  });
  map.on("mouseout", () => tip.remove());
  return { map, layer, isRemoved: false };
}
