/** Makes node_modules match package-lock.json, and does nothing when it does already. Plain Node. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { say, step } from "./progress.mjs";

const root = join(import.meta.dirname, "..");
const OLDEST_NODE = [20, 19];

/** Ends the process with a clear sentence on a Node that is too old. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  say(`Common Need needs Node ${OLDEST_NODE.join(".")} or later; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Installs the packages of the lock when they are missing or the lock has changed. */
export async function ensureInstalled() {
  const stamp = join(root, "node_modules", ".installed-from");
  const lock = join(root, "package-lock.json");
  const wanted = () =>
    createHash("sha256")
      .update(readFileSync(lock))
      .update(`${process.platform} ${process.arch}`)
      .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted()) return;
  if (!existsSync(stamp) && installedAfter(lock)) {
    writeFileSync(stamp, wanted());
    return;
  }
  const flags = ["--include=dev", "--no-audit", "--no-fund"];
  // From nothing, exactly what the lock says; over an earlier install, only what has changed since.
  const verb = existsSync(join(root, "node_modules", ".package-lock.json")) ? "install" : "ci";
  const first = await step("Installing packages (about half a minute)", () => npm(verb, ...flags));
  if (first !== 0) {
    say(`npm ${verb} did not succeed here, so npm install follows the lock as far as it can.`);
    const second = await step("Installing packages another way", () => npm("install", ...flags));
    if (second !== 0) {
      say("The packages could not be installed; npm says why above. Check the network, then try again.");
      process.exit(1);
    }
  }
  writeFileSync(stamp, wanted());
}

/** Somebody may have installed by hand; npm writes this file at the end of an install. */
function installedAfter(lock) {
  const own = join(root, "node_modules", ".package-lock.json");
  return existsSync(own) && statSync(own).mtimeMs >= statSync(lock).mtimeMs;
}

/** The npm that started us, or the one on the path; its exit code. */
function npm(...args) {
  const started = process.env.npm_execpath;
  const [command, first] = started ? [process.execPath, [started]] : ["npm", []];
  return new Promise((resolve) => {
    const child = spawn(command, [...first, ...args], { cwd: root, stdio: "inherit" });
    child.on("error", (error) => {
      say(`npm could not be run: ${error.message}`);
      resolve(1);
    });
    child.on("exit", (code) => resolve(code ?? 1));
  });
}
