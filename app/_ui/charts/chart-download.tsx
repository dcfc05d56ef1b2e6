"use client";
/**
 * A chart to take away, as SVG or PNG: the picture of the page in the colours of paper, with its title, what it says and
 * whose numbers they are. Made here, from the very chart on the page; nothing is sent anywhere.
 */
import { useState } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import type { PaperChart as Chart } from "../../../server/domain/impact/paper";
import { fileName, saveFile } from "../save-file";
import { DOCUMENT_FONT } from "./chart-canvas";
import styles from "./chart-figure.module.css";
import { DOCUMENT_PALETTE } from "./palette";
import { PaperChart } from "./paper-chart";

interface ChartDownloadProps {
  chart: Chart;
  title: string;
  says: string;
  /** "Wear Advice, July to September 2026, counted on 24 November 2026". */
  foot: string;
}

/** As wide as charts stand on the page of a paper. */
const WIDTH = 680;
/** Pixels of the PNG for each of the picture: sharp on paper and on dense screens. */
const DENSITY = 3;

export function ChartDownload(props: ChartDownloadProps) {
  const [hasFailed, setHasFailed] = useState(false);
  const save = async (ending: "png" | "svg") => {
    const file = ending === "svg" ? drawAlone(props).file : await paint(props).catch(() => null);
    setHasFailed(file === null);
    if (file) saveFile(file, fileName(ending, props.title));
  };
  return (
    <p className={`${styles["download"]} no-print`}>
      {(["png", "svg"] as const).map((ending) => (
        <button
          key={ending}
          type="button"
          className={styles["take"]}
          aria-label={`Save as ${ending.toUpperCase()}: ${props.title}`}
          onClick={() => void save(ending)}
        >
          Save as {ending.toUpperCase()}
        </button>
      ))}
      <span role="status">{hasFailed && "This browser could not make the PNG. Save the SVG instead."}</span>
    </p>
  );
}

/** The chart drawn once more, away from the page, with a rule for its letters where it must carry them. */
function drawAlone({ chart, title, says, foot }: ChartDownloadProps, rule = "") {
  const sheet = document.createElement("div");
  const root = createRoot(sheet);
  flushSync(() =>
    root.render(
      <PaperChart
        chart={chart}
        width={WIDTH}
        palette={DOCUMENT_PALETTE}
        label={title}
        says={says}
        foot={foot}
      />,
    ),
  );
  const svg = sheet.querySelector("svg");
  if (!svg) throw new Error("The chart drew nothing");
  if (rule !== "") {
    const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
    style.textContent = rule;
    svg.prepend(style);
  }
  const file = new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" });
  const drawn = { file, width: svg.width.baseVal.value, height: svg.height.baseVal.value };
  root.unmount();
  return drawn;
}

/** The picture as PNG. A picture sees nothing of the page around it, so it is given the letters to take with it. */
async function paint(props: ChartDownloadProps): Promise<Blob | null> {
  const { file, width, height } = drawAlone(props, await letters());
  const image = new Image();
  image.src = URL.createObjectURL(file);
  await image.decode().finally(() => URL.revokeObjectURL(image.src));
  const canvas = document.createElement("canvas");
  canvas.width = width * DENSITY;
  canvas.height = height * DENSITY;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

/** The page's own font as a rule that carries it; empty where the page has none, and the next letters serve. */
async function letters(): Promise<string> {
  const family = getComputedStyle(document.body).fontFamily.split(",")[0]?.trim().replaceAll('"', "");
  const rule = [...document.styleSheets]
    .filter(({ href }) => href === null || new URL(href).origin === location.origin)
    .flatMap((sheet) => [...sheet.cssRules])
    .find(
      (rule): rule is CSSFontFaceRule =>
        rule instanceof CSSFontFaceRule &&
        rule.style.getPropertyValue("font-family").replaceAll('"', "") === family,
    );
  const address = rule?.style.getPropertyValue("src").match(/url\("?([^")]+)"?\)/)?.[1];
  if (!rule || !address) return "";
  const font = await (await fetch(new URL(address, rule.parentStyleSheet?.href ?? document.baseURI))).blob();
  const data = await new Promise<string>((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result));
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(font);
  });
  return `@font-face{font-family:"${DOCUMENT_FONT}";font-weight:200 800;src:url("${data}")}`;
}
