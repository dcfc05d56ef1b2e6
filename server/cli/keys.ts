/**
 * `keys list|rotate|renew|retire`: a new secret for the key ring, the work that follows, and the end of an old one. The
 * ring is written down before anything is written with it, and a secret goes only when nothing is left that it opens.
 */

import type { Tx } from "../../db/client";
import { record } from "../audit";
import { inTransaction } from "../context";
import { Conflict, Invalid } from "../domain/errors";
import { inDigits } from "../domain/number-text";
import { env } from "../env";
import { shutOut, takeRingChange } from "../key-holders";
import {
  findKeyRing,
  isSameRing,
  keepKeyRing,
  ringPlace,
  withNewSecret,
  withoutSecret,
  writeRingFile,
} from "../key-ring";
import { rotateRows, rowsByKey, type UnderKey } from "../key-rotation";
import { holdKeys, type KeyRing } from "../keys";
import { linkWhoWaits } from "../people-rounds";
import { type Call, type Command, type Opened, readOptions, WrongUsage } from "./command";

/** What lies under a key and would be lost with it: devices keep a key of their own. */
const lostWith = (rows: readonly UnderKey[], id: string) =>
  rows.filter(({ keyId, what }) => keyId === id && what !== "devices");

const sum = (rows: readonly UnderKey[]) => rows.reduce((total, { rows }) => total + rows, 0);

/** The largest first: "1,204 contact notes …" as table and column. */
const listed = (rows: readonly UnderKey[]) =>
  [...rows]
    .sort((a, b) => b.rows - a.rows)
    .map(
      ({ what, rows }) => `${what} ${inDigits(rows)}${what === "devices" ? " (each keeps its own key)" : ""}`,
    )
    .join(", ");

export const keysList: Command = {
  name: "keys list",
  usage: "",
  about: "Which keys there are, and how many rows each still closes, by table and column.",
  async run({ open, result }) {
    const { installation, stats } = await open();
    const { ring } = installation;
    const rows = await rowsByKey(stats);
    for (const id of new Set([...Object.keys(ring.secrets), ...rows.map(({ keyId }) => keyId)])) {
      const under = rows.filter(({ keyId, rows }) => keyId === id && rows > 0);
      const held = id in ring.secrets;
      const state = id === ring.current ? "in use" : held ? "old" : "retired";
      const what = under.length === 0 ? "nothing lies under it" : listed(under);
      const missing = !held && sum(lostWith(under, id)) > 0;
      result(
        {
          key: id,
          state: missing ? "missing" : state,
          rows: sum(lostWith(under, id)),
          under: Object.fromEntries(under.map(({ what, rows }) => [what, rows])),
        },
        `Key ${id} (${missing ? "missing from the ring" : state}): ${what}.`,
      );
    }
    return undefined;
  },
};

export const keysRotate: Command = {
  name: "keys rotate",
  usage: "[--now] [--out FILE]",
  about: "Adds a new secret, with which everything is written from the next start on; old rows follow.",
  async run(call) {
    const { has, text, operands } = readOptions(call.args, ["out"], ["now"]);
    if (operands.length > 0) throw new WrongUsage("Nothing follows but options.");
    const opened = await call.open();
    const { ring, place } = await changeRing(opened, text.out, async (_tx, ring) => withNewSecret(ring));
    await noteIt(opened, "keys.rotate", { key: ring.current });
    if (text.out === undefined) await writeWith(opened, ring);
    call.result(
      { key: ring.current, place },
      [
        `Key ${ring.current} is in use from the next start on. Back up ${place} now, apart from the database.`,
        text.out === undefined
          ? "Restart the app: it then seals everything anew by itself, while people work."
          : "Put what the file says into KEY_RING, remove the file, and restart the app.",
      ].join("\n"),
    );
    if (!has("now")) return undefined;
    if (text.out !== undefined) throw new WrongUsage("--now needs the new ring in its place: restart first.");
    return renew(call, opened);
  },
};

export const keysRenew: Command = {
  name: "keys renew",
  usage: "",
  about: "Seals and indexes anew what lies under an old key; the running app does so by itself.",
  async run(call) {
    return renew(call, await call.open());
  },
};

export const keysRetire: Command = {
  name: "keys retire",
  usage: "KEY [--out FILE]",
  about: "Throws an old secret away. Refuses while a row is left under it, or while anything writes with it.",
  async run({ args, open, say, result }) {
    const { text, operands } = readOptions(args, ["out"]);
    const [id, ...more] = operands;
    if (id === undefined || more.length > 0) throw new WrongUsage("Name one key: keys list shows them.");
    const opened = await open();
    const { stats, installation } = opened;
    const { place } = await changeRing(opened, text.out, async (tx, ring) => {
      if (!(id in ring.secrets)) throw new Invalid(`The ring has no key "${id}".`);
      if (id === ring.current) throw new Conflict(`Key ${id} is the one in use. Rotate first.`);
      say(
        `Watching for ${Math.round(installation.quietMs / 1000)} s whether anything writes with key ${id} …`,
      );
      if (!(await shutOut(tx, id, installation.quietMs))) {
        throw new Conflict(
          `Something that runs still writes with key ${id}. Restart the app, then try again.`,
        );
      }
      const rows = await rowsByKey(stats);
      const left = lostWith(rows, id).filter(({ rows }) => rows > 0);
      if (left.length > 0) {
        throw new Conflict(`Under key ${id} still lie ${listed(left)}. Run keys renew, then try again.`);
      }
      const devices = rows.some(({ what, keyId, rows }) => what === "devices" && keyId === id && rows > 0);
      return withoutSecret(ring, id, devices);
    });
    await noteIt(opened, "keys.retire", { key: id });
    result(
      { retired: id, place },
      `Key ${id} is gone from ${place}. Old backups of the database need the ring as it was before: keep one apart, ` +
        "for as long as you keep them.",
    );
    return undefined;
  },
};

/**
 * Changes the ring, one command at a time, and puts it where it belongs. What the change was worked out from must still
 * be there at the end, and so must the locks: a ring written over one that was not seen throws a secret away for good.
 */
function changeRing(
  opened: Opened,
  out: string | undefined,
  change: (tx: Tx, ring: KeyRing) => Promise<KeyRing>,
): Promise<{ ring: KeyRing; place: string }> {
  if (out === undefined && env().KEY_RING) {
    throw new WrongUsage("The ring is in KEY_RING: name a file for the new one, --out FILE.");
  }
  let gone = false;
  const changing = opened.stats.begin(async (tx) => {
    if (!(await takeRingChange(tx))) {
      throw new Conflict("Another command is changing the key ring. Let it end, then try again.");
    }
    const before = ringNow(opened);
    const ring = await change(tx, before);
    // With its connection the locks would be gone, and whoever waited for them may be changing the ring now.
    if (gone) throw new Conflict("The connection to the database was lost. Try again.");
    await tx`select 1`;
    if (!isSameRing(ringNow(opened), before)) {
      throw new Conflict("The key ring was changed meanwhile. Look at keys list, then try again.");
    }
    return { ring, place: putRing(opened, ring, out) };
  });
  changing.catch(() => {
    gone = true;
  });
  return changing;
}

/** The ring as it is kept now: another command may have changed it since this one began. */
function ringNow({ installation: { dataDir, ring } }: Opened): KeyRing {
  return findKeyRing(dataDir, env()) ?? ring;
}

/** Puts a changed ring where it belongs, or into a file for the operator to carry there. Gives the place. */
function putRing({ installation: { dataDir } }: Opened, ring: KeyRing, out: string | undefined): string {
  const settings = env();
  if (out !== undefined) {
    writeRingFile(out, ring);
    return out;
  }
  keepKeyRing(dataDir, ring, settings);
  return ringPlace(dataDir, settings);
}

async function writeWith({ installation }: Opened, ring: KeyRing): Promise<void> {
  await installation.writeWith(ring);
  holdKeys(ring);
}

async function renew({ say, result }: Call, { stats, installation }: Opened): Promise<number> {
  let done = 0;
  let told = 0;
  const from = performance.now();
  const rotated = await rotateRows(stats, {
    quietMs: installation.quietMs,
    onProgress(rows) {
      done += rows;
      if (done - told < 20_000) return;
      told = done;
      say(`${inDigits(done)} rows so far …`);
    },
  });
  const { sealed, indexed, unreadable, waits } = rotated;
  // The tokens of linking are made by looking at everybody again.
  const linked = waits ? 0 : await linkWhoWaits(stats);
  const seconds = Math.round((performance.now() - from) / 100) / 10;
  const why = {
    another: "Another process is at it already: keys list shows how far it is.",
    "older-ring":
      "Something that runs was started with an older ring and could not read what is sealed anew. Restart the app: " +
      "it then does this by itself.",
  };
  result(
    { sealed, indexed, linked, unreadable, waits, seconds },
    waits
      ? why[waits]
      : `${inDigits(sealed)} rows sealed anew and ${inDigits(indexed)} people indexed anew in ${seconds} s.${
          unreadable === 0
            ? ""
            : `\n${inDigits(unreadable)} ${unreadable === 1 ? "row stays as it is: no key of the ring opens it" : "rows stay as they are: no key of the ring opens them"}. ` +
              "keys list shows where a key is missing. Put it back into the ring, or restore those rows from a backup, and run keys renew again."
        }`,
  );
  return waits || unreadable > 0 ? 1 : 0;
}

function noteIt({ ctx }: Opened, action: string, detail: { key: string }): Promise<void> {
  return inTransaction(ctx, (tx) => record(tx, action, { subjects: [], detail }), "operator");
}
