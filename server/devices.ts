/**
 * The devices on which somebody works, each a browser profile with an id of its own making.
 *
 * A device keeps people's details for working without signal, closed with a key that it has in memory only. The key is
 * derived here from the ring, the account and the device, handed to an open session and stored nowhere: without the
 * server, what a lost phone holds stays closed. It is the same key each time, also after a device was revoked and
 * its owner signed in there anew, so that what waited to be sent can still be read by them and nobody else.
 *
 * Revoking a device ends its sessions at once. Its next call answers with the reason "device-revoked", and
 * `isRevoked` says the same to a device whose session is long over; it then wipes what it was given.
 */

import { hkdfSync } from "node:crypto";
import type { Tx } from "../db/client";
import { record } from "./audit";
import { type Ctx, inTransaction, type Session } from "./context";
import { browserInWords } from "./domain/browser";
import type { OpenedDevice } from "./domain/device";
import type { OpenDevice } from "./domain/device-input";
import { Conflict, NotFound } from "./domain/errors";
import { currentKeyId, key } from "./keys";
import { ABSOLUTE_HOURS, isDemoAccount } from "./sessions";

type SessionCtx = Ctx & { caller: { session: Session } };

/** The key of what one device keeps for one account: HKDF-SHA256 (RFC 5869) of the ring's secret for devices. */
export function deviceKey(accountId: string, deviceId: string, keyId: string): Buffer<ArrayBuffer> {
  return Buffer.from(hkdfSync("sha256", key("device", keyId), "", `${accountId}|${deviceId}`, 32));
}

/**
 * Hands an open session the key of its device, and binds the session to it. A revoked device is taken back when its
 * owner has signed in anew since. Throws Conflict when this session is from before, or began on another device.
 */
export async function openDevice(ctx: SessionCtx, { deviceId, name }: OpenDevice): Promise<OpenedDevice> {
  const { session } = ctx.caller;
  const { accountId } = session;
  const keyId = await inTransaction(
    ctx,
    async (tx) => {
      const bound = await tx.db`
        update casework.session set device_id = ${deviceId}
        where id = ${session.id} and (device_id is null or device_id = ${deviceId})`;
      // Otherwise a lost phone could slip out of the device by which its owner shuts it out.
      if (bound.count === 0)
        throw new Conflict("You signed in on another device. Sign out, then sign in again.");
      const [opened] = await tx.db<{ keyId: string }[]>`
        insert into casework.device as d (account_id, id, name, key_id)
        values (${accountId}, ${deviceId}, ${name}, ${currentKeyId()})
        on conflict (account_id, id) do update set name = excluded.name, last_seen_at = now(), revoked_at = null
          where d.revoked_at is null
             or d.revoked_at < (select created_at from casework.session where id = ${session.id})
        returning key_id`;
      if (!opened) throw new Conflict("This device was revoked. Sign out, then sign in again.");
      await record(tx, "device.open", { subjects: [{ kind: "device", id: deviceId }] });
      return opened.keyId;
    },
    "sign-in",
  );
  return { accountId, key: deviceKey(accountId, deviceId, keyId).toString("base64") };
}

/**
 * Whether a device was revoked, asked by the device itself, signed in or not: it knows both ids, which nobody can
 * guess. A device that is not known was not.
 */
export async function isRevoked(
  ctx: Ctx,
  { accountId, deviceId }: { accountId: string; deviceId: string },
): Promise<{ revoked: boolean }> {
  return inTransaction(
    ctx,
    async ({ db }) => {
      const [row] = await db`
        select 1 from casework.device
        where account_id = ${accountId} and id = ${deviceId} and revoked_at is not null`;
      return { revoked: row !== undefined };
    },
    "sign-in",
  );
}

/** Somewhere that an account works: a device that keeps work for it, or a browser that is only signed in. */
export interface Place {
  kind: "device" | "session";
  id: string;
  /** "Chrome on Android". */
  name: string;
  lastSeenAt: Date;
  isSignedIn: boolean;
  /** Where the question comes from. */
  isHere: boolean;
}

/** Where the caller's account works, the latest first. */
export async function listPlaces(ctx: SessionCtx): Promise<Place[]> {
  const { session } = ctx.caller;
  return inTransaction(
    ctx,
    async (tx) => {
      const places = await placesOf(tx.db, session.accountId, session);
      await record(tx, "device.list", { subjects: [{ kind: "account", id: session.accountId }] });
      return places;
    },
    "sign-in",
  );
}

/** The places of any account, for a transaction that may look at it. */
export async function placesOf(tx: Tx, accountId: string, here: Session | null): Promise<Place[]> {
  const open = tx`
    s.account_id = ${accountId} and s.revoked_at is null
    and s.created_at > now() - ${ABSOLUTE_HOURS} * interval '1 hour'
    and (s.second_factor_at is not null
         or exists (select from casework.account as a where a.id = s.account_id and ${isDemoAccount(tx)}))`;
  const rows = await tx<(Omit<Place, "isHere"> & { device: string | null })[]>`
    select 'device' as kind, d.id, d.name, null as device,
           greatest(d.last_seen_at, max(s.seen_at)) as last_seen_at, count(s.id) > 0 as is_signed_in
    from casework.device as d left join casework.session as s on s.device_id = d.id and ${open}
    where d.account_id = ${accountId} and d.revoked_at is null
    group by d.id, d.name, d.last_seen_at
    union all
    select 'session', s.id, '', s.device, s.seen_at, true
    from casework.session as s where s.device_id is null and ${open}
    order by last_seen_at desc`;
  return rows.map(({ device, ...row }) => ({
    ...row,
    name: device === null ? row.name : browserInWords(device),
    isHere: row.id === here?.id || (here !== null && row.id === here.deviceId),
  }));
}

/** Revokes a device of the caller's account, or ends one of its sessions. Throws NotFound when there is none. */
export async function revokePlace(ctx: SessionCtx, { id }: { id: string }): Promise<{ ended: number }> {
  const { accountId } = ctx.caller.session;
  return inTransaction(
    ctx,
    async (tx) => {
      const revoked = await revokePlaceOf(tx.db, accountId, id);
      await record(tx, "device.revoke", {
        subjects: [{ kind: revoked.kind, id }],
        detail: { ended: revoked.ended },
      });
      return { ended: revoked.ended };
    },
    "sign-in",
  );
}

/** Revokes a place of any account, in a transaction that may. Throws NotFound when the account has no such place. */
export async function revokePlaceOf(
  tx: Tx,
  accountId: string,
  id: string,
): Promise<{ kind: Place["kind"]; ended: number }> {
  const devices = await tx`
    update casework.device set revoked_at = now()
    where account_id = ${accountId} and id = ${id} and revoked_at is null`;
  const ended = await tx`
    update casework.session set revoked_at = now()
    where account_id = ${accountId} and (device_id = ${id} or id = ${id}) and revoked_at is null`;
  if (devices.count === 0 && ended.count === 0) throw new NotFound("This device");
  return { kind: devices.count > 0 ? "device" : "session", ended: ended.count };
}

/** Revokes every device of an account, so that none keeps what it was given. */
export async function revokeDevices(tx: Tx, accountId: string): Promise<void> {
  await tx`
    update casework.device set revoked_at = now() where account_id = ${accountId} and revoked_at is null`;
}
