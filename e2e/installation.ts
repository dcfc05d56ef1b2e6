/**
 * The installation that the browser journeys walk through: `npm start` in a directory and on a port of its own,
 * with the demo county, gone when they end. A journey that needs the whole county starts another.
 */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createWriteStream, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const READY_WITHIN_MS = 600_000;
const PREFIX = "common-need-e2e-";
const DAY_MS = 86_400_000;
const root = join(import.meta.dirname, "..");

export default async function setUp(): Promise<() => Promise<void>> {
  removeLeftovers();
  const dataDir = join(tmpdir(), `${PREFIX}${randomBytes(6).toString("hex")}`);
  // For journeys that compare what was shown with what the database holds; the test workers inherit it.
  process.env["E2E_DATA_DIR"] = dataDir;
  return startInstallation({ port: process.env["E2E_PORT"], dataDir, size: "small" });
}

interface Wanted {
  port: string | undefined;
  dataDir?: string;
  /** Of the demo county. The whole of it takes some two minutes to load. */
  size: "small" | "full";
}

/** Starts an installation and waits until it answers. Gives what stops it and removes its files. */
export async function startInstallation({
  port,
  dataDir = join(tmpdir(), `${PREFIX}${randomBytes(6).toString("hex")}`),
  size,
}: Wanted): Promise<() => Promise<void>> {
  const logFile = join(
    root,
    "test-results",
    size === "small" ? "installation.log" : `installation-${size}.log`,
  );
  mkdirSync(join(root, "test-results"), { recursive: true });
  const { DATABASE_URL: _external, npm_lifecycle_event: _npm, ...environment } = process.env;
  const server = spawn(
    process.execPath,
    ["--import", join(root, "bin/leash.mjs"), join(root, "bin/start.mjs")],
    {
      cwd: root,
      env: {
        ...environment,
        NODE_ENV: "production",
        PORT: port,
        DATA_DIR: dataDir,
        DEMO: "1",
        DEMO_SIZE: size,
        LEASH_HOLDER: String(process.pid),
      },
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    },
  );
  const log = createWriteStream(logFile);
  server.stdout?.pipe(log);
  server.stderr?.pipe(log);
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const stop = async () => {
    server.kill("SIGTERM");
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  };

  const ready = async () => {
    const deadline = Date.now() + READY_WITHIN_MS;
    while (Date.now() < deadline) {
      try {
        if ((await fetch(`http://127.0.0.1:${port}/api/ready`)).ok) return true;
      } catch {
        // not listening yet
      }
      await sleep(200);
    }
    return false;
  };
  if (await Promise.race([ready(), ended.then(() => false)])) return stop;
  await stop();
  throw new Error(`The installation did not start:\n${readFileSync(logFile, "utf8").slice(-4000)}`);
}

/** A run that was killed could not clean up after itself; a day later nobody uses its files. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(PREFIX))) {
    const path = join(tmpdir(), name);
    const found = statSync(path);
    if (found.uid === process.getuid?.() && found.mtimeMs < Date.now() - DAY_MS)
      rmSync(path, { recursive: true });
  }
}
