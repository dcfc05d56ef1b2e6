"use client";
/** A small map that does not move: painted by the same hand and in the same colours as the large one. */
import { useEffect, useRef } from "react";
import type { AreaShapes, Box } from "./area-shapes";
import { readPalette } from "./canvas-paint";
import type { PaintedArea } from "./paint";
import { fitInto, paintAreas } from "./paint-areas";
import styles from "./small-maps.module.css";

interface SmallMapProps {
  outlines: AreaShapes;
  fit: Box;
  areas: ReadonlyMap<number, PaintedArea>;
  selected: number | null;
}

/** Room round the areas, in pixels. */
const PADDING = 6;

export function SmallMap({ outlines, fit, areas, selected }: SmallMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context) return;
    const paint = () => {
      const { clientWidth: width, clientHeight: height } = element;
      const dense = window.devicePixelRatio || 1;
      element.width = Math.round(width * dense);
      element.height = Math.round(height * dense);
      context.scale(dense, dense);
      paintAreas(
        context,
        outlines,
        fitInto(fit, width, height, PADDING),
        { width, height },
        {
          palette: readPalette(element),
          fillOf: (area) => areas.get(area)?.fill ?? "none",
          selected,
          isOpen: false,
        },
      );
    };
    paint();
    const watch = new ResizeObserver(paint);
    watch.observe(element);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", paint);
    return () => {
      watch.disconnect();
      dark.removeEventListener("change", paint);
    };
  }, [outlines, fit, areas, selected]);
  // The button round it says what it shows, and the table holds its figures.
  return <canvas ref={canvas} className={styles["canvas"]} />;
}
