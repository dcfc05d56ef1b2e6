/**
 * The service worker as it is served: bundled after the pages are built, because it carries the names of the files
 * that the field screens need. Those are found by following what each file names, so a part that a screen loads later
 * is there without signal as well.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { z } from "zod";
import { SHELLS } from "../app/_offline/worker/shells";

/** Where the worker is written, below the root. */
export const SERVICE_WORKER = "public/sw.js";

/** Bundles the worker for the pages that were built last. */
export async function buildServiceWorker(root: string): Promise<void> {
  const files = filesOfShells(join(root, ".next"));
  const source = join(root, "app/_offline/worker");
  const version = createHash("sha256").update(JSON.stringify(files));
  for (const name of readdirSync(source).sort()) version.update(readFileSync(join(source, name)));
  await build({
    entryPoints: [join(source, "worker.ts")],
    outfile: join(root, SERVICE_WORKER),
    bundle: true,
    minify: true,
    target: "es2022",
    format: "iife",
    define: { FILES: JSON.stringify(files), VERSION: JSON.stringify(version.digest("hex").slice(0, 12)) },
    logLevel: "error",
  });
}

/**
 * Addresses of every file that a shell needs, at once or later, in order. Throws when a shell was not built, or hardly
 * any file was found: then the build's own lists are not where they were.
 */
export function filesOfShells(built: string): string[] {
  const found = new Set<string>();
  const follow = (text: string) => {
    for (const file of filesNamedIn(text)) {
      const path = join(built, "static", file);
      if (found.has(file) || !existsSync(path)) continue;
      found.add(file);
      if (/\.(?:js|css)$/.test(file)) follow(readFileSync(path, "utf8"));
    }
  };
  for (const list of listsOfShells(built)) follow(readFileSync(list, "utf8"));
  if (found.size < FEWEST_FILES)
    throw new Error("The files of the field screens were not found in the build.");
  return [...found].sort().map((file) => `/_next/static/${file}`);
}

const FEWEST_FILES = 8;

const routesSchema = z.record(z.string(), z.string());

/** The build's own lists of what each shell loads first. */
function listsOfShells(built: string): string[] {
  const routes = routesSchema.parse(
    JSON.parse(readFileSync(join(built, "app-path-routes-manifest.json"), "utf8")),
  );
  return SHELLS.flatMap((path) => {
    const [page] = Object.entries(routes).find(([, route]) => route === path) ?? [];
    if (!page) throw new Error(`The page ${path} is not in the build.`);
    const folder = join(built, "server/app", page);
    return [
      `${folder}_client-reference-manifest.js`,
      join(folder, "build-manifest.json"),
      join(folder, "next-font-manifest.json"),
    ];
  });
}

/** Files below /_next/static that a list, a script or a style names. */
function filesNamedIn(text: string): string[] {
  const scripts = text.matchAll(/(?<![\w-])static\/((?:chunks|media)\/[\w.~-]+\.\w+)/g);
  const fonts = text.matchAll(/\.\.\/(media\/[\w.~-]+\.\w+)/g);
  return [...scripts, ...fonts].map(([, file]) => file ?? "");
}
