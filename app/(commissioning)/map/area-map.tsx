"use client";
/**
 * The choropleth: Leaflet on canvas, no tiles unless the installation has some. It paints what it is given and
 * tells which area was pressed; the table beside it holds the same figures for those who do not use a map.
 */
import L from "leaflet";
import "leaflet/dist/leaflet.css";
import { useEffect, useRef } from "react";
import styles from "./area-map.module.css";
import { makePatternCanvas, type Palette, type PatternOptions, readPalette } from "./canvas-paint";
import type { MapLink } from "./map-link";
import type { PaintedArea } from "./paint";

type Rings = [longitude: number, latitude: number][][];
type Geometry = { type: "Polygon"; coordinates: Rings } | { type: "MultiPolygon"; coordinates: Rings[] };

/** Outlines of areas as GeoJSON: each feature's id is the area's number. */
export interface Outlines {
  features: readonly { id: number; geometry: Geometry }[];
}

interface AreaMapProps {
  outlines: Outlines;
  areas: ReadonlyMap<number, PaintedArea>;
  selected: number | null;
  onSelect: (area: number) => void;
  /** What the map shows, for people who cannot see it. */
  label: string;
  /** Cross-fade to the new colours: while playing through time. */
  fades: boolean;
  /** Where the card floats: the map keeps its areas out of that part. Pixels from the right or the bottom. */
  room: { right: number; bottom: number };
  /** Tiles behind the areas; null: none. */
  tileUrl: string | null;
  /** Maps that move as one. */
  link?: MapLink;
}

interface Drawn {
  map: L.Map;
  layers: Map<number, L.Polygon>;
  selection: L.LayerGroup;
  all: L.FeatureGroup;
}

export default function AreaMap({
  outlines,
  areas,
  selected,
  onSelect,
  label,
  fades,
  room,
  tileUrl,
  link,
}: AreaMapProps) {
  const box = useRef<HTMLDivElement>(null);
  const drawn = useRef<Drawn | null>(null);
  const pressed = useRef(onSelect);
  pressed.current = onSelect;
  const painted = useRef(areas);
  painted.current = areas;

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const ground = document.createElement("div");
    ground.className = styles["ground"] ?? "";
    ground.setAttribute("role", "group");
    ground.setAttribute("aria-label", "Map: arrow keys move it, plus and minus zoom");
    element.append(ground);
    const made = drawMap(ground, outlines, {
      tileUrl,
      press: (area) => pressed.current(area),
      tip: (area) => painted.current.get(area)?.tip ?? "",
    });
    drawn.current = made;
    const leave = link?.join(made.map);
    return () => {
      leave?.();
      drawn.current = null;
      ground.remove();
      // Leaflet 1.9.4 forgets to cancel a drawing that it has asked for: the canvas must outlive it.
      requestAnimationFrame(() => made.map.remove());
    };
  }, [outlines, tileUrl, link]);

  const { right, bottom } = room;
  useEffect(() => {
    const { map, all } = drawn.current ?? {};
    const bounds = outlines.features.length > 0 ? all?.getBounds() : undefined;
    if (!map || !bounds?.isValid()) return;
    const fitAreas = () => {
      map.invalidateSize({ animate: false });
      map.fitBounds(bounds, {
        animate: false,
        paddingTopLeft: [14, 14],
        paddingBottomRight: [14 + right, 14 + bottom],
      });
    };
    fitAreas();
    const watch = new ResizeObserver(fitAreas);
    watch.observe(map.getContainer());
    return () => watch.disconnect();
  }, [outlines, right, bottom]);

  useEffect(() => {
    const at = drawn.current;
    if (!at || outlines.features.length === 0) return;
    const paint = () => paintAreas(at, areas, readPalette(at.map.getContainer()));
    if (fades) fadeFrom(at.map);
    paint();
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", paint);
    return () => dark.removeEventListener("change", paint);
  }, [areas, fades, outlines]);

  useEffect(() => {
    const at = drawn.current;
    if (!at || outlines.features.length === 0) return;
    const mark = () => markSelection(at, selected, readPalette(at.map.getContainer()));
    mark();
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", mark);
    return () => dark.removeEventListener("change", mark);
  }, [selected, outlines]);

  return <section ref={box} className={styles["map"]} aria-label={label} />;
}

/** Leaflet's [latitude, longitude] of GeoJSON's rings. */
const ringsOf = (geometry: Geometry): L.LatLng[][] | L.LatLng[][][] =>
  geometry.type === "Polygon"
    ? L.GeoJSON.coordsToLatLngs(geometry.coordinates, 1)
    : L.GeoJSON.coordsToLatLngs(geometry.coordinates, 2);

function drawMap(
  element: HTMLElement,
  outlines: Outlines,
  ways: { tileUrl: string | null; press: (area: number) => void; tip: (area: number) => string },
): Drawn {
  const map = L.map(element, {
    renderer: makePatternCanvas(),
    zoomControl: false,
    attributionControl: false,
    zoomSnap: 0.25,
    scrollWheelZoom: true,
    maxZoom: 15,
  });
  map.setView([54.9, -1.4], 9);
  L.control.zoom({ position: "topleft", zoomInTitle: "Zoom in", zoomOutTitle: "Zoom out" }).addTo(map);
  if (ways.tileUrl) L.tileLayer(ways.tileUrl).addTo(map);
  const all = L.featureGroup();
  const layers = new Map<number, L.Polygon>();
  const numbered = outlines.features.map(({ id, geometry }) => ({ area: id, rings: ringsOf(geometry) }));
  // Outlines first: what shows of them beyond the seams is the outer edge, so the palest class does not fade away.
  for (const { rings } of numbered) all.addLayer(L.polygon(rings, { fill: false, interactive: false }));
  for (const { area, rings } of numbered) {
    const layer = L.polygon(rings, { smoothFactor: 0.6 });
    layer.on("click", () => ways.press(area));
    layer.bindTooltip(() => ways.tip(area), { sticky: true, className: styles["tip"], opacity: 1 });
    layers.set(area, layer);
    all.addLayer(layer);
  }
  all.addTo(map);
  const selection = L.layerGroup().addTo(map);
  return { map, layers, selection, all };
}

function paintAreas({ layers, all }: Drawn, areas: ReadonlyMap<number, PaintedArea>, palette: Palette): void {
  const seam = palette.colour("--surface");
  const edge = { color: palette.colour("--line-strong"), weight: 2.8, opacity: 1 };
  all.eachLayer((layer) => {
    if (layer instanceof L.Polygon && layer.options.fill === false) layer.setStyle(edge);
  });
  for (const [area, layer] of layers) {
    const fill = areas.get(area)?.fill ?? "none";
    const style: PatternOptions = {
      fill: true,
      fillOpacity: 1,
      color: seam,
      weight: 1.2,
      opacity: 1,
      ...(fill === "few" || fill === "none"
        ? { fillPattern: palette.pattern(fill) }
        : { fillPattern: null, fillColor: palette.colour(fill) }),
    };
    layer.setStyle(style);
  }
}

function markSelection({ layers, selection }: Drawn, selected: number | null, palette: Palette): void {
  selection.clearLayers();
  const layer = selected === null ? undefined : layers.get(selected);
  if (!layer) return;
  const rings = layer.getLatLngs();
  if (!isRings(rings)) return;
  const line = { fill: false, interactive: false, opacity: 1 };
  selection.addLayer(L.polygon(rings, { ...line, color: palette.colour("--surface"), weight: 6 }));
  selection.addLayer(L.polygon(rings, { ...line, color: palette.colour("--ink"), weight: 2.5 }));
}

type Latitudes = ReturnType<L.Polygon["getLatLngs"]>;
const isRings = (rings: Latitudes): rings is L.LatLng[][] | L.LatLng[][][] => Array.isArray(rings[0]);

const FADE_MS = 400;

/** Leaves a copy of the picture as it was, which fades over the new one. */
function fadeFrom(map: L.Map): void {
  const canvas = map.getPane("overlayPane")?.querySelector("canvas");
  if (!canvas || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const copy = canvas.cloneNode();
  if (!(copy instanceof HTMLCanvasElement)) return;
  copy.getContext("2d")?.drawImage(canvas, 0, 0);
  copy.style.pointerEvents = "none";
  canvas.after(copy);
  copy
    .animate([{ opacity: 1 }, { opacity: 0 }], { duration: FADE_MS, easing: "ease-out" })
    .finished.finally(() => copy.remove());
}
