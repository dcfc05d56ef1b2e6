"use client";
/**
 * The map to take away: a picture with its finding, legend, source and date, one printed page, or a link that shows
 * the same to whoever may see it. A page printed by the browser's own command is the same.
 */
import { useEffect, useRef, useState } from "react";
import { Icon } from "../../_ui/icon";
import { fileName, saveFile } from "../../_ui/save-file";
import { readPalette } from "./canvas-paint";
import filters from "./filters.module.css";
import { type Picture, paintPanels, paintPicture } from "./picture";
import styles from "./take-away.module.css";

export function TakeAway({ picture, file }: { picture: Picture; file: readonly string[] }) {
  /** What came of copying, and of which view: of another one it says nothing. */
  const [said, setSaid] = useState({ of: "", words: "" });
  const copy = async () => {
    const of = window.location.href;
    try {
      await navigator.clipboard.writeText(of);
      setSaid({ of, words: "The link is copied." });
    } catch {
      // A browser may not let a page copy.
      setSaid({ of, words: "Your browser does not let us copy. Copy the address at its top." });
    }
  };
  const isSaid = said.of !== "" && said.of === window.location.href;
  const save = () => {
    const canvas = document.createElement("canvas");
    const { fontFamily } = getComputedStyle(document.body);
    paintPicture(canvas, picture, readPalette(document.body), fontFamily);
    canvas.toBlob((blob) => {
      if (blob) saveFile(blob, fileName("png", ...file));
    }, "image/png");
  };
  return (
    <div className={`${filters["offers"]} no-print`}>
      <button type="button" className={filters["offer"]} onClick={save}>
        <Icon name="arrow-down" size={16} /> Download a picture
      </button>
      <button type="button" className={filters["offer"]} onClick={() => window.print()}>
        <Icon name="print" size={16} /> Print this page
      </button>
      <button type="button" className={filters["offer"]} onClick={() => void copy()}>
        <Icon name="record" size={16} /> Copy a link to this view
      </button>
      <span role="status" className={styles["said"]}>
        {isSaid && said.words}
      </span>
    </div>
  );
}

/** The maps as they are printed: as wide as the paper leaves, whatever the screen was. */
export function PrintedMap({ picture }: { picture: Picture }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const paint = () => {
      const element = canvas.current;
      const context = element?.getContext("2d");
      if (!element || !context) return;
      // Twice the size in points, so that lines are sharp on paper.
      const [width, height] = picture.panels.length > 2 ? [1400, 900] : [1200, 760];
      element.width = width;
      element.height = height;
      const { fontFamily } = getComputedStyle(document.body);
      paintPanels(context, picture, readPalette(element), { x: 0, y: 0, width, height, font: fontFamily });
    };
    window.addEventListener("beforeprint", paint);
    return () => window.removeEventListener("beforeprint", paint);
  }, [picture]);
  return <canvas ref={canvas} className={styles["printed"]} />;
}
