/**
 * Checks which room imports which: app -> server/routers -> server -> db, with server/domain under all.
 * Reads the import lines of every source file; a check that sees hardly any files fails, too.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

/** Fewer files than this means that the check looked in the wrong place. */
const FEWEST_FILES = 40;

/** Packages that compute and nothing else: no clock of their own, no network, no disk. */
const PURE_PACKAGES = ["d3-array", "d3-delaunay", "d3-scale", "d3-shape", "proj4", "zod"];

/** Holds forbidden imports as examples. */
const OWN_TEST = "bin/layers.test.ts";

/** What a page or layout may import of the server: the procedures, and the clock of its context. */
const FOR_PAGES = ["server/routers", "server/routers/index", "server/context"];

/** Files of app/ that run on the server and need more, each with what it may import. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  "app/(casework)/people/[id]/read-person.ts": FOR_PAGES, // the person of a record
  "app/(casework)/people/[id]/actions.tsx": FOR_PAGES, // sections of the record
  "app/(casework)/people/[id]/early-help.tsx": FOR_PAGES,
  "app/(casework)/people/[id]/known-to.tsx": FOR_PAGES,
  "app/(casework)/people/[id]/referrals.tsx": FOR_PAGES,
  "app/(casework)/people/[id]/scores.tsx": FOR_PAGES,
  "app/(casework)/people/[id]/print/printed-work.tsx": FOR_PAGES,
  "app/(field)/layout.tsx": ["server/clock"], // whether this is the demo
  "app/(commissioning)/map/page.tsx": ["server/attribution", "server/env"], // sources and background tiles
  // The public pages read what is published, for nobody in particular.
  "app/(open)/open-reading.ts": [
    "server/attribution",
    "server/clock",
    "server/env",
    "server/open-data/pages",
    "server/open-data/places",
    "server/open-data/release-files",
    "server/pools",
    "server/register",
  ],
  "app/_ui/viewer.ts": ["server/request"], // who is looking, for every page
  "app/_ui/shell.tsx": ["server/clock"], // whether this is the demo
  "app/_ui/audit-alarm.tsx": ["server/routers"], // what an officer must know on every page
  "app/_ui/glass-banner.tsx": ["server/routers"], // emergency access that is open, on every page
};

/**
 * Files of server/ that do what screens do, each with the pure part of app/ that it may import: a chart of a document is
 * the chart of the screen, and a file of the demo is sealed as a browser seals it, so there is one of each. What they
 * name imports neither styles nor a browser.
 */
const AS_ON_SCREEN: Readonly<Record<string, readonly string[]>> = {
  "server/documents/chart-svg.tsx": ["app/_ui/charts/palette", "app/_ui/charts/paper-chart"],
  "server/demo/studies.ts": ["app/_lab/sealing"],
  "server/testing-studies.ts": ["app/_lab/sealing"],
};

/** Rooms by folder; a file belongs to the first that matches. `mayImport` names rooms. */
const ROOMS = [
  { name: "domain", folder: "server/domain/", mayImport: ["domain"] },
  { name: "routers", folder: "server/routers/", mayImport: ["routers", "server", "domain"] },
  { name: "commands", folder: "server/cli/", mayImport: ["commands", "server", "domain", "db"] },
  { name: "server", folder: "server/", mayImport: ["server", "domain", "db"] },
  { name: "db", folder: "db/", mayImport: ["db", "domain"] },
  { name: "api", folder: "app/api/", mayImport: ["api", "routers", "server", "domain"] },
  { name: "offline", folder: "app/_offline/", mayImport: ["offline", "app", "domain"] },
  // What seals a file in the browser: tests and proofs send as a browser does.
  { name: "sealing", folder: "app/_lab/", mayImport: ["sealing", "domain"] },
  { name: "app", folder: "app/", mayImport: ["app", "offline", "sealing", "domain"] },
  {
    name: "bench",
    folder: "bench/",
    mayImport: ["bench", "bin", "offline", "sealing", "server", "domain", "db", "routers"],
  },
  { name: "e2e", folder: "e2e/", mayImport: ["e2e", "bin", "server", "domain", "db", "offline"] },
  { name: "bin", folder: "bin/", mayImport: ["bin", "offline", "server", "domain", "db"] },
] as const;

type Room = (typeof ROOMS)[number];
type RoomName = Room["name"];

interface Import {
  specifier: string;
  typeOnly: boolean;
}

/** Every forbidden import of these files (path from the project's root to source), as a sentence each. */
export function forbiddenArrows(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([file, source]) => {
    const room = roomOf(file);
    if (!room) return [];
    const isTest = /\.test\.tsx?$|\/testing-[^/]+\.ts$/.test(file);
    return importsOf(source).flatMap((found) => {
      const fault = faultOf(file, room, found, { isTest, isClient: /^\s*["']use client["']/m.test(source) });
      return fault ? [`${file} imports ${found.specifier}: ${fault}`] : [];
    });
  });
}

interface Kind {
  isTest: boolean;
  /** Runs in the browser. */
  isClient: boolean;
}

function faultOf(file: string, room: Room, { specifier, typeOnly }: Import, kind: Kind): string | undefined {
  if (specifier.startsWith("@/")) return "use a relative path";
  if (!specifier.startsWith(".")) {
    if (room.name !== "domain" || kind.isTest || PURE_PACKAGES.includes(specifier)) return undefined;
    return `server/domain imports only ${PURE_PACKAGES.join(", ")}`;
  }
  const target = posix.normalize(posix.join(posix.dirname(file), specifier));
  const targetRoom = roomOf(target);
  if (!targetRoom || (room.mayImport as readonly RoomName[]).includes(targetRoom.name)) return undefined;
  if (AS_ON_SCREEN[file]?.includes(target)) return undefined;
  if (kind.isTest && !["app", "offline", "api"].includes(targetRoom.name)) return undefined;
  if (
    (room.name === "app" || room.name === "offline") &&
    mayReachServer(file, target, targetRoom, typeOnly, kind)
  )
    return undefined;
  return `${room.folder} may import ${room.mayImport.join(", ")}, not ${targetRoom.name}`;
}

/** Screens know the shapes of the server's answers, which carry no code; pages call a procedure as their viewer. */
function mayReachServer(
  file: string,
  target: string,
  { name }: Room,
  typeOnly: boolean,
  kind: Kind,
): boolean {
  if (name !== "routers" && name !== "server") return false;
  if (typeOnly) return true;
  if (kind.isClient) return false;
  const isPage = /\/(?:page|layout)\.tsx$/.test(file);
  return (isPage && FOR_PAGES.includes(target)) || (NAMED[file]?.includes(target) ?? false);
}

function roomOf(path: string): Room | undefined {
  return ROOMS.find(({ folder }) => `${path}/`.startsWith(folder));
}

/** The import lines of a source: static, re-exporting and dynamic ones. */
export function importsOf(source: string): Import[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
  const lines = /\b(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+\s+from\s+)?["']([^"']+)["']/g;
  const calls = /\b(?:import|require)\(\s*["']([^"']+)["']/g;
  return [
    ...[...code.matchAll(lines)].map(([, type, specifier]) => ({
      specifier: specifier ?? "",
      typeOnly: !!type,
    })),
    ...[...code.matchAll(calls)].map(([, specifier]) => ({ specifier: specifier ?? "", typeOnly: false })),
  ];
}

/** Reads the project's sources and throws unless every arrow is allowed; returns the number of files seen. */
export function checkLayers(root: string): number {
  const files = new Map<string, string>();
  for (const folder of ["app", "bench", "bin", "db", "e2e", "server"]) {
    if (!existsSync(join(root, folder))) continue;
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true, recursive: true })) {
      if (!entry.isFile() || !/\.(?:ts|tsx|mjs)$/.test(entry.name)) continue;
      const path = join(entry.parentPath, entry.name);
      const file = posix.relative(root, path);
      if (file !== OWN_TEST) files.set(file, readFileSync(path, "utf8"));
    }
  }
  const faults = forbiddenArrows(files);
  if (files.size < FEWEST_FILES)
    faults.push(`Only ${files.size} files were found: look where the check looks.`);
  if (faults.length > 0) throw new Error(faults.join("\n"));
  return files.size;
}

if (import.meta.filename === process.argv[1]) {
  try {
    console.log(`${checkLayers(join(import.meta.dirname, ".."))} files, every import allowed.`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
