/**
 * All areas of a map as one layer of Leaflet on one canvas: drawn a little beyond the edge and moved as a whole while
 * the map moves, so that a pan paints nothing until it has used that up. A layer for each area would be too many.
 * A new picture is painted out of sight, a slice a frame, while the old one is moved and scaled in its place.
 */

import L from "leaflet";
import { type AreaShapes, areaAt, worldOf } from "./area-shapes";
import { type Painting, paintSteps } from "./paint-areas";
import { inSlices } from "./slices";

/** How much is drawn beyond each edge, of the width and height of the map. */
const BEYOND = 0.35;

/** What a canvas shows: its zoom, and its corner in pixels of the world at that zoom. */
interface Drawn {
  zoom: number;
  corner: L.Point;
  size: L.Point;
}

function makeCanvas(): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.className = "leaflet-zoom-animated";
  canvas.style.pointerEvents = "none";
  return canvas;
}

export class AreaLayer extends L.Layer {
  private canvas = makeCanvas();
  private painting: Painting | null = null;
  private drawn: Drawn | null = null;
  private asked = 0;
  /** The picture that is being painted, and the way to leave off. */
  private underWay: { zoom: number; leave: () => void } | null = null;
  /** While a zoom is played nothing is painted: it would be in the place that the map comes from. */
  private isZooming = false;

  constructor(private shapes: AreaShapes) {
    super();
  }

  override onAdd(map: L.Map): this {
    map.getPanes().overlayPane.append(this.canvas);
    map.on("move", this.follow, this);
    map.on("zoomanim", this.zoomAlong, this);
    map.on("zoomend", this.endZoom, this);
    map.on("moveend viewreset", this.arrive, this);
    map.on("resize", this.redraw, this);
    this.redraw();
    return this;
  }

  override onRemove(map: L.Map): this {
    this.leaveOff();
    this.canvas.remove();
    map.off("move", this.follow, this);
    map.off("zoomanim", this.zoomAlong, this);
    map.off("zoomend", this.endZoom, this);
    map.off("moveend viewreset", this.arrive, this);
    map.off("resize", this.redraw, this);
    return this;
  }

  /** Other outlines of the same areas. */
  setShapes(shapes: AreaShapes): void {
    if (shapes === this.shapes) return;
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

  /** Paints from the next frame on, however often it is asked before that; what was under way is left. */
  private redraw(): void {
    this.leaveOff();
    this.asked = requestAnimationFrame(() => this.draw());
  }

  private leaveOff(): void {
    cancelAnimationFrame(this.asked);
    this.underWay?.leave();
    this.underWay = null;
  }

  private draw(): void {
    // The map may have left the page since the frame was asked for.
    if (!this.canvas.isConnected || !this.painting || this.isZooming) return;
    const map = this._map;
    const view = map.getSize();
    if (view.x === 0 || view.y === 0) return;
    const beyond = view.multiplyBy(BEYOND).round();
    const size = view.add(beyond.multiplyBy(2));
    const zoom = map.getZoom();
    const corner = map.getPixelOrigin().add(map.containerPointToLayerPoint(beyond.multiplyBy(-1)));
    const dense = window.devicePixelRatio || 1;
    const canvas = makeCanvas();
    canvas.width = Math.round(size.x * dense);
    canvas.height = Math.round(size.y * dense);
    canvas.style.width = `${size.x}px`;
    canvas.style.height = `${size.y}px`;
    const context = canvas.getContext("2d");
    if (!context) return;
    context.scale(dense, dense);
    const placing = { scale: map.getZoomScale(zoom, 0), x: corner.x, y: corner.y };
    const steps = paintSteps(context, this.shapes, placing, { width: size.x, height: size.y }, this.painting);
    let isDone = false;
    const leave = inSlices(steps, () => {
      isDone = true;
      this.underWay = null;
      this.show(canvas, { zoom, corner, size });
    });
    if (!isDone) this.underWay = { zoom, leave };
  }

  /** Puts a finished picture in the place of the last one. */
  private show(canvas: HTMLCanvasElement, drawn: Drawn): void {
    this.drawn = drawn;
    this.canvas.replaceWith(canvas);
    this.canvas = canvas;
    // The map may have gone on while this was painted.
    this.arrive();
  }

  /** While the map is dragged or pinched: moves and scales what is drawn, and paints anew where that runs out. */
  private follow(): void {
    const { drawn } = this;
    if (!drawn) return;
    const map = this._map;
    if (map.getZoom() !== drawn.zoom) {
      this.place(map.getPixelOrigin(), map.getZoom());
      return;
    }
    // One that is under way is finished first: begun again at each step of a drag, it never would be.
    if (!this.isCovered() && this.underWay?.zoom !== drawn.zoom) this.redraw();
  }

  /** Where the map has come to rest: painted anew unless what is drawn still covers it as it is. */
  private arrive(): void {
    const map = this._map;
    this.place(map.getPixelOrigin(), map.getZoom());
    if (this.underWay?.zoom === map.getZoom()) return;
    if (this.drawn?.zoom !== map.getZoom() || !this.isCovered()) this.redraw();
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
    this.isZooming = true;
    this.leaveOff();
    const map = this._map;
    const half = map.getSize().divideBy(2);
    const moved = L.DomUtil.getPosition(map.getPanes().mapPane);
    this.place(map.project(center, zoom).subtract(half).add(moved).floor(), zoom);
  }

  private endZoom(): void {
    this.isZooming = false;
    this.arrive();
  }

  /** Puts what is drawn where it belongs for another zoom, whose layer begins at `origin`. */
  private place(origin: L.Point, zoom: number): void {
    if (!this.drawn) return;
    const scale = this._map.getZoomScale(zoom, this.drawn.zoom);
    L.DomUtil.setTransform(this.canvas, this.drawn.corner.multiplyBy(scale).subtract(origin), scale);
  }
}
