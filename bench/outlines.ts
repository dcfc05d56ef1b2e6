/**
 * A nation of 11,000 sectors in a real browser: the map of the product is dragged and zoomed, and every gap between
 * two frames is measured. The outlines are made, or read from a TopoJSON file of sectors (`--file`, .gz too).
 */

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzipSync, gzip } from "node:zlib";
import { chromium, type Page } from "@playwright/test";
import { build } from "esbuild";
import { z } from "zod";
import { provideChromium } from "../bin/chromium";
import { DETAILS, type Detail, inDetail } from "../server/domain/outline-detail";
import type { Topology } from "../server/domain/topology";
import { type Bench, median, type Run, round } from "./bench";
import { madeTopology } from "./made-mesh";

const SECTORS = 11_000;
const SIZE = { width: 1280, height: 800 };
/** Two frames of a screen, and what is felt as a pause. */
const MOST_AT_P95_MS = 33;
const LONGEST_MS = 100;

export const outlines: Bench = {
  name: "outlines",
  about:
    "drags and zooms 11,000 sectors in Chromium and measures every frame (--file: a TopoJSON of your own)",
  rows: [SECTORS],
  async run(run) {
    const close = run.file === undefined ? madeTopology(SECTORS) : await readTopology(run.file);
    const sectors = close.objects.areas.geometries.length;
    const files = new Map<Detail, Buffer>();
    for (const detail of DETAILS) {
      const packed = await promisify(gzip)(JSON.stringify(inDetail(close, detail)));
      files.set(detail, packed);
      run.measured({
        bench: "outlines",
        case: `bytes of ${detail}, gzip`,
        rows: sectors,
        bytes: packed.length,
      });
    }
    const script = await bundle();
    const asked: string[] = [];
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? "/", "http://localhost");
      const detail = DETAILS.find((each) => each === url.searchParams.get("detail"));
      if (url.pathname === "/") {
        response.setHeader("Content-Type", "text/html; charset=utf-8");
        response.end(PAGE);
      } else if (url.pathname === "/api/boundaries" && detail) {
        asked.push(detail);
        response.setHeader("Content-Type", "application/json");
        response.setHeader("Content-Encoding", "gzip");
        response.end(files.get(detail));
      } else {
        response.setHeader("Content-Type", url.pathname === "/trial.css" ? "text/css" : "text/javascript");
        response.end(script.get(url.pathname) ?? "");
      }
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    try {
      const address = server.address();
      if (address === null || typeof address === "string") throw new Error("No port to serve the map from");
      await measure(run, sectors, `http://127.0.0.1:${address.port}/`);
      run.say(`  asked for, in turn: ${asked.join(", ")}`);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  },
};

const PAGE = `<!doctype html><html lang="en-GB"><title>Map trial</title><link rel="stylesheet" href="/trial.css">
<style>main { position: fixed; inset: 0 }</style><main></main><script type="module" src="/trial.js"></script></html>`;

/** The map as one script and one style sheet, by path. */
async function bundle(): Promise<Map<string, string>> {
  const root = join(import.meta.dirname, "..");
  const { outputFiles } = await build({
    entryPoints: { trial: join(root, "app/(commissioning)/map/outlines-trial.tsx") },
    outdir: "/",
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    jsx: "automatic",
    loader: { ".png": "dataurl" },
    define: { "process.env.NODE_ENV": '"production"' },
  });
  return new Map(outputFiles.map(({ path, text }) => [path, text]));
}

const readFileSchema = z.object({
  transform: z.object({
    scale: z.tuple([z.number(), z.number()]),
    translate: z.tuple([z.number(), z.number()]),
  }),
  arcs: z.array(z.array(z.tuple([z.number(), z.number()]))),
  objects: z.record(
    z.string(),
    z.object({
      geometries: z.array(
        z.object({ type: z.literal("MultiPolygon"), arcs: z.array(z.array(z.array(z.number()))) }),
      ),
    }),
  ),
});

/** A TopoJSON file of multi-polygons as the map has it. */
async function readTopology(path: string): Promise<Topology> {
  const bytes = await readFile(path);
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  const { transform, arcs, objects } = readFileSchema.parse(JSON.parse(text));
  const areas = Object.values(objects).flatMap(({ geometries }) => geometries);
  return {
    type: "Topology",
    // Only its middle is used, for the length of a degree.
    bbox: [-8, 50, 2, 60],
    transform,
    objects: {
      areas: {
        type: "GeometryCollection",
        geometries: areas.map((geometry, at) => ({ ...geometry, id: 10 + at, properties: {} })),
      },
    },
    arcs,
  };
}

async function measure(run: Run, sectors: number, address: string): Promise<void> {
  const browser = await chromium.launch({ executablePath: await provideChromium(), args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage({ viewport: SIZE });
    page.on("pageerror", (error) => run.say(`  ${error.message}`));
    await page.goto(address);
    const first = await page.evaluate(FIRST_PAINT);
    run.measured({
      bench: "outlines",
      case: "first paint, from opening the page",
      rows: sectors,
      product_ms: round(z.number().parse(first)),
    });
    for (const [what, act] of ACTS) {
      await page.evaluate(BEGIN);
      await act(page);
      // What was begun is painted to its end.
      await page.waitForTimeout(1_500);
      const gaps = z
        .array(z.number())
        .parse(await page.evaluate(END))
        .sort((a, b) => a - b);
      const p95 = gaps[Math.floor(gaps.length * 0.95)] ?? 0;
      const longest = gaps.at(-1) ?? 0;
      run.measured({
        bench: "outlines",
        case: what,
        rows: sectors,
        frames: gaps.length,
        median_ms: round(median(gaps)),
        p95_ms: round(p95),
        longest_ms: round(longest),
        ok: p95 <= MOST_AT_P95_MS && longest <= LONGEST_MS,
      });
    }
  } finally {
    await browser.close();
  }
}

const FIRST_PAINT = `new Promise((done) => {
  const look = () => {
    const canvas = document.querySelector("canvas.leaflet-zoom-animated");
    if (canvas && canvas.width > ${SIZE.width}) requestAnimationFrame(() => done(performance.now()));
    else requestAnimationFrame(look);
  };
  look();
})`;
const BEGIN = `{
  window.gaps = [];
  let before = null;
  const frame = (now) => {
    if (before !== null) window.gaps.push(now - before);
    before = now;
    window.frame = requestAnimationFrame(frame);
  };
  window.frame = requestAnimationFrame(frame);
}`;
const END = "cancelAnimationFrame(window.frame), window.gaps";

const MIDDLE = { x: SIZE.width / 2, y: SIZE.height / 2 };

async function drag(page: Page): Promise<void> {
  for (const way of [1, -1, 1]) {
    await page.mouse.move(MIDDLE.x - 400 * way, MIDDLE.y - 200 * way);
    await page.mouse.down();
    for (let step = 0; step <= 60; step += 1) {
      await page.mouse.move(MIDDLE.x + way * (step * 13.3 - 400), MIDDLE.y + way * (step * 6.6 - 200));
      await page.waitForTimeout(12);
    }
    await page.mouse.up();
    await page.waitForTimeout(150);
  }
}

const wheel = (ticks: number, delta: number) => async (page: Page) => {
  await page.mouse.move(MIDDLE.x + 60, MIDDLE.y + 40);
  for (let tick = 0; tick < ticks; tick += 1) {
    await page.mouse.wheel(0, delta);
    await page.waitForTimeout(180);
  }
};

const press = async (page: Page) => {
  for (const shift of [0, 60, 120]) {
    await page.mouse.click(MIDDLE.x + shift, MIDDLE.y + shift / 2);
    await page.waitForTimeout(300);
  }
};

/** What a reader does, from the whole nation to streets and back. */
const ACTS: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
  ["dragging, whole nation", drag],
  ["choosing areas, whole nation", press],
  ["zooming in to a region, finer lines arrive", wheel(6, -240)],
  ["dragging, a region", drag],
  ["zooming in to a city, the closest lines arrive", wheel(6, -240)],
  ["dragging, a city", drag],
  ["zooming out to the nation", wheel(14, 240)],
];
