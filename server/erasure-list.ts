/**
 * The list of what was erased, beside the database: ids and nothing else. A backup that is restored knows of no erasure
 * since it was made; with this list all of them are done again before anybody works on it.
 */

import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Sql } from "../db/client";
import { actFor } from "./acting";
import { record } from "./audit";
import { type Ctx, inTransaction } from "./context";
import { Invalid } from "./domain/errors";

/** In the directory of the installation; to be kept apart from backups of the database. */
export const ERASURE_FILE = "erasures.jsonl";

const MOST_AT_ONCE = 1_000;

/**
 * Adds erasures to the list that are not on it; gives how many. Marked only once they are on the disk: stopped between,
 * a line is there twice, which does no harm.
 */
export async function listErasures(stats: Sql, dataDir: string): Promise<number> {
  const rows = await stats<{ organisationId: number; clientId: string; purpose: string; erasedAt: Date }[]>`
    select organisation_id, client_id, purpose, erased_at from governance.erasure
    where listed_at is null order by erased_at limit ${MOST_AT_ONCE}`;
  if (rows.length === 0) return 0;
  const lines = rows.map(({ erasedAt, ...ids }) => JSON.stringify({ ...ids, at: erasedAt.toISOString() }));
  await appendFile(join(dataDir, ERASURE_FILE), `${lines.join("\n")}\n`, { mode: 0o600, flush: true });
  await stats`
    update governance.erasure as e set listed_at = now()
    from unnest(${rows.map(({ organisationId }) => organisationId)}::integer[],
                ${rows.map(({ clientId }) => clientId)}::uuid[], ${rows.map(({ purpose }) => purpose)}::text[])
      as l (organisation_id, client_id, purpose)
    where e.organisation_id = l.organisation_id and e.client_id = l.client_id and e.purpose = l.purpose`;
  return rows.length;
}

const lineSchema = z.object({
  organisationId: z.number().int(),
  clientId: z.uuid(),
  purpose: z.enum(["record", "referrals", "stories"]),
});
type ErasureLine = z.output<typeof lineSchema>;

/** Reads a list. A last line that was cut off when the machine stopped is left out; anything else that is no line throws Invalid. */
export async function readErasureList(file: string): Promise<ErasureLine[]> {
  const text = await readFile(file, "utf8");
  const lines = text.split("\n");
  // What follows the last line break is nothing, or half a line.
  const whole = lines.slice(0, -1);
  return whole.map((line, at) => {
    try {
      return lineSchema.parse(JSON.parse(line));
    } catch {
      throw new Invalid(`Line ${at + 1} of the list cannot be read. Nothing was erased.`);
    }
  });
}

/** Erases again what a list names and the database still holds. Gives how many lines did something. Done twice, nothing is left to do. */
export async function replayErasures(ctx: Ctx, lines: readonly ErasureLine[]): Promise<number> {
  let erased = 0;
  for (const organisationId of new Set(lines.map((line) => line.organisationId))) {
    const own = lines.filter((line) => line.organisationId === organisationId);
    for (const purpose of ["stories", "referrals", "record"] as const) {
      const ids = own.filter((line) => line.purpose === purpose).map(({ clientId }) => clientId);
      for (let from = 0; from < ids.length; from += MOST_AT_ONCE) {
        erased += await replay(ctx, organisationId, purpose, ids.slice(from, from + MOST_AT_ONCE));
      }
    }
  }
  return erased;
}

function replay(
  ctx: Ctx,
  organisationId: number,
  purpose: ErasureLine["purpose"],
  ids: readonly string[],
): Promise<number> {
  return inTransaction(
    ctx,
    async (ctx) => {
      const { db } = ctx;
      await actFor(db, organisationId);
      const there = await db<{ id: string }[]>`
        select c.id from casework.client as c
        where c.organisation_id = ${organisationId} and c.id = any (${[...ids]}::uuid[])
          and (${purpose} = 'record'
               or (${purpose} = 'stories' and exists (
                 select from casework.story as s where s.organisation_id = c.organisation_id and s.client_id = c.id))
               or (${purpose} = 'referrals' and exists (
                 select from casework.referral as r where r.organisation_id = c.organisation_id and r.client_id = c.id)))`;
      const clients = there.map(({ id }) => id);
      if (clients.length === 0) return 0;
      if (purpose === "record")
        await db`select casework.erase_clients(${organisationId}, ${clients}::uuid[])`;
      if (purpose === "referrals")
        await db`select governance.erase_referrals(${organisationId}, ${clients}::uuid[])`;
      if (purpose === "stories")
        await db`select governance.erase_stories(${organisationId}, ${clients}::uuid[])`;
      await record(ctx, "rights.replay", {
        organisationId,
        subjects: clients.map((id) => ({ kind: "client" as const, id })),
        detail: { purpose, erased: clients.length },
      });
      return clients.length;
    },
    "operator",
  );
}
