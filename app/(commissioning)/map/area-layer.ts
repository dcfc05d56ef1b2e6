/**
 * All areas of a map as one layer of Leaflet on one canvas: drawn a little beyond the edge and moved as a whole while
 * the map moves, so that a pan paints nothing until it has used that up. A layer for each area would be too many.
 */

import L from "leaflet";
import { type AreaShapes, areaAt, worldOf } from "./area-shapes";
import { type Painting, paintAreas } from "./paint-areas";

/** How much is drawn beyond each edge, of the width and height of the map. */
const BEYOND = 0.35;

export class AreaLayer extends L.Layer {
  private readonly canvas = document.createElement("canvas");
  private painting: Painting | null = null;
  /** What the canvas shows: its zoom, and its corner in pixels of the world at that zoom. */
  private drawn: { zoom: number; origin: L.Point; corner: L.Point; size: L.Point } | null = null;
  private asked = 0;

  constructor(private shapes: AreaShapes) {
    super();
    this.canvas.className = "leaflet-zoom-animated";
    this.canvas.style.pointerEvents = "none";
  }

  override onAdd(map: L.Map): this {
    map.getPanes().overlayPane.append(this.canvas);
    map.on("move", this.follow, this);
    map.on("zoomanim", this.zoomAlong, this);
    map.on("moveend zoomend viewreset", this.arrive, this);
    map.on("resize", this.redraw, this);
    this.redraw();
    return this;
  }

  override onRemove(map: L.Map): this {
    cancelAnimationFrame(this.asked);
    this.canvas.remove();
    map.off("move", this.follow, this);
    map.off("zoomanim", this.zoomAlong, this);
    map.off("moveend zoomend viewreset", this.arrive, this);
    map.off("resize", this.redraw, this);
    return this;
  }

  /** Other outlines of the same areas. */
  setShapes(shapes: AreaShapes): void {
    this.shapes = shapes;
    this.redraw();
  }

  paint(painting: Painting): void {
    this.painting = painting;
    this.redraw();
  }

  /** The area at a position; null outside all of them. */
  areaAt({ lng, lat }: L.LatLng): number | null {
    return areaAt(this.shapes, ...worldOf(lng, lat));
  }

  /** Leaves a copy of the picture as it was, which fades over the new one. */
  fade(milliseconds: number): void {
    const copy = this.canvas.cloneNode();
    if (!(copy instanceof HTMLCanvasElement) || !this.canvas.parentNode) return;
    copy.getContext("2d")?.drawImage(this.canvas, 0, 0);
    this.canvas.after(copy);
    copy
      .animate([{ opacity: 1 }, { opacity: 0 }], { duration: milliseconds, easing: "ease-out" })
      .finished.finally(() => copy.remove());
  }

  /** Paints at the next frame, however often it is asked before that. */
  private redraw(): void {
    cancelAnimationFrame(this.asked);
    this.asked = requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    // The map may have left the page since the frame was asked for.
    if (!this.canvas.isConnected || !this.painting) return;
    const map = this._map;
    const view = map.getSize();
    if (view.x === 0 || view.y === 0) return;
    const beyond = view.multiplyBy(BEYOND).round();
    const size = view.add(beyond.multiplyBy(2));
    const zoom = map.getZoom();
    const at = map.containerPointToLayerPoint(beyond.multiplyBy(-1));
    const corner = map.getPixelOrigin().add(at);
    const dense = window.devicePixelRatio || 1;
    this.canvas.width = Math.round(size.x * dense);
    this.canvas.height = Math.round(size.y * dense);
    this.canvas.style.width = `${size.x}px`;
    this.canvas.style.height = `${size.y}px`;
    L.DomUtil.setTransform(this.canvas, at, 1);
    const context = this.canvas.getContext("2d");
    if (!context) return;
    context.scale(dense, dense);
    const placing = { scale: map.getZoomScale(zoom, 0), x: corner.x, y: corner.y };
    paintAreas(context, this.shapes, placing, { width: size.x, height: size.y }, this.painting);
    this.drawn = { zoom, origin: map.getPixelOrigin(), corner, size };
  }

  /** While the map is dragged or pinched: moves and scales what is drawn, and paints anew where that runs out. */
  private follow(): void {
    const { drawn } = this;
    if (!drawn) return;
    const map = this._map;
    if (map.getZoom() !== drawn.zoom) {
      this.place(map.getCenter(), map.getZoom());
      return;
    }
    if (!this.isCovered()) this.redraw();
  }

  /** Where the map has come to rest: painted anew unless what is drawn still covers it as it is. */
  private arrive(): void {
    const { drawn } = this;
    const map = this._map;
    const isSame = drawn?.zoom === map.getZoom() && drawn.origin.equals(map.getPixelOrigin());
    if (!isSame || !this.isCovered()) this.redraw();
  }

  /** Whether what is drawn reaches over all that the map shows. */
  private isCovered(): boolean {
    const { min, max } = this._map.getPixelBounds();
    if (!this.drawn || !min || !max) return false;
    const { corner, size } = this.drawn;
    const edge = corner.add(size);
    return min.x >= corner.x && min.y >= corner.y && max.x <= edge.x && max.y <= edge.y;
  }

  private zoomAlong({ center, zoom }: L.ZoomAnimEvent): void {
    this.place(center, zoom);
  }

  /** Puts what is drawn where it belongs for another centre and zoom. */
  private place(center: L.LatLng, zoom: number): void {
    const { drawn } = this;
    if (!drawn) return;
    const map = this._map;
    const scale = map.getZoomScale(zoom, drawn.zoom);
    const origin = map
      .project(center, zoom)
      .subtract(map.getSize().divideBy(2))
      .add(L.DomUtil.getPosition(map.getPanes().mapPane))
      .floor();
    L.DomUtil.setTransform(this.canvas, drawn.corner.multiplyBy(scale).subtract(origin), scale);
  }
}
